import * as z from 'zod/mini';
import { CurrencyCode, Timestamp } from '../payment.ts';
import { actReason, approvalId } from './operator-approvals.ts';

/** Something that could not be done, and waits in a queue for a person. */
export const DeadLetter = z.object({
  object: z.literal('dead_letter'),
  /** The same for as long as it lies there. */
  id: z.uuid(),
  /** The name of its queue. */
  queue: z.string(),
  /** When it failed for good. */
  when: Timestamp,
  /** The type of its event or notice, or what else it is. */
  what: z.string(),
  /** Whose money is about; of a notice it may be what the PSP calls its charge. */
  about: z.array(z.object({ kind: z.enum(['payment', 'payout', 'conversion']), id: z.string() })),
  /** One a currency, in minor units. */
  at_risk: z.array(z.object({ amount: z.int().check(z.gte(0)), currency: CurrencyCode })),
  /** False: more may be at risk than `at_risk` says, as not all of it could be read. */
  at_risk_known: z.boolean(),
  /** Why it is there. */
  reason: z.string(),
  verdict: z.object({
    kind: z.enum([
      'repeatable',
      'fails_again',
      'contradicts',
      'not_on_record',
      'trimmed',
      'next_run',
      'unknown',
    ]),
    /** Whether it may be redriven: as it is, only by force, or not at all. */
    redo: z.enum(['safe', 'unsafe', 'impossible']),
    why: z.string(),
    /** What a person does now. */
    advice: z.string(),
  }),
});
export type DeadLetterResource = z.infer<typeof DeadLetter>;

/** A queue of dead letters. */
const DeadLetterQueue = z.object({
  name: z.string(),
  /** What gave up: a stream’s function, the bus, the consumer of a queue, a schedule. */
  kind: z.enum(['stream', 'rule', 'consumer', 'queue', 'schedule']),
  /** The deployed name of the function that gave up, or was not reached. */
  function: z.nullable(z.string()),
  /** The oldest first; at most 100. */
  letters: z.array(DeadLetter),
  /** True: there are more behind these. */
  more: z.boolean(),
  /** As many as somebody else is reading or redriving right now: they are not among these. */
  taken_by_others: z.int().check(z.gte(0)),
});
export type DeadLetterQueueResource = z.infer<typeof DeadLetterQueue>;

/** All queues of dead letters, the empty ones too. */
export const DeadLetterReport = z.object({
  object: z.literal('dead_letter_report'),
  queues: z.array(DeadLetterQueue),
});

/** A dead letter with all that is known of it. */
export const DeadLetterDetail = z.extend(DeadLetter, {
  /** What stands beside its body. */
  attributes: z.record(z.string(), z.string()),
  /** Its body, as far as it is of a contract; else null. */
  content: z.unknown(),
  /** Of the first twenty that it is about, how each is now. */
  present: z.array(
    z.object({
      kind: z.enum(['payment', 'payout', 'conversion']),
      id: z.string(),
      /** Null: the store has none, or it is a conversion. */
      status: z.nullable(z.string()),
      version: z.nullable(z.int()),
      /** What has happened to it since. */
      since: z.array(z.object({ type: z.string(), time: Timestamp })),
    }),
  ),
});
export type DeadLetterDetailResource = z.infer<typeof DeadLetterDetail>;

/**
 * What became of a redrive:
 * - `would`: a dry run; it is there
 * - `redriven`: it is gone
 * - `stays`: what failed of it again is there, as the letters named
 * - `refused`: its verdict is against it; it is there
 * - `failed`: a fault was in the way; it is there, and may have been done; one whose verdict is `safe` is
 *   safe to redrive again
 */
const Outcome = z.object({
  kind: z.enum(['would', 'redriven', 'stays', 'refused', 'failed']),
  /** Of `stays`: the records that passed. */
  passed: z.optional(z.int().check(z.gte(0))),
  /** Of `stays`: what is left, as letters of their own. */
  letters: z.optional(z.array(z.object({ id: z.string(), records: z.int(), reason: z.string() }))),
  /** Of `failed`. */
  error: z.optional(z.string()),
});

export const DeadLetterRedrive = z.object({
  object: z.literal('dead_letter_redrive'),
  letter: DeadLetter,
  outcome: Outcome,
});

export const DeadLetterDiscard = z.object({
  object: z.literal('dead_letter_discard'),
  id: z.uuid(),
  /** True for one that was discarded before, too. */
  discarded: z.boolean(),
});

const aBoolean = { error: 'must be true or false' };
const anObject = { error: 'must be a JSON object' };

/** The body of `POST /operations/dead-letters/{letter_id}/redrive`. */
export const RedriveDeadLetter = z.strictObject(
  {
    /** True: says what would become of it, and does nothing. */
    dry_run: z.boolean(aBoolean),
    /** Redrives what the verdict has as `unsafe`, too. */
    force: z._default(z.boolean(aBoolean), false),
    reason: actReason,
    approval_id: approvalId,
  },
  anObject,
);
export type RedriveDeadLetterBody = z.infer<typeof RedriveDeadLetter>;

/** The body of `POST /operations/dead-letters/{letter_id}/discard`. */
export const DiscardDeadLetter = z.strictObject(
  { reason: actReason, approval_id: approvalId },
  anObject,
);
export type DiscardDeadLetterBody = z.infer<typeof DiscardDeadLetter>;
