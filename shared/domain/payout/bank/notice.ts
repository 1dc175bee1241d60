import type { ProviderNoticeMessage } from '../../../contracts/events/notices.ts';
import type { PayoutFact } from '../../../contracts/events/payout-events.ts';
import { isOver, type Payout } from '../state.ts';

/** What the bank tells of a payout unasked. */
export type PayoutNotice = Extract<ProviderNoticeMessage, { type: `payout.${string}` }>;

/**
 * What a notice comes to:
 * - a fact: it is news
 * - null: it says what is on record
 * - a contradiction: it and the record cannot both be right, which is for a person to find out
 */
export type NoticeMeaning = PayoutFact | { readonly contradiction: string } | null;

const cameBack = { code: 'returned_by_bank', message: 'The bank sent the money back.' };

/**
 * What a notice means for a payout, in whatever order notices and our own records come. The bank's
 * word is conclusive: it may come before we have on record that the order was sent, and it settles
 * an outcome that was unknown. But no order goes out that is not on record, so a notice of one that
 * is not cannot be of ours.
 */
export function meaningOf(payout: Payout, { type, provider, data }: PayoutNotice): NoticeMeaning {
  const { request, status, reservation, order, tries } = payout;
  if (data.amount !== request.amount || data.currency !== request.currency) {
    return { contradiction: 'the notice is of another amount or currency than the payout' };
  }
  if (tries === 0) {
    return { contradiction: 'no order of the payout was ever sent' };
  }
  if (provider !== payout.provider || (order && order.reference !== data.bank_reference)) {
    return { contradiction: 'the payout is another order at the bank' };
  }
  const told = { provider, bank_reference: data.bank_reference };
  if (type === 'payout.paid') {
    if (status === 'paid') {
      return null;
    }
    return isOver(status) || reservation === 'returned' || payout.decline
      ? { contradiction: `${type} of a payout of which the amount was or is being given back` }
      : { type, facts: told };
  }
  if (status === 'paid') {
    return { contradiction: `${type} of a payout that was paid` };
  }
  return reservation === 'returned'
    ? null
    : { type, facts: { ...(data.failure ?? cameBack), came_back: told } };
}
