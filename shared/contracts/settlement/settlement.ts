import * as z from 'zod/mini';
import { Amount, AmountOrZero, CurrencyCode, Timestamp } from '../payment.ts';

/** What a line of a settlement file settles. */
export const settlementLineTypes = [
  'capture',
  'refund',
  'chargeback',
  'chargeback_reversal',
] as const;
export type SettlementLineType = (typeof settlementLineTypes)[number];

/** The columns of a settlement file (RFC 4180, UTF-8, with a header line), in their order. */
export const settlementColumns = [
  'line_id',
  'type',
  'reference',
  'operation_id',
  'provider_reference',
  'gross',
  'fee',
  'currency',
  'time',
] as const;

const Id = z.string().check(z.regex(/^[A-Za-z0-9._~-]{1,64}$/));

/** An integer that a CSV holds as text. */
const textOf = (amount: typeof Amount) =>
  z.pipe(z.string().check(z.regex(/^\d{1,13}$/)), z.pipe(z.transform(Number), amount));

/**
 * One line. Minor units of `currency`. What the PSP pays us: `gross - fee` for a capture and
 * `gross` for a chargeback reversal; what it takes: `gross` for a refund and `gross + fee` for a
 * chargeback. `operation_id` is ours for captures and refunds, the dispute's id for the others.
 */
export const SettlementLine = z.object({
  /** Unique in its file. */
  line_id: Id,
  type: z.enum(settlementLineTypes),
  /** Our payment id. */
  reference: Id,
  operation_id: Id,
  provider_reference: Id,
  gross: textOf(Amount),
  fee: textOf(AmountOrZero),
  currency: CurrencyCode,
  time: Timestamp,
});
export type SettlementLineRecord = z.infer<typeof SettlementLine>;

/** Where a provider's files are in the bucket: `<provider>/<date>-<number>.csv`. */
export function settlementPrefix(provider: string): string {
  return `${provider}/`;
}
