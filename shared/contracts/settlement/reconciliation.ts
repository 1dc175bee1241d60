import * as z from 'zod/mini';
import { Sum } from '../ledger.ts';
import { CurrencyCode, PaymentId, Timestamp } from '../payment.ts';
import { settlementLineTypes } from './settlement.ts';

/**
 * What can differ between a settlement file and our books:
 * - `missing_line`: ours, and in no file up to the cut-off
 * - `extra_line`: theirs, and nothing of ours
 * - `wrong_amount`, `wrong_currency`: both sides have it, and not alike
 * - `duplicate_line`: another line has settled it, or broken over it, already
 * - `unreadable_line`: nobody can say what it is about
 */
export const breakKinds = [
  'missing_line',
  'extra_line',
  'wrong_amount',
  'wrong_currency',
  'duplicate_line',
  'unreadable_line',
] as const;
export type BreakKind = (typeof breakKinds)[number];

export const breakStatuses = ['open', 'resolved'] as const;
export type BreakStatus = (typeof breakStatuses)[number];

/** What one side says, in minor units; a chargeback with its fee. */
const Side = z.object({ amount: z.int(), currency: CurrencyCode });

export const ReconciliationBreak = z.object({
  id: z.uuid(),
  object: z.literal('reconciliation_break'),
  kind: z.enum(breakKinds),
  status: z.enum(breakStatuses),
  provider: z.string(),
  /** Of the line; of a missing one the file whose run found it out. */
  file: z.string(),
  /** The line's number in its file, the header being 1; null for no line, and for a whole file. */
  line: z.nullable(z.int()),
  line_id: z.nullable(z.string()),
  type: z.nullable(z.enum(settlementLineTypes)),
  payment_id: z.nullable(PaymentId),
  operation_id: z.nullable(z.string()),
  ours: z.nullable(Side),
  theirs: z.nullable(Side),
  /** Whose payment it is; `operations` for a break of nobody's. */
  tenant: z.string(),
  created: Timestamp,
  /** `by` is the tenant of the key, or `reconciliation` for a break that closed by itself. */
  resolution: z.nullable(z.object({ reason: z.string(), by: z.string(), time: Timestamp })),
});
export type ReconciliationBreakResource = z.infer<typeof ReconciliationBreak>;

const aReason = { error: 'must be a text of 1 to 200 characters' };

/** The body of `POST /reconciliation/breaks/{id}/resolve`. */
export const ResolveBreak = z.strictObject(
  { reason: z.string(aReason).check(z.minLength(1, aReason), z.maxLength(200, aReason)) },
  { error: 'must be a JSON object' },
);
export type ResolveBreakBody = z.infer<typeof ResolveBreak>;

const Count = z.int().check(z.gte(0));

/** The sums of what lines of one currency posted, in minor units, by posting. */
const PostedSums = z.object({
  currency: CurrencyCode,
  settled: Sum,
  psp_fee: Sum,
  settled_back: Sum,
  made_available: Sum,
  taken_back: Sum,
  owed: Sum,
  debt_paid: Sum,
});

/**
 * The run over one file. Figures are of the reader's payments alone; `operations` sees those of the
 * whole file. They are final, and there, from the run's end on.
 */
export const ReconciliationRun = z.object({
  id: z.uuid(),
  object: z.literal('reconciliation_run'),
  provider: z.string(),
  file: z.string(),
  status: z.enum(['running', 'finished']),
  /**
   * What was ours by then has to be in this file or one before it; null for a file with a newer one
   * behind it, where that is asked of the newer one.
   */
  cut_off: z.nullable(Timestamp),
  started: Timestamp,
  ended: z.nullable(Timestamp),
  lines: Count,
  matched: Count,
  breaks: z.object({
    missing_line: Count,
    extra_line: Count,
    wrong_amount: Count,
    wrong_currency: Count,
    duplicate_line: Count,
    unreadable_line: Count,
  } satisfies Record<BreakKind, typeof Count>),
  posted: z.array(PostedSums),
});
export type ReconciliationRunResource = z.infer<typeof ReconciliationRun>;
