import type { PayoutFact } from '../../contracts/events/payout-events.ts';
import { transferId } from '../ids.ts';
import { type PostingName, postedTransfer, type Transfer } from '../ledger/transfer.ts';
import type { Payout } from './state.ts';

/**
 * The transfers that a fact about a payout brings with it: of the payout before it, the fact and its
 * time alone. What writes a change takes them from here, and an auditor that folds a payout's events
 * gets the same ones again.
 */
export function payoutPostingsOf(before: Payout, fact: PayoutFact, time: string): Transfer[] {
  const posted = (posting: PostingName): Transfer[] => [
    postedTransfer(posting, before.request.amount, transferId(before.id, posting), {
      tenant: before.tenant,
      currency: before.request.currency,
      paymentId: null,
      operationId: before.id,
      time,
    }),
  ];
  switch (fact.type) {
    case 'payout.reserved':
      return posted('payout');
    case 'payout.paid':
      return posted('payout_paid');
    case 'payout.returned':
      return posted('payout_returned');
    case 'payout.failed':
      return before.reservation === 'held' ? posted('payout_returned') : [];
    default:
      return [];
  }
}
