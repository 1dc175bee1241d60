import type { AnyEvent } from '../../../shared/contracts/events/events.ts';
import type { PublishEvents } from '../../../shared/ports/messaging.ts';

/** As many entries as one PutEvents call takes. */
const maxEntries = 10;

/** One call takes 256 KB, with what stands around each event. A single event is far below. */
const maxBytes = 240_000;

/**
 * Publishes a run of events in their order:
 * 1. as many at a time as a call takes, one call after the other; never two of one payment or one
 *    payout in one call, as the bus can take the later one of them and not the earlier
 * 2. stop at the first entry that the bus did not take: what follows it is published after it, the
 *    second time; a consumer takes an event once
 *
 * @returns how many are done, and why the next one is not
 */
export function relay(publish: PublishEvents) {
  return async (
    events: readonly AnyEvent[],
  ): Promise<{ readonly done: number; readonly error?: unknown }> => {
    for (let done = 0; done < events.length; ) {
      const call = callFrom(events, done);
      try {
        const failures = await publish(call);
        const failed = failures.findIndex((failure) => failure !== null);
        if (failed >= 0) {
          return { done: done + failed, error: failures[failed] };
        }
      } catch (error) {
        return { done, error };
      }
      done += call.length;
    }
    return { done: events.length };
  };
}

/** The longest run from an event on that one call takes, without a second event of one subject. */
function callFrom(events: readonly AnyEvent[], from: number): readonly AnyEvent[] {
  let bytes = 0;
  const subjects = new Set<string>();
  const candidates = events.slice(from, from + maxEntries);
  const tooMuch = candidates.findIndex((event, index) => {
    bytes += Buffer.byteLength(JSON.stringify(event));
    const isSecondOfItsSubject = subjects.has(event.subject);
    subjects.add(event.subject);
    return isSecondOfItsSubject || (index > 0 && bytes > maxBytes);
  });
  return tooMuch < 0 ? candidates : candidates.slice(0, tooMuch);
}
