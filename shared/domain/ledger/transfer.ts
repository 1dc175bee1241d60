import type { Currency } from '../money/currency.ts';
import type { AccountCode } from './accounts.ts';

interface TransferBase {
  /** UUIDv8, derived from what it is for and the posting: writing it twice is impossible. */
  readonly id: string;
  readonly tenant: string;
  readonly currency: Currency;
  readonly debitAccount: AccountCode;
  readonly creditAccount: AccountCode;
  /** Minor units of `currency`, above 0. */
  readonly amountMinor: number;
  /** The row of the postings table that this is. */
  readonly posting: PostingName;
  /** Null for what is about no one payment: a payout, a conversion. */
  readonly paymentId: string | null;
  /**
   * What it belongs to, as the PSP or the bank knows it: the charge, a capture, a refund, a dispute,
   * a payout, a conversion. Null for a hold and its release, which no PSP hears of.
   */
  readonly operationId: string | null;
  /** RFC 3339, UTC, milliseconds. */
  readonly time: string;
}

/**
 * A two-phase transfer, after TigerBeetle's model: immutable once written. A pending one reserves
 * its amount on both accounts. Posting and voiding it are transfers of their own that name it; a
 * pending transfer is resolved at most once. Posting less than was pending releases the rest.
 */
export type Transfer =
  | (TransferBase & { readonly kind: 'posted' })
  | (TransferBase & { readonly kind: 'pending' })
  | (TransferBase & {
      readonly kind: 'post_pending' | 'void_pending';
      readonly pendingId: string;
      /** The whole amount of the pending transfer, in minor units. */
      readonly pendingAmountMinor: number;
    });

/**
 * Which accounts each posting moves between: the rows of the postings table, in the order in which
 * one change's postings are listed. New ones go to the end: a posting's place is stored. Source:
 * docs/architecture.md, "Ledger"; each row has a test that names it.
 */
export const postings = {
  authorized: { debit: 'psp_receivable', credit: 'merchant_payable' },
  captured: { debit: 'psp_receivable', credit: 'merchant_payable' },
  fee: { debit: 'merchant_payable', credit: 'fee_revenue' },
  released: { debit: 'psp_receivable', credit: 'merchant_payable' },
  refund_requested: { debit: 'merchant_payable', credit: 'refunds_in_transit' },
  refund_confirmed: { debit: 'refunds_in_transit', credit: 'psp_receivable' },
  refund_returned: { debit: 'refunds_in_transit', credit: 'merchant_payable' },
  chargeback: { debit: 'merchant_payable', credit: 'psp_receivable' },
  chargeback_reversed: { debit: 'psp_receivable', credit: 'merchant_payable' },
  settled: { debit: 'bank', credit: 'psp_receivable' },
  psp_fee: { debit: 'psp_fees', credit: 'psp_receivable' },
  settled_back: { debit: 'psp_receivable', credit: 'bank' },
  made_available: { debit: 'merchant_payable', credit: 'merchant_available' },
  taken_back: { debit: 'merchant_available', credit: 'merchant_payable' },
  payout: { debit: 'merchant_available', credit: 'payout_in_transit' },
  payout_paid: { debit: 'payout_in_transit', credit: 'bank' },
  payout_returned: { debit: 'payout_in_transit', credit: 'merchant_available' },
  fx_sold: { debit: 'merchant_available', credit: 'fx_clearing' },
  fx_bought: { debit: 'fx_clearing', credit: 'merchant_available' },
  held_anew: { debit: 'psp_receivable', credit: 'merchant_payable' },
  owed: { debit: 'merchant_debt', credit: 'merchant_payable' },
  debt_paid: { debit: 'merchant_available', credit: 'merchant_debt' },
} as const satisfies Record<string, { debit: AccountCode; credit: AccountCode }>;

export type PostingName = keyof typeof postings;

export const postingNames = Object.keys(postings) as [PostingName, ...PostingName[]];

/** What a transfer is about, but for its posting and its amount. */
export interface TransferSource {
  readonly tenant: string;
  readonly currency: Currency;
  readonly paymentId: string | null;
  readonly operationId: string | null;
  readonly time: string;
}

/**
 * A posted transfer by its row of the table.
 *
 * @param id derived, so that the same cause gives the same transfer
 */
export function postedTransfer(
  posting: PostingName,
  amountMinor: number,
  id: string,
  source: TransferSource,
): Extract<Transfer, { kind: 'posted' }> {
  return { ...transferOf(posting, amountMinor, id, source), kind: 'posted' };
}

/** A transfer by its row of the table, without its kind. */
export function transferOf(
  posting: PostingName,
  amountMinor: number,
  id: string,
  source: TransferSource,
): TransferBase {
  const { debit, credit } = postings[posting];
  return { id, ...source, debitAccount: debit, creditAccount: credit, amountMinor, posting };
}

export const transferKinds = ['pending', 'posted', 'post_pending', 'void_pending'] as const;

/**
 * Refuses what no ledger may take, whatever asked for it.
 *
 * @throws RangeError naming the rule that does not hold
 */
export function checkTransfer(transfer: Transfer): void {
  const { id, amountMinor } = transfer;
  if (transfer.debitAccount === transfer.creditAccount) {
    throw new RangeError(`transfer ${id} debits and credits one account`);
  }
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) {
    throw new RangeError(`transfer ${id} has no positive whole amount`);
  }
  if ('pendingId' in transfer && !(amountMinor <= transfer.pendingAmountMinor)) {
    throw new RangeError(`transfer ${id} takes more than was pending`);
  }
}

/**
 * How many minor units a transfer adds to each of an account's four counters; may be negative. Sums
 * go beyond 2^53 (9,007 payments of the largest amount do), so they are exact at any size.
 */
export interface Counters {
  readonly debitsPending: bigint;
  readonly debitsPosted: bigint;
  readonly creditsPending: bigint;
  readonly creditsPosted: bigint;
}

export const zeroCounters: Counters = {
  debitsPending: 0n,
  debitsPosted: 0n,
  creditsPending: 0n,
  creditsPosted: 0n,
};

/** What a transfer does to the pending and the posted counter of each of its two accounts. */
export function effectOf(transfer: Transfer): {
  readonly pending: bigint;
  readonly posted: bigint;
} {
  const amount = BigInt(transfer.amountMinor);
  switch (transfer.kind) {
    case 'posted':
      return { pending: 0n, posted: amount };
    case 'pending':
      return { pending: amount, posted: 0n };
    case 'post_pending':
      return { pending: -BigInt(transfer.pendingAmountMinor), posted: amount };
    case 'void_pending':
      return { pending: -BigInt(transfer.pendingAmountMinor), posted: 0n };
  }
}

/**
 * Where a transfer stands in the list of an account: by time, then, as transfers of one change have
 * one time, in the order of the postings, then by id.
 */
export function entryPosition({
  time,
  posting,
  id,
}: Pick<Transfer, 'time' | 'posting' | 'id'>): string {
  return `${time}#${String(postingNames.indexOf(posting)).padStart(2, '0')}#${id}`;
}

/** The UTC day of a transfer, such as `2026-11-21`: the first part of its time. */
export function dayOf({ time }: Pick<Transfer, 'time'>): string {
  return time.slice(0, 10);
}
