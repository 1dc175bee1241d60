import type { PayoutFact } from '../../../shared/contracts/events/payout-events.ts';
import { orderOf } from '../../../shared/domain/payout/bank/order.ts';
import { changePayout } from '../../../shared/domain/payout/change.ts';
import type { Payout } from '../../../shared/domain/payout/state.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import type { Bank, OrderOutcome } from '../../../shared/ports/payouts/bank.ts';
import {
  type AdvancePayoutDependencies,
  advancePayout,
} from '../../../shared/runtime/payout/advance-payout.ts';
import type { PayoutCommand } from '../../../shared/runtime/payout/payout-task.ts';

/**
 * Gives the order to the bank:
 * 1. when the outcome is recorded already, by an earlier try or by the bank's own notice, it is the
 *    answer: nothing is sent again
 * 2. without an amount in transit nothing is sent
 * 3. put on record that an order goes out, then send it under the payout's id, which makes a
 *    repeated order the same order
 * 4. when the bank is busy it has processed nothing of this try: record that and refuse, and the
 *    saga table says when to try again
 * 5. but when another try has no answer on record, that may have been processed, and busy says
 *    nothing of it: the outcome is unknown
 * 6. record the outcome with the payout's change, and answer by what is recorded
 */
export function sendPayout({
  bank,
  ...deps
}: AdvancePayoutDependencies & { readonly bank: Pick<Bank, 'name' | 'send'> }) {
  return async (command: PayoutCommand): Promise<void> => {
    const payout = await advancePayout(deps, command, (current, stamp) => {
      if (isRecorded(current)) {
        return null;
      }
      if (current.reservation !== 'held') {
        throw new Refusal('ReservationReleased', 'nothing is in transit for the order any more');
      }
      return changePayout(
        current,
        { type: 'payout.sending', facts: { provider: bank.name } },
        stamp,
      );
    });
    if (isRecorded(payout)) {
      return answer(payout);
    }
    const outcome = await bank.send(orderOf(payout));
    const recorded = await advancePayout(deps, command, (current, stamp) =>
      isRecorded(current)
        ? null
        : changePayout(current, factOf(current, outcome, bank.name), stamp),
    );
    if (outcome.kind === 'busy' && !isRecorded(recorded)) {
      throw new Refusal('ProviderBusy', outcome.reason);
    }
    return answer(recorded);
  };
}

function isRecorded(payout: Payout): boolean {
  return payout.status !== 'processing' || payout.decline !== null || payout.unknown !== null;
}

/** @throws Refusal unless the bank has the order, or has said already what became of it */
function answer(payout: Payout): void {
  if (payout.unknown) {
    throw new Refusal('OutcomeUnknown', 'whether the bank has the order is not known');
  }
  if (payout.decline) {
    throw new Refusal('Declined', payout.decline.code);
  }
}

function factOf(payout: Payout, outcome: OrderOutcome, provider: string): PayoutFact {
  switch (outcome.kind) {
    case 'accepted':
      return { type: 'payout.sent', facts: { provider, bank_reference: outcome.bankReference } };
    case 'declined':
      return {
        type: 'payout.declined',
        facts: { provider, code: outcome.code, message: outcome.message },
      };
    case 'busy':
      return payout.tries === payout.busyTries + 1
        ? { type: 'payout.bank_busy', facts: { provider, reason: outcome.reason } }
        : {
            type: 'payout.outcome_unknown',
            facts: { reason: `another try ended without a record, and then: ${outcome.reason}` },
          };
    case 'unknown':
      return { type: 'payout.outcome_unknown', facts: { reason: outcome.reason } };
  }
}
