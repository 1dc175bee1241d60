import { type AtRisk, type Subject, whatOf } from '../../../shared/domain/dead-letter/letter.ts';
import type { Verdict } from '../../../shared/domain/dead-letter/verdict.ts';
import { formatMinor } from '../../../shared/domain/money/currency.ts';
import type { OperatorAct } from '../../../shared/ports/operator-log.ts';
import type { Discarded } from '../../../shared/runtime/dead-letters/discard.ts';
import type { Case } from '../../../shared/runtime/dead-letters/examine.ts';
import type { Outcome, Redriven } from '../../../shared/runtime/dead-letters/redrive.ts';
import { shownOf, sinceOf } from '../../../shared/runtime/dead-letters/render.ts';
import type { Surveyed } from '../../../shared/runtime/dead-letters/survey.ts';

const edgeText = {
  stream: 'stream -> function',
  rule: 'bus -> queue',
  consumer: 'queue -> function',
  queue: 'notices -> function',
  schedule: 'clock -> function',
} as const;

/** Ids of one letter that a line has room for. */
const subjectsOfLine = 1;
const longestReason = 80;

/** What is in the queues, a line a letter; what is empty is only counted. */
export function listText(found: readonly Surveyed[], now: string): string[] {
  const full = found.filter(({ cases, takenByOthers }) => cases.length + takenByOthers > 0);
  const lines = full.flatMap((one) => [...queueText(one, now), '']);
  const empty = found.length - full.length;
  return empty === found.length
    ? [`All ${found.length} queues of dead letters are empty.`]
    : [...lines, `${empty} queues are empty.`];
}

function queueText({ edge, cases, more, takenByOthers }: Surveyed, now: string): string[] {
  const head = [
    `${edge.name} (${edgeText[edge.kind]}): ${count(cases.length, 'letter')}`,
    cases[0] ? `the oldest ${ageOf(cases[0].when, now)}` : '',
    takenByOthers > 0 ? `${takenByOthers} more with somebody else right now` : '',
  ].filter(Boolean);
  return [
    head.join(', '),
    ...table(cases.map(row)).map((line) => `  ${line}`),
    ...(more ? ['  and more: these come first'] : []),
  ];
}

function row({ letter, when, content, subjects, atRisk: risks, reason, verdict }: Case): string[] {
  return [
    letter.id,
    when,
    whatOf(content),
    subjectsText(subjects),
    riskText(risks),
    verdict.redo,
    shortened(reason),
  ];
}

/** Everything of one letter. */
export function showText(of: Case, now: string): string[] {
  const { edge, letter, content, when, reason, subjects, atRisk: risks, stories, verdict } = of;
  const body = bodyText(of);
  return [
    ...table([
      ['letter', letter.id],
      ['queue', `${edge.name} (${edgeText[edge.kind]})`],
      ['function', edge.function ?? '-'],
      ['what', whatOf(content)],
      ['when', `${when}, ${ageOf(when, now)}`],
      ['about', subjects.map(subjectText).join(', ') || '-'],
      ['at risk', riskText(risks)],
      ['reason', reason],
      ...Object.entries(letter.attributes).map(([name, value]) => [`  ${name}`, value]),
    ]),
    '',
    ...verdictText(verdict),
    '',
    ...stories.flatMap((one) => storyText(of, one)),
    ...(stories.length > 0 ? [''] : []),
    ...body,
  ];
}

/** How a payment is now, and what came to it meanwhile. */
function storyText(of: Case, { subject, story }: Case['stories'][number]): string[] {
  if (!story) {
    return [`${subjectText(subject)}: the store has none`];
  }
  const since = sinceOf(of, story).map(({ time, sequence, type }) => [
    time,
    String(sequence),
    type,
  ]);
  return [
    `${subjectText(subject)} is ${story.status} at version ${story.version}; ${
      since.length > 0 ? 'since then:' : 'nothing has happened to it since then'
    }`,
    ...table(since).map((line) => `  ${line}`),
  ];
}

/** Only what is of a contract is shown: what is not may hold anything. */
function bodyText({ content, letter }: Case): string[] {
  if (content.kind === 'unreadable') {
    const bytes = Buffer.byteLength(letter.body);
    return [`The body, ${count(bytes, 'byte')}, is not of the contract, and is not shown.`];
  }
  return JSON.stringify(shownOf(content), null, 2).split('\n');
}

function verdictText({ redo, kind, why, advice }: Verdict): string[] {
  return table([
    ['redrive', `${redo} (${kind})`],
    ['because', why],
    ['do', advice],
  ]);
}

const outcomeText: Readonly<Record<Outcome['kind'], string>> = {
  would: 'would be redriven',
  redriven: 'redriven',
  stays: 'stays in part',
  refused: 'refused',
  not_held: 'somebody else has it',
  failed: 'failed',
};

/** What became of each letter, with its verdict where it was not redriven. */
export function redriveText(
  {
    redriven,
    missing,
  }: { readonly redriven: readonly Redriven[]; readonly missing: readonly string[] },
  isReal: boolean,
): string[] {
  const lines = redriven.flatMap(({ of, outcome }) => [
    [
      of.letter.id,
      of.edge.name,
      whatOf(of.content),
      subjectsText(of.subjects),
      riskText(of.atRisk),
      outcomeText[outcome.kind],
    ].join('  '),
    ...detailOf(of, outcome).map((line) => `  ${line}`),
  ]);
  const wouldBe = redriven.filter(({ outcome }) => outcome.kind === 'would').length;
  return [
    ...(redriven.length + missing.length === 0
      ? ['Nothing to redrive: there are no letters.']
      : lines),
    ...missing.map((id) => `${id}  no such letter, or somebody else has it right now`),
    ...(!isReal && wouldBe > 0
      ? ['', `A dry run: with --yes, ${count(wouldBe, 'letter')} would be redriven.`]
      : []),
  ];
}

function detailOf(of: Case, outcome: Outcome): string[] {
  const { why, advice, redo } = of.verdict;
  switch (outcome.kind) {
    case 'would':
      return [redo === 'safe' ? `safe: ${why}` : `by force, against the verdict: ${why}`];
    case 'refused':
      return [`${redo}: ${why}`, `do: ${advice}`];
    case 'stays':
      return [
        `${count(outcome.passed, 'record')} passed`,
        ...outcome.letters.map(
          ({ id, records, reason }) =>
            `${count(records, 'record')} failed again, now letter ${id}: ${reason}`,
        ),
      ];
    case 'failed':
      return [`${outcome.error}; it is there as before`];
    case 'redriven':
    case 'not_held':
      return [];
  }
}

export function discardText(discarded: Discarded, id: string): string[] {
  switch (discarded.kind) {
    case 'discarded': {
      const { letter, edge, content, subjects, atRisk: risks } = discarded.of;
      const what = [whatOf(content), subjectsText(subjects), riskText(risks)].join(', ');
      return [`${letter.id} of ${edge.name} is discarded, and on record: ${what}.`];
    }
    case 'not_held':
      return [`${id}: somebody else has it right now. Ask again in two minutes.`];
    case 'gone':
      return [goneText(id, discarded)];
  }
}

/** What is known of a letter that is not to be seen. */
interface Unseen {
  readonly last: OperatorAct | null;
  readonly takenByOthers: number;
  readonly more: boolean;
}

/** Of a letter that is not there. What is on record was wanted, and is no proof that it was done. */
export function goneText(id: string, { last, takenByOthers, more }: Unseen): string {
  if (last) {
    const done = last.action === 'dlq.discard' ? 'discarded' : 'redriven';
    const said = `${last.by} wanted it ${done} at ${last.time}: ${last.reason}`;
    return takenByOthers > 0 || more ? `${id} is not in sight; ${said}` : `${id} is gone: ${said}`;
  }
  if (more) {
    return `${id} is not among the letters that were read: there are too many. See to those first.`;
  }
  return takenByOthers > 0
    ? `There is no letter ${id} in sight; somebody else has ${takenByOthers} right now. Ask again in two minutes.`
    : `There is no letter ${id} in any queue. npm run dlq -- list shows those that there are.`;
}

export function logText(acts: readonly OperatorAct[]): string[] {
  return acts.length === 0
    ? ['Nothing is on record.']
    : acts.flatMap(({ time, by, action, subject, reason, details }) => [
        `${time}  ${by}  ${action}  ${subject}  ${reason}`,
        ...Object.entries(details)
          .filter(([, value]) => value !== '')
          .map(([name, value]) => `  ${name}: ${value}`),
      ]);
}

function subjectText({ kind, id }: Subject): string {
  return `${kind} ${id}`;
}

function subjectsText(subjects: readonly Subject[]): string {
  const shown = subjects.slice(0, subjectsOfLine).map(subjectText).join(', ') || '-';
  return subjects.length > subjectsOfLine
    ? `${shown} and ${subjects.length - subjectsOfLine} more`
    : shown;
}

export function riskText(risks: readonly AtRisk[]): string {
  return (
    risks.map(({ amountMinor, currency }) => formatMinor(amountMinor, currency)).join(', ') || '-'
  );
}

function shortened(text: string): string {
  return text.length > longestReason ? `${text.slice(0, longestReason)}...` : text;
}

export function count(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}

const minuteMs = 60_000;

/** `3 h old`, in the largest unit that is whole. */
export function ageOf(time: string, now: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(time)) / minuteMs));
  if (minutes < 60) {
    return `${minutes} min old`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h old` : `${Math.floor(hours / 24)} days old`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(0, ...rows.map((cells) => cells.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
