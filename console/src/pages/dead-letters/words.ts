import { type Amount, needsApproval } from '../../components/figures/amounts.ts';
import type { Tone } from '../../components/status-badge.tsx';
import type { DeadLetter, DeadLetterDetail, DeadLetterQueue, RedriveOutcome } from './types.ts';

export const queueKinds: Readonly<Record<DeadLetterQueue['kind'], string>> = {
  stream: 'stream to function',
  rule: 'bus to queue',
  consumer: 'queue to function',
  queue: 'notices to function',
  schedule: 'clock to function',
};

/** Whether redriving is safe, as a badge says it. */
export const redoWords: Readonly<
  Record<DeadLetter['verdict']['redo'], { readonly text: string; readonly tone: Tone }>
> = {
  safe: { text: 'Safe to redrive', tone: 'good' },
  unsafe: { text: 'Unsafe to redrive', tone: 'wait' },
  impossible: { text: 'Cannot be redriven', tone: 'bad' },
};

const outcomeWords: Readonly<Record<RedriveOutcome['kind'], string>> = {
  would: 'It would be redriven. Nothing was done.',
  redriven: 'Redriven: the letter is gone.',
  stays: 'Redriven in part: what failed again is a letter of its own.',
  refused: 'Refused: the verdict is against it. The letter is there.',
  failed: 'A fault was in the way. The letter is there, and may have been done all the same.',
};

/**
 * What became of a letter, for the person who asked for it.
 *
 * @param redo only what the verdict has as safe may be redriven again after a fault, without a look
 */
export function outcomeText(
  { kind, passed = 0, letters = [], error }: RedriveOutcome,
  redo: DeadLetter['verdict']['redo'],
): string {
  const stayed = letters.map(
    ({ id, records, reason }) => `${count(records, 'record')} stayed as ${id}: ${reason}`,
  );
  const detail = {
    would: [],
    redriven: [],
    stays: [`${count(passed, 'record')} passed`, ...stayed],
    refused: [],
    failed: [
      redo === 'safe'
        ? 'It is safe to redrive again'
        : 'See what it did before it is redriven again',
      ...(error === undefined ? [] : [error]),
    ],
  }[kind];
  return [outcomeWords[kind], detail.join('; ')].filter(Boolean).join(' ');
}

/** True when nothing is left to be done about the letter. */
export function isDone(outcome: RedriveOutcome): boolean {
  return outcome.kind === 'redriven';
}

export function count(many: number, one: string): string {
  return `${many} ${one}${many === 1 ? '' : 's'}`;
}

/** All that is in the queues, of those that can be seen. */
export function totalOf(queues: readonly DeadLetterQueue[]): {
  readonly letters: number;
  /** True: there is more than is counted here. */
  readonly isMore: boolean;
  readonly takenByOthers: number;
  readonly atRisk: readonly Amount[];
  /** False: more may be at risk. */
  readonly isRiskKnown: boolean;
  readonly oldest: string | null;
} {
  const letters = queues.flatMap((queue) => queue.letters);
  const isMore = queues.some(({ more }) => more);
  const times = letters.map(({ when }) => when).sort();
  return {
    letters: letters.length,
    isMore,
    takenByOthers: queues.reduce((sum, { taken_by_others }) => sum + taken_by_others, 0),
    atRisk: riskOfAll(letters),
    isRiskKnown: !isMore && letters.every(({ at_risk_known }) => at_risk_known),
    oldest: times[0] ?? null,
  };
}

/** What nobody can put a figure to counts as much: it takes a second person, too. */
export function needsSecondPerson({
  at_risk,
  at_risk_known,
}: Pick<DeadLetter, 'at_risk' | 'at_risk_known'>): boolean {
  return !at_risk_known || needsApproval(at_risk);
}

/**
 * What is at risk in several letters. A payment that several are about is counted once, with the most
 * that any of them says: it can be lost once.
 */
export function riskOfAll(letters: readonly DeadLetter[]): readonly Amount[] {
  const seen = new Map<string, Amount>();
  for (const { id, about, at_risk } of letters) {
    const whom = about.length === 0 ? id : about.map((one) => `${one.kind}:${one.id}`).join();
    for (const { amount, currency } of at_risk) {
      const key = `${whom} ${currency}`;
      seen.set(key, { amount: Math.max(amount, seen.get(key)?.amount ?? 0), currency });
    }
  }
  return [...seen.values()];
}

/** Whose a letter is, where its content says; null where it does not. */
export function tenantOf({ content }: Pick<DeadLetterDetail, 'content'>): string | null {
  const tenant =
    typeof content === 'object' && content !== null && 'tenant' in content ? content.tenant : null;
  return typeof tenant === 'string' ? tenant : null;
}

/** Those of a queue that can be redriven without force, oldest first: what "redrive all" takes. */
export function safeOnes(letters: readonly DeadLetter[]): readonly DeadLetter[] {
  return letters
    .filter(({ verdict }) => verdict.redo === 'safe')
    .toSorted((a, b) => a.when.localeCompare(b.when));
}
