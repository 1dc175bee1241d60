import { failPayout } from '../../functions/payouts/fail/fail.ts';
import { reservePayout } from '../../functions/payouts/reserve/reserve.ts';
import { returnPayout } from '../../functions/payouts/return/return.ts';
import { sendPayout } from '../../functions/payouts/send/send.ts';
import { suspendPayout } from '../../functions/payouts/suspend/suspend.ts';
import type { sagas, TaskNameOf } from '../../shared/domain/saga/sagas.ts';
import type { Bank } from '../../shared/ports/payouts/bank.ts';
import type { PayoutStore } from '../../shared/ports/payouts/payouts.ts';
import type { PayoutCommand } from '../../shared/runtime/payout/payout-task.ts';
import type { TaskCommand } from '../../shared/runtime/saga-task.ts';
import type { NextStamp } from '../../shared/runtime/stamp.ts';

/** The real use cases of the payout saga's tasks, as the saga runner calls tasks. */
export function payoutTasks({
  store,
  nextStamp,
  send,
}: {
  readonly store: PayoutStore;
  readonly nextStamp: NextStamp;
  readonly send: Bank['send'];
}): Record<TaskNameOf<(typeof sagas)['payout']>, (command: TaskCommand) => Promise<void>> {
  const deps = { ...store, nextStamp };
  const task =
    (useCase: (command: PayoutCommand) => Promise<void>) =>
    ({ paymentId, execution, error }: TaskCommand) =>
      useCase({ payoutId: paymentId, execution, error });
  return {
    'reserve-payout': task(reservePayout(deps)),
    'return-payout': task(returnPayout(deps)),
    'send-payout': task(sendPayout({ ...deps, bank: { name: 'bank', send } })),
    'fail-payout': task(failPayout(deps)),
    'suspend-payout': task(suspendPayout(deps)),
  };
}
