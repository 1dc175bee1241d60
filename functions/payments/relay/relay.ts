import type { PaymentEvent } from '../../../shared/contracts/payment-events.ts';
import type { PublishEvents } from '../../../shared/ports/messaging.ts';

/** As many entries as one PutEvents call takes. */
const chunk = 10;

/**
 * Publishes a run of events in their order:
 * 1. ten at a time, one call after the other, so that a payment's later event is never out before
 *    its earlier one
 * 2. stop at the first entry that the bus did not take: what follows it is published after it, the
 *    second time; a consumer takes an event once
 *
 * @returns how many are done, and why the next one is not
 */
export function relay(publish: PublishEvents) {
  return async (
    events: readonly PaymentEvent[],
  ): Promise<{ readonly done: number; readonly error?: unknown }> => {
    for (let done = 0; done < events.length; done += chunk) {
      try {
        const failures = await publish(events.slice(done, done + chunk));
        const failed = failures.findIndex((failure) => failure !== null);
        if (failed >= 0) {
          return { done: done + failed, error: failures[failed] };
        }
      } catch (error) {
        return { done, error };
      }
    }
    return { done: events.length };
  };
}
