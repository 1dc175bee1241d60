import { hasSnapshot, type Snapshot } from '../../../domain/snapshot.ts';
import type { EventPage, EventPageQuery } from '../../../ports/event-page.ts';

/** What a payment or a payout was, in memory: its events in parts, and its state at a version. */
export interface MemoryHistory<State, Event> {
  readonly event: (id: string, sequence: number) => Promise<Event | null>;
  readonly eventPage: (query: EventPageQuery) => Promise<EventPage<Event>>;
  readonly stateAt: (id: string, version: number) => Promise<State | null>;
  readonly snapshots: (id: string) => readonly Snapshot<State>[];
  /** Takes the snapshot of a state that was written, if there is one of its version. */
  readonly take: (after: State) => void;
}

/**
 * @param eventsOf the events of one, in their order
 * @param fold makes a state of events, from the state before the first
 */
export function memoryHistory<
  State extends { readonly id: string; readonly version: number },
  Event,
>(
  eventsOf: (id: string) => readonly Event[],
  {
    stateVersion,
    fold,
  }: {
    readonly stateVersion: number;
    readonly fold: (events: readonly Event[], from: State | null) => State | null;
  },
): MemoryHistory<State, Event> {
  const taken = new Map<string, Snapshot<State>[]>();
  const snapshots = (id: string) => structuredClone(taken.get(id) ?? []);
  return {
    snapshots,
    take: (after) => {
      if (hasSnapshot(after.version)) {
        const snapshot = { version: after.version, stateVersion, state: structuredClone(after) };
        taken.set(after.id, [...snapshots(after.id), snapshot]);
      }
    },
    event: async (id, sequence) => structuredClone(eventsOf(id)[sequence - 1] ?? null),
    eventPage: async ({ id, limit, after }) => {
      const all = eventsOf(id);
      const events = structuredClone(all.slice(after, after + limit));
      return { events, next: after + limit < all.length ? after + events.length : null };
    },
    stateAt: async (id, version) => {
      const from = snapshots(id).findLast((snapshot) => snapshot.version <= version)?.state ?? null;
      const state = fold(structuredClone(eventsOf(id).slice(from?.version ?? 0, version)), from);
      return state?.version === version ? state : null;
    },
  };
}
