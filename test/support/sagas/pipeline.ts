import { holdRefund } from '../../../functions/ledger/hold-refund/hold-refund.ts';
import { release } from '../../../functions/ledger/release/release.ts';
import { reserve } from '../../../functions/ledger/reserve/reserve.ts';
import { returnRefund } from '../../../functions/ledger/return-refund/return-refund.ts';
import { beginOperation } from '../../../functions/payments/begin-operation/begin-operation.ts';
import { fail } from '../../../functions/payments/fail/fail.ts';
import { failOperation } from '../../../functions/payments/fail-operation/fail-operation.ts';
import { suspend } from '../../../functions/payments/suspend/suspend.ts';
import { suspendOperation } from '../../../functions/payments/suspend-operation/suspend-operation.ts';
import { capture } from '../../../functions/providers/capture/capture.ts';
import { charge } from '../../../functions/providers/charge/charge.ts';
import { refund } from '../../../functions/providers/refund/refund.ts';
import { reverse } from '../../../functions/providers/reverse/reverse.ts';
import { voidAuthorization } from '../../../functions/providers/void/void.ts';
import { assessRisk } from '../../../functions/risk/assess-risk/assess-risk.ts';
import type { RiskRules } from '../../../shared/domain/risk/assess.ts';
import type { SagaTaskName, sagas, TaskNameOf } from '../../../shared/domain/saga/sagas.ts';
import type { PaymentStore } from '../../../shared/ports/payments.ts';
import type { Providers } from '../../../shared/ports/provider.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';
import { chargeTerms } from './charge-terms.ts';

type TasksOf<Name extends SagaTaskName> = Record<Name, (command: TaskCommand) => Promise<void>>;

interface Ports {
  readonly store: PaymentStore;
  readonly providers: Providers;
  readonly nextStamp: NextStamp;
}

/** The real use cases of the payment saga's tasks, over the ports given. */
export function paymentTasks({
  store,
  providers,
  nextStamp,
  rules = { maxAmountMinor: 10 ** 12, blockedPaymentMethods: [] },
}: Ports & { readonly rules?: RiskRules }): TasksOf<TaskNameOf<(typeof sagas)['payment']>> {
  const deps = { ...store, nextStamp };
  return {
    'assess-risk': assessRisk({ ...deps, rules }),
    reserve: reserve({ ...deps, providers }),
    release: release(deps),
    charge: charge({ ...deps, ...chargeTerms, providers }),
    reverse: reverse({ ...deps, providers }),
    fail: fail(deps),
    suspend: suspend(deps),
  };
}

/** The real use cases of the tasks of a capture, a cancellation and a refund. */
export function operationTasks({
  store,
  providers,
  nextStamp,
}: Ports): TasksOf<TaskNameOf<(typeof sagas)['capture' | 'cancel' | 'refund']>> {
  const deps = { ...store, nextStamp };
  return {
    'begin-operation': beginOperation(deps),
    capture: capture({ ...deps, providers, plans: chargeTerms.plans }),
    void: voidAuthorization({ ...deps, providers }),
    'hold-refund': holdRefund(deps),
    'return-refund': returnRefund(deps),
    refund: refund({ ...deps, providers }),
    'fail-operation': failOperation(deps),
    'suspend-operation': suspendOperation(deps),
  };
}
