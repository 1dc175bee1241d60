import { reserve } from '../../../functions/ledger/reserve/reserve.ts';
import { charge } from '../../../functions/providers/charge/charge.ts';
import { assessRisk } from '../../../functions/risk/assess-risk/assess-risk.ts';
import type { PaymentChange } from '../../../shared/domain/payment/change.ts';
import type { AppendPayment } from '../../../shared/ports/payments.ts';
import type { ChargeOutcome, ChargeRequest, Provider } from '../../../shared/ports/provider.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';
import { noOperations } from '../psp/no-operations.ts';
import { providersOf } from '../psp/providers.ts';
import { chargeTerms as terms } from '../sagas/charge-terms.ts';
import { anAccepted } from './reserved.ts';

type Answer = ChargeOutcome | ((request: ChargeRequest) => Promise<ChargeOutcome>);

type Name = 'first' | 'second' | 'third';

/**
 * A payment that is held for a charge at the PSP `first`, and at `second` when that one is busy, and
 * then at `third`, if that one answers. Each PSP answers by the next of its answers, the last one for ever.
 *
 * @param before what each write of the charge waits for
 */
export async function routedPayment(
  answers: Readonly<Partial<Record<Name, readonly Answer[]>>>,
  before: (change: PaymentChange) => Promise<void> = async () => undefined,
) {
  const asked: [name: string, operationId: string][] = [];
  const psp = (name: Name): Provider => {
    let calls = 0;
    return {
      name,
      charge: async (request) => {
        asked.push([name, request.operationId]);
        const own = answers[name] ?? [];
        const answer = own[Math.min(calls++, own.length - 1)];
        if (!answer) {
          throw new Error(`${name} was not to be asked`);
        }
        return typeof answer === 'function' ? answer(request) : answer;
      },
      ...noOperations,
    };
  };
  const third = answers.third ? [psp('third')] : [];
  const providers = providersOf(psp('first'), psp('second'), ...third);
  const payment = await anAccepted();
  await reserve({ ...payment.deps, providers })(payment.command);
  const append: AppendPayment = async (change) => {
    await before(change);
    return payment.deps.append(change);
  };
  const task = charge({ ...payment.deps, append, ...terms, providers });
  const rules = { maxAmountMinor: 10 ** 12, blockedPaymentMethods: [] };
  return {
    ...payment,
    asked,
    names: () => asked.map(([name]) => name),
    run: (other: Partial<TaskCommand> = {}) => task({ ...payment.command, ...other }),
    restart: () => assessRisk({ ...payment.deps, rules })(payment.command),
  };
}
