import { bankOf, notSent, type PayoutConclusion } from '../../domain/payout/bank/conclude.ts';
import { orderOf } from '../../domain/payout/bank/order.ts';
import type { Payout } from '../../domain/payout/state.ts';
import type { Bank } from '../../ports/payouts/bank.ts';

/** What asking came to: what is known now, or why it is not. */
export type LearnedOfPayout =
  | PayoutConclusion
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Asks the bank what became of an order, as it was sent. That it knows nothing of it is a "no" only when
 * it cannot arrive any more.
 *
 * @param since RFC 3339: since when nobody knows
 * @throws Error when the order went to another bank: its ignorance says nothing
 */
export async function askBank(
  bank: Pick<Bank, 'name' | 'inquire'>,
  payout: Payout,
  since: string,
  { now, settleWindowMs }: { readonly now: string; readonly settleWindowMs: number },
): Promise<LearnedOfPayout> {
  if (bankOf(payout) !== bank.name) {
    throw new Error(`the order went to ${bankOf(payout)}, and the stage has ${bank.name}`);
  }
  const answer = await bank.inquire(orderOf(payout));
  switch (answer.kind) {
    case 'unavailable':
      return { kind: 'unknown', reason: answer.reason };
    case 'not_found':
      return Date.parse(now) - Date.parse(since) >= settleWindowMs
        ? notSent
        : { kind: 'unknown', reason: 'the bank has no record of the order yet' };
    default:
      return answer;
  }
}
