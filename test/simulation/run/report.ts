import { type FaultKind, faultKinds } from '../kernel/faults.ts';
import type { Failure } from './messages.ts';
import type { Shrunk } from './shrink.ts';
import type { SimulationReport } from './simulate.ts';

/** The crash points that no seed met. */
export function missedPoints({ points, hits }: SimulationReport): readonly string[] {
  return points.filter((point) => hits[point] === undefined);
}

export function seedsPerMinute({ seeds, tookMs }: SimulationReport): number {
  return Math.round((seeds / tookMs) * 60_000);
}

/** A report for a person. */
export function textOf(report: SimulationReport): string {
  const { seeds, steps, tookMs, faults, points, checked, failures, shrunk } = report;
  const missed = missedPoints(report);
  const struck = Object.values(faults).reduce((sum, count) => sum + count, 0);
  return [
    `${seeds} seeds in ${(tookMs / 1_000).toFixed(1)} s, ${seedsPerMinute(report)} a minute`,
    `${steps} steps, ${Math.round(steps / seeds)} a seed`,
    '',
    `${struck} faults, ${(struck / seeds).toFixed(1)} a seed`,
    ...table(Object.entries(faults).map(([kind, count]) => [count, faultKinds[kind as FaultKind]])),
    '',
    `${points.length - missed.length} of ${points.length} crash points met`,
    ...missed.map((point) => `  not met: ${point}`),
    '',
    'Checks by invariant',
    ...table(Object.entries(checked).map(([name, count]) => [count, name])),
    '',
    failures.length === 0 ? 'No invariant broke.' : `${failures.length} seeds broke an invariant:`,
    ...failures.slice(0, 20).map(({ seed, broken }) => `  ${seed}: ${broken.invariant}`),
    ...failures.flatMap((failure) => {
      const of = shrunk.get(failure.seed);
      return of ? ['', ...failureOf(failure, of)] : [];
    }),
  ].join('\n');
}

/** A report for a program: the same, without the time lines. */
export function jsonOf(report: SimulationReport): string {
  const { shrunk, ...rest } = report;
  return JSON.stringify(
    {
      ...rest,
      seedsPerMinute: seedsPerMinute(report),
      missed: missedPoints(report),
      shrunk: [...shrunk].map(([seed, { faults, commands, broken }]) => ({
        seed,
        broken,
        faults,
        commands,
      })),
    },
    null,
    2,
  );
}

function failureOf({ seed }: Failure, { broken, faults, commands, runs, text }: Shrunk): string[] {
  return [
    `Seed ${seed} breaks: ${broken.invariant}`,
    `  ${broken.detail}`,
    `What it needs, found in ${runs} runs:`,
    ...commands.map((command) => `  asked for: ${command}`),
    ...faults.map((fault) => `  goes wrong: ${fault}`),
    'What happens:',
    ...text.split('\n').map((line) => `  ${line}`),
    `Again: npm run simulate -- --seed ${seed}`,
  ];
}

function table(rows: readonly (readonly [number, string])[]): string[] {
  return [...rows]
    .sort(([, a], [, b]) => (a < b ? -1 : 1))
    .map(([count, name]) => `${String(count).padStart(9)}  ${name}`);
}
