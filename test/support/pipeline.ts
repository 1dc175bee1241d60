import { release } from '../../functions/ledger/release/release.ts';
import { reserve } from '../../functions/ledger/reserve/reserve.ts';
import { fail } from '../../functions/payments/fail/fail.ts';
import { suspend } from '../../functions/payments/suspend/suspend.ts';
import { charge } from '../../functions/providers/charge/charge.ts';
import { reverse } from '../../functions/providers/reverse/reverse.ts';
import { assessRisk } from '../../functions/risk/assess-risk/assess-risk.ts';
import type { RiskRules } from '../../shared/domain/risk/assess.ts';
import type { PaymentSagaTask } from '../../shared/domain/saga/table.ts';
import type { PaymentStore } from '../../shared/ports/payments.ts';
import type { Provider } from '../../shared/ports/provider.ts';
import type { TaskCommand } from '../../shared/runtime/saga-task.ts';
import type { NextStamp } from '../../shared/runtime/stamp.ts';

/** The real use cases of the payment saga's tasks, over the ports given. */
export function paymentTasks(deps: {
  readonly store: PaymentStore;
  readonly provider: Provider;
  readonly nextStamp: NextStamp;
  readonly rules?: RiskRules;
}): Record<PaymentSagaTask, (command: TaskCommand) => Promise<void>> {
  const { store, provider, nextStamp } = deps;
  const rules = deps.rules ?? { maxAmountMinor: 10 ** 12, blockedPaymentMethods: [] };
  return {
    'assess-risk': assessRisk({ ...store, nextStamp, rules }),
    reserve: reserve({ ...store, nextStamp }),
    release: release({ ...store, nextStamp }),
    charge: charge({ ...store, nextStamp, provider }),
    reverse: reverse({ ...store, nextStamp, provider }),
    fail: fail({ ...store, nextStamp }),
    suspend: suspend({ ...store, nextStamp }),
  };
}
