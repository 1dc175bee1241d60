import type { ProviderNoticeMessage } from '../../../shared/contracts/events/notices.ts';
import type { PayoutNotice } from '../../../shared/domain/payout/bank/notice.ts';
import type { ResultNotice } from './charge.ts';
import type { DisputeNotice } from './dispute.ts';

/**
 * Takes what a PSP or a bank tells unasked. A notice may come twice, late, or before what came
 * first; whatever the order, the payment or the payout ends the same.
 */
export function takeNotice(take: {
  readonly result: (notice: ResultNotice) => Promise<void>;
  readonly dispute: (notice: DisputeNotice) => Promise<void>;
  readonly payout: (notice: PayoutNotice) => Promise<void>;
}) {
  return (notice: ProviderNoticeMessage): Promise<void> => {
    switch (notice.type) {
      case 'charge.approved':
      case 'charge.declined':
      case 'operation.succeeded':
      case 'operation.declined':
        return take.result(notice);
      case 'dispute.opened':
      case 'dispute.won':
      case 'dispute.lost':
        return take.dispute(notice);
      case 'payout.paid':
      case 'payout.failed':
        return take.payout(notice);
    }
  };
}
