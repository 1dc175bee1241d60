import type { AnyEvent } from '../../../../shared/contracts/events/events.ts';
import type { SelectedPart } from '../../../../shared/runtime/replay/selection.ts';

/** One thing that a consumer would make of the events, against what is there now. */
export interface Finding {
  /** The payment, the payout or the day. */
  readonly of: string;
  /**
   * - `same`: it is there as it would be
   * - `ahead`: what is there knows of later events than those that are replayed
   * - `differs`: there is something else
   * - `missing`: there is nothing
   */
  readonly is: 'same' | 'ahead' | 'differs' | 'missing';
  /** What it would make, and what there is. */
  readonly would: unknown;
  readonly there: unknown;
  readonly says: string;
}

/**
 * A consumer's use case over adapters that hold what it makes in memory, and read what is there. None of
 * them can write, or send, anything anywhere.
 */
export type Rehearse = (parts: AsyncIterable<SelectedPart>) => AsyncIterable<Finding>;

/** The events of parts, one after the other. */
export async function* eventsOf<Event extends AnyEvent>(
  parts: AsyncIterable<SelectedPart>,
): AsyncGenerator<Event> {
  for await (const { events } of parts) {
    // The selection leaves out what the consumer does not take.
    yield* events as readonly Event[];
  }
}
