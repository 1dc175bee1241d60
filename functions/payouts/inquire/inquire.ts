import { changePayout } from '../../../shared/domain/payout/change.ts';
import type { Payout } from '../../../shared/domain/payout/state.ts';
import { type InquirySchedule, isLast } from '../../../shared/domain/saga/inquiry.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import type { Bank } from '../../../shared/ports/payouts/bank.ts';
import type { LoadPayout } from '../../../shared/ports/payouts/payouts.ts';
import {
  type AdvancePayoutDependencies,
  loadStoredPayout,
  updatePayout,
} from '../../../shared/runtime/payout/advance-payout.ts';
import { askBank } from '../../../shared/runtime/payout/ask-bank.ts';
import type { PayoutInquiryCommand } from '../../../shared/runtime/payout/inquiry-task.ts';
import { settlePayout } from '../../../shared/runtime/payout/settle-payout.ts';

/**
 * Asks the bank what became of an order that nobody knows of:
 * 1. nothing to do when it is known meanwhile
 * 2. ask the bank by the payout's id; nothing is sent again
 * 3. what it says for sure is recorded: the order is there, or it is not and never will be, and then
 *    the saga goes on from there
 * 4. else refuse, and the machine asks again by its schedule; at the schedule's end it is parked: from
 *    there on it is for a person, or for the bank's notice
 */
export function inquirePayout({
  bank,
  schedule,
  ...deps
}: AdvancePayoutDependencies & {
  readonly bank: Pick<Bank, 'name' | 'inquire'>;
  readonly schedule: InquirySchedule;
}) {
  return async ({ payoutId, asked }: PayoutInquiryCommand): Promise<void> => {
    const read = (load: LoadPayout) => loadStoredPayout(load, payoutId);
    const payout = await read(deps.load);
    if (!payout.unknown) {
      return;
    }
    const { settleWindowMs } = schedule;
    const { time: now } = deps.nextStamp();
    const learned = await askBank(bank, payout, payout.unknown.since, { now, settleWindowMs });
    if (learned.kind !== 'unknown') {
      await settlePayout(deps, payoutId, learned);
      return;
    }
    if (!isLast(schedule, asked + 1)) {
      throw new Refusal('StillUnknown', learned.reason);
    }
    const reason = `asked ${asked + 1} times: ${learned.reason}`;
    await updatePayout(deps, read, (current, stamp) =>
      isLeftToNobody(current)
        ? changePayout(current, { type: 'payout.parked', facts: { reason } }, stamp)
        : null,
    );
  };
}

function isLeftToNobody({ unknown, parked }: Payout): boolean {
  return unknown !== null && parked === null;
}
