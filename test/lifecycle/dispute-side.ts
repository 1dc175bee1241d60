import { takeDispute } from '../../functions/payments/take-notice/dispute.ts';
import type { Payment } from '../../shared/domain/payment/state.ts';
import { Poison } from '../../shared/runtime/consumers/queue-consumer.ts';

/** Tells of a dispute as its PSP does, and says whether that could be right. */
export function disputeSide(deps: Parameters<typeof takeDispute>[0]) {
  const dispute = takeDispute(deps);
  return async (
    of: Payment,
    id: string,
    share: number | null,
    type: 'dispute.opened' | 'dispute.won' | 'dispute.lost',
  ): Promise<'taken' | 'refused'> => {
    const known = of.disputes.find((other) => other.id === id);
    const amount = Math.max(1, Math.floor(of.amountCapturedMinor * Math.min(1, share ?? 1)));
    try {
      await dispute({
        id: `nt_${id}_${type}`,
        provider: 'psp',
        time: deps.nextStamp().time,
        type,
        data: {
          dispute_id: id,
          reference: of.id,
          provider_reference: of.charge?.reference ?? 'ch',
          amount: known?.amountMinor ?? amount,
          fee: known?.feeMinor ?? 1_500,
          currency: of.request.currency,
          reason: 'fraudulent',
        },
      });
      return 'taken';
    } catch (error) {
      // A notice that cannot be right, or not yet: it would be received again, or lie in the dead letters.
      if (error instanceof Poison || /until now/.test(String(error))) {
        return 'refused';
      }
      throw error;
    }
  };
}
