import type { Currency } from '../money.ts';
import type { AccountCode } from './accounts.ts';

interface TransferBase {
  /** UUIDv8, derived from the payment and the posting: writing it twice is impossible. */
  readonly id: string;
  readonly tenant: string;
  readonly currency: Currency;
  readonly debitAccount: AccountCode;
  readonly creditAccount: AccountCode;
  /** Minor units of `currency`, above 0. */
  readonly amountMinor: number;
  /** The row of the postings table that this is. */
  readonly posting: PostingName;
  readonly paymentId: string;
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

/** The rows of the postings table. */
/** In the order in which one change's postings are listed. New ones go to the end: it is stored. */
export const postingNames = ['authorized', 'captured', 'fee', 'released'] as const;
export type PostingName = (typeof postingNames)[number];

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

/** How many minor units a transfer adds to each of an account's four counters; may be negative. */
export interface Counters {
  readonly debitsPending: number;
  readonly debitsPosted: number;
  readonly creditsPending: number;
  readonly creditsPosted: number;
}

export const zeroCounters: Counters = {
  debitsPending: 0,
  debitsPosted: 0,
  creditsPending: 0,
  creditsPosted: 0,
};

/** What a transfer does to the pending and the posted counter of each of its two accounts. */
export function effectOf(transfer: Transfer): {
  readonly pending: number;
  readonly posted: number;
} {
  switch (transfer.kind) {
    case 'posted':
      return { pending: 0, posted: transfer.amountMinor };
    case 'pending':
      return { pending: transfer.amountMinor, posted: 0 };
    case 'post_pending':
      return { pending: -transfer.pendingAmountMinor, posted: transfer.amountMinor };
    case 'void_pending':
      return { pending: -transfer.pendingAmountMinor, posted: 0 };
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
