import { reserve } from '../../../functions/ledger/reserve/reserve.ts';
import { memoryPaymentStore } from '../../../shared/adapters/memory/payments/payment-store.ts';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import type { AcceptedPaymentRequest } from '../../../shared/contracts/payment.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import type { Providers } from '../../../shared/ports/provider.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';
import { anAcceptedPayment, countingStamps } from './payments.ts';

/** A payment in a store of its own, and what a task of its saga is called with. */
export async function anAccepted(request: Partial<AcceptedPaymentRequest> = {}) {
  const store = memoryPaymentStore();
  const nextStamp = countingStamps();
  const accepted = anAcceptedPayment(nextStamp, request);
  await store.accept(accepted);
  const { id } = accepted.after;
  const load = async (): Promise<Payment> => {
    const payment = await store.load(id);
    if (!payment) {
      throw new Error('the payment is gone');
    }
    return payment;
  };
  return {
    id,
    store,
    deps: { load: store.load, append: store.append, nextStamp },
    command: {
      paymentId: id,
      operationId: null,
      execution: 'e1',
      retries: 0,
      error: null,
    } satisfies TaskCommand,
    load,
    /** Writes facts as they are, without their postings. */
    write: async (...facts: readonly PaymentFact[]): Promise<Payment> => {
      for (const fact of facts) {
        await store.append(changePayment(await load(), fact, nextStamp()));
      }
      return load();
    },
    /** The types of the payment's events, without their prefix. */
    types: async () => (await store.events(id)).map(({ type }) => type.replace('payment.', '')),
  };
}

/** One PSP for all charges. */
export const routes: Pick<Providers, 'route'> = { route: () => ['psp'] };

/** The same, with the amount held by the execution `e1`. */
export async function aReserved(request: Partial<AcceptedPaymentRequest> = {}) {
  const payment = await anAccepted(request);
  await reserve({ ...payment.deps, providers: routes })(payment.command);
  return payment;
}
