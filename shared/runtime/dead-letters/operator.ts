import { createHash } from 'node:crypto';
import type { OperatorApproval } from '../../domain/access/operator-approval.ts';
import { whatOf } from '../../domain/dead-letter/letter.ts';
import { formatMinor } from '../../domain/money/currency.ts';
import type { OperatorAct, OperatorAction, OperatorLog } from '../../ports/operator-log.ts';
import type { Case } from './examine.ts';

/** A letter lies in its queue for two weeks; who did something to it did it since then. */
const lookBackMs = 14 * 24 * 60 * 60 * 1_000;

/** What somebody can do to a letter. */
type LetterAction = Extract<OperatorAction, 'dlq.redrive' | 'dlq.discard'>;

/**
 * Sees that an act on a letter may be done, now that the letter is known.
 *
 * @returns the approval that it was done with, if one was
 * @throws when it may not
 */
export type PermitLetter = (of: Case) => Promise<OperatorApproval | null>;

export interface OperatorDependencies {
  readonly log: OperatorLog;
  /** RFC 3339, UTC, milliseconds. */
  readonly now: () => string;
  readonly newId: () => string;
}

/**
 * Puts on record what is about to be done to a letter: who, why, when, and enough of the letter to tell
 * what it was once it is gone. The body itself is not kept: its hash tells whether one is the same.
 */
export async function record(
  { log, now, newId }: OperatorDependencies,
  { letter, edge, content, subjects, atRisk, reason: failure, verdict }: Case,
  act: {
    readonly action: LetterAction;
    readonly by: string;
    readonly reason: string;
    /** Where the policies wanted somebody else's approval. */
    readonly approval?: OperatorApproval | null;
  },
): Promise<void> {
  await log.append({
    id: newId(),
    time: now(),
    by: act.by,
    action: act.action,
    subject: letter.id,
    reason: act.reason,
    details: {
      queue: edge.name,
      what: whatOf(content),
      about: subjects.map(({ kind, id }) => `${kind} ${id}`).join(', '),
      at_risk: atRisk
        .map(({ amountMinor, currency }) => formatMinor(amountMinor, currency))
        .join(', '),
      failure,
      verdict: verdict.kind,
      body_sha256: createHash('sha256').update(letter.body).digest('hex'),
      ...(act.approval ? { approval: act.approval.id, approved_by: act.approval.approvedBy } : {}),
    },
  });
}

/** What was done last to a letter; null when nothing was. */
export async function lastActOn(
  { log, now }: OperatorDependencies,
  letterId: string,
): Promise<OperatorAct | null> {
  const since = new Date(Date.parse(now()) - lookBackMs).toISOString();
  for await (const act of acts(log)) {
    if (act.time < since) {
      return null;
    }
    if (act.subject === letterId && act.action !== 'approval.create') {
      return act;
    }
  }
  return null;
}

/** All acts, the newest first. */
export async function* acts({ list }: Pick<OperatorLog, 'list'>): AsyncIterable<OperatorAct> {
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<OperatorLog['list']>> = await list({ limit: 100, after });
    yield* page.items;
    after = page.next;
  } while (after !== null);
}
