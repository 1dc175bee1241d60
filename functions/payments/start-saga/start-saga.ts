import type { PaymentEvent } from '../../../shared/contracts/payment-events.ts';
import type { StartPaymentSaga } from '../../../shared/ports/messaging.ts';

/** Executions that one invocation starts at once. */
const atOnce = 10;

/**
 * Starts the saga of each payment that was accepted. The order does not matter, as an execution is
 * named by its payment; so ten are started at once.
 *
 * @returns how many, from the first on, have their saga, and why the next one has not
 */
export function startSagas(start: StartPaymentSaga) {
  return async (
    events: readonly PaymentEvent[],
  ): Promise<{ readonly done: number; readonly error?: unknown }> => {
    for (let done = 0; done < events.length; done += atOnce) {
      const results = await Promise.allSettled(
        events.slice(done, done + atOnce).map((event) =>
          start({
            paymentId: event.subject,
            tenant: event.tenant,
            correlationId: event.correlation_id,
          }),
        ),
      );
      const failed = results.findIndex(({ status }) => status === 'rejected');
      if (failed >= 0) {
        return { done: done + failed, error: (results[failed] as PromiseRejectedResult).reason };
      }
    }
    return { done: events.length };
  };
}
