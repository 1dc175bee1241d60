import { type Currency, formatMinor } from '../../../shared/domain/money/currency.ts';
import type { Moved } from '../proof/at-psp.ts';
import { isSameMoved, nothingMoved } from '../proof/at-psp.ts';
import type { ChaosRun, Counts } from './run.ts';
import { holds } from './run.ts';

/** Violations of one invariant that are printed. */
const maxViolations = 10;

/** A run as text for a terminal, a line each. */
export function describeRun(run: ChaosRun): string[] {
  const { verdicts, deadLetters, trialBalances, totals } = run;
  return [
    `Seed ${run.seed}, ${run.started}, ${Math.round(run.seconds)} s`,
    `asked     ${list(run.asked)}`,
    `refused   ${list(run.refused)}`,
    `ended     ${list(run.ended)}`,
    '',
    `Processes ended: ${sum(run.killed.at)}`,
    `  ${list(run.killed.at)}`,
    `  ${list(run.killed.functions)}`,
    `Injected: ${sum(run.injected)}`,
    ...Object.entries(run.injected).map(([what, count]) => `  ${pad(count)}  ${what}`),
    ...(run.left.length > 0
      ? ['', 'Not quiet in time:', ...run.left.map((what) => `  ${what}`)]
      : []),
    '',
    ...verdicts.flatMap(({ number, title, counted, violations }) => [
      `${pad(number, 2)}  ${violations.length === 0 ? 'holds ' : 'BROKEN'}  ${title}: ${counted}`,
      ...violations.slice(0, maxViolations).map((what) => `              ${what}`),
      ...(violations.length > maxViolations
        ? [`              and ${violations.length - maxViolations} more`]
        : []),
    ]),
    '',
    `Dead letters: ${deadLetters.reduce((total, { count }) => total + count, 0)}`,
    ...deadLetters.map(
      ({ edge, reason, explanation, count }) =>
        `  ${pad(count)}  ${edge}: ${reason} -> ${explanation ?? 'NOT EXPLAINED'}`,
    ),
    ...(run.poisonLost > 0 ? [`  ${run.poisonLost} of the poison is in none`] : []),
    `Parked: ${sum(run.parked)}`,
    ...Object.entries(run.parked).map(([what, count]) => `  ${pad(count)}  ${what}`),
    '',
    `Trial balance: ${trialBalances.length} books, ${trialBalances.filter(({ difference }) => difference !== 0n).length} with a difference`,
    'Totals, the PSP | ours (authorized, captured, voided, refunded)',
    ...totals.map(
      ({ psp, currency, ours, theirs, parked }) =>
        `  ${psp.padEnd(12)} ${currency}  ${amounts(theirs, currency)} | ${isSameMoved(ours, theirs) ? 'the same' : amounts(ours, currency)}${isSameMoved(parked, nothingMoved) ? '' : `; parked ${amounts(parked, currency)}`}`,
    ),
    '',
    holds(run) ? 'All 14 hold, and everything is explained.' : 'It does not hold.',
  ];
}

/** A run as a section of docs/proof.md. */
export function markdownOf(run: ChaosRun, command: string): string {
  const { verdicts, deadLetters, trialBalances, totals } = run;
  const rows = (head: readonly string[], body: readonly (readonly unknown[])[]) => [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---').join('|')}|`,
    ...body.map((row) => `| ${row.map((cell) => String(cell).replaceAll('|', '/')).join(' | ')} |`),
  ];
  return [
    '## Chaos on LocalStack',
    '',
    `\`${command}\`, ${run.started.slice(0, 10)}, ${Math.round(run.seconds)} s: ${list(run.asked)}. ${sum(run.killed.at)} processes ended, ${sum(run.injected)} faults injected. ${holds(run) ? 'All 14 invariants hold, and everything is explained.' : '**It does not hold.**'}`,
    '',
    ...rows(
      ['', 'invariant', 'counted', 'violations'],
      verdicts.map(({ number, title, counted, violations }) => [
        number,
        title,
        counted,
        violations.length,
      ]),
    ),
    '',
    `Payments at the end: ${list(run.ended)}. Requests refused: ${list(run.refused)}. Trial balance: ${trialBalances.length} books, ${trialBalances.filter(({ difference }) => difference !== 0n).length} with a difference.`,
    '',
    ...rows(
      ['fault', 'times'],
      [
        ...Object.entries(run.killed.at).map(([at, count]) => [`process ended ${at}`, count]),
        ...Object.entries(run.injected),
      ],
    ),
    '',
    ...(deadLetters.length > 0
      ? rows(
          ['dead letters', 'edge', 'reason', 'verdict'],
          deadLetters.map(({ count, edge, reason, explanation }) => [
            count,
            edge,
            reason,
            explanation ?? '**not explained**',
          ]),
        )
      : ['No dead letters.']),
    '',
    ...(sum(run.parked) > 0
      ? rows(
          ['parked', 'operation and reason'],
          Object.entries(run.parked).map(([what, count]) => [count, what]),
        )
      : ['Nothing is parked.']),
    '',
    ...rows(
      ['PSP', 'currency', 'authorized', 'captured', 'voided', 'refunded', 'ours'],
      totals.map(({ psp, currency, ours, theirs }) => [
        psp,
        currency,
        ...figures(theirs, currency),
        isSameMoved(ours, theirs) ? 'the same' : figures(ours, currency).join(', '),
      ]),
    ),
    '',
  ].join('\n');
}

function list(counts: Counts): string {
  return Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function pad(count: number, width = 4): string {
  return String(count).padStart(width);
}

function figures(moved: Moved, currency: string): string[] {
  const { authorized, captured, voided, refunded } = moved;
  return [authorized, captured, voided, refunded].map((minor) =>
    formatMinor(minor, currency as Currency),
  );
}

function amounts(moved: Moved, currency: string): string {
  return figures(moved, currency).join(', ');
}
