import { changePayment } from '../../../shared/domain/payment/change.ts';
import { openOf } from '../../../shared/domain/payment/recovery/conclude.ts';
import { parkedOperation } from '../../../shared/domain/payment/recovery/parked.ts';
import { type InquirySchedule, isLast } from '../../../shared/domain/saga/inquiry.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import type { Providers } from '../../../shared/ports/provider.ts';
import { advanceRead, loadStored } from '../../../shared/runtime/advance.ts';
import {
  ask,
  type SettleDependencies,
  settleUnknown,
} from '../../../shared/runtime/inquiry/settle-unknown.ts';
import type { InquiryCommand } from '../../../shared/runtime/inquiry/task.ts';

/**
 * Asks a PSP what became of an operation that nobody knows of:
 * 1. nothing to do when it is known meanwhile
 * 2. ask the PSP by our reference; nothing is sent again, and no other PSP is asked
 * 3. what it says for sure is recorded, and the saga goes on from there
 * 4. else refuse, and the machine asks again by its schedule; at the schedule's end it is parked: from
 *    there on it is for a person, or for a late notice
 */
export function inquire({
  providers,
  schedule,
  ...deps
}: SettleDependencies & {
  readonly providers: Providers;
  readonly schedule: InquirySchedule;
}) {
  return async ({ paymentId, operationId, asked }: InquiryCommand): Promise<void> => {
    const read = () => loadStored(deps.load, paymentId);
    const payment = await read();
    const open = openOf(payment, operationId);
    if (!open) {
      return;
    }
    const { settleWindowMs } = schedule;
    const { time: now } = deps.nextStamp();
    const learned = await ask(providers, payment, open, { now, settleWindowMs });
    if (learned.kind === 'known') {
      return settleUnknown(deps, { paymentId, operationId }, learned.conclusion);
    }
    if (!isLast(schedule, asked + 1)) {
      throw new Refusal('StillUnknown', learned.reason);
    }
    await advanceRead(deps, read, (current, stamp) => {
      const left = openOf(current, operationId);
      return left && !parkedOperation(current, operationId)
        ? changePayment(
            current,
            {
              type: 'payment.parked',
              facts: {
                operation_id: operationId,
                operation: left.operation,
                reason: `asked ${asked + 1} times: ${learned.reason}`,
              },
            },
            stamp,
          )
        : null;
    });
  };
}
