import type { ProviderNoticeMessage } from '../../../shared/contracts/events/notices.ts';
import type { PayoutNotice } from '../../../shared/domain/payout/notice.ts';
import type { DisputeNotice } from './dispute.ts';

/**
 * Takes what a PSP or a bank tells unasked. A notice may come twice, late, or before what came
 * first; whatever the order, the payment or the payout ends the same.
 */
export function takeNotice(take: {
  readonly dispute: (notice: DisputeNotice) => Promise<void>;
  readonly payout: (notice: PayoutNotice) => Promise<void>;
}) {
  return (notice: ProviderNoticeMessage): Promise<void> =>
    notice.type === 'payout.paid' || notice.type === 'payout.failed'
      ? take.payout(notice)
      : take.dispute(notice);
}
