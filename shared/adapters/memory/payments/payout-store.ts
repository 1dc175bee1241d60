import type { PayoutEvent } from '../../../contracts/events/payout-events.ts';
import { foldPayout } from '../../../domain/payout/fold.ts';
import { type Payout, renderPayout } from '../../../domain/payout/state.ts';
import { payoutDueOf } from '../../../domain/payout/sweep.ts';
import { payoutStateVersion, type Snapshot } from '../../../domain/snapshot.ts';
import type { PayoutHistory, PayoutStore } from '../../../ports/payouts/payouts.ts';
import { type MemoryLedger, memoryLedger } from '../ledger.ts';
import { memoryHistory } from './history.ts';

/** What the in-memory event store of payouts holds, for tests to look at. */
export interface MemoryPayoutStore extends PayoutStore, PayoutHistory {
  readonly ledger: MemoryLedger;
  readonly allEvents: readonly PayoutEvent[];
  readonly snapshots: (id: string) => readonly Snapshot<Payout>[];
}

/** Few, so that a test meets the end of a part. */
const payoutsOfScan = 3;

/**
 * The event store of payouts in memory: the conditions of the DynamoDB one, one after the other,
 * with nothing between a check and its write.
 */
export function memoryPayoutStore(ledger: MemoryLedger = memoryLedger()): MemoryPayoutStore {
  const states = new Map<string, Payout>();
  const eventsOf = new Map<string, PayoutEvent[]>();
  const allEvents: PayoutEvent[] = [];
  const events = (id: string) => eventsOf.get(id) ?? [];
  const { take, ...history } = memoryHistory(events, {
    stateVersion: payoutStateVersion,
    fold: foldPayout,
  });
  const write = (after: Payout, event: PayoutEvent) => {
    const written = structuredClone(event);
    states.set(after.id, structuredClone(after));
    eventsOf.set(after.id, [...events(after.id), written]);
    allEvents.push(written);
    take(after);
  };
  return {
    ledger,
    allEvents,
    accept: async ({ after, event }) => {
      const [first] = events(after.id);
      if (first) {
        return { kind: 'exists', first: structuredClone(first) };
      }
      write(after, event);
      return { kind: 'accepted' };
    },
    append: async ({ after, event, transfers }) => {
      if (states.get(after.id)?.version !== after.version - 1) {
        return 'conflict';
      }
      const answer = ledger.write(structuredClone(transfers));
      if (answer === 'refused') {
        throw new Error(`the ledger refused the transfers of ${event.type}`);
      }
      if (answer === 'written') {
        write(after, event);
      }
      return answer;
    },
    load: async (id) => structuredClone(states.get(id) ?? null),
    events: async (id) => structuredClone(events(id)),
    ...history,
    list: async ({ tenant, limit, after }) => {
      const rows = [...states.values()]
        .filter((payout) => payout.tenant === tenant)
        .map((payout) => ({ payout, position: `${payout.created}#${payout.id}` }))
        .filter(({ position }) => after === null || position < after)
        .sort((a, b) => (a.position < b.position ? 1 : -1));
      const page = rows.slice(0, limit);
      return {
        payouts: page.map(({ payout }) => structuredClone(renderPayout(payout))),
        next: rows.length > limit ? (page.at(-1)?.position ?? null) : null,
      };
    },
    due: async (kind, at, limit) =>
      [...states.values()]
        .map((payout) => ({ id: payout.id, due: payoutDueOf(payout) }))
        .filter(({ due }) => due?.kind === kind && due.at <= at)
        .sort((a, b) => ((a.due?.at ?? '') < (b.due?.at ?? '') ? -1 : 1))
        .slice(0, limit)
        .map(({ id }) => id),
    parked: async ({ tenant, limit, after }) => {
      const rows = [...states.values()]
        .filter((payout) => tenant === null || payout.tenant === tenant)
        .flatMap(({ id, parked }) => (parked ? [{ id, position: `${parked.since} ${id}` }] : []))
        .filter(({ position }) => after === null || position > after)
        .sort((a, b) => (a.position < b.position ? -1 : 1));
      const page = rows.slice(0, limit);
      return {
        ids: page.map(({ id }) => id),
        next: rows.length > limit ? (page.at(-1)?.position ?? null) : null,
      };
    },
    scan: async (after) => {
      const all = [...states.values()];
      const from = after === null ? 0 : Number(after);
      const to = from + payoutsOfScan;
      return {
        payouts: all
          .slice(from, to)
          .map(({ id, tenant, created, version }) => ({ id, tenant, created, version })),
        next: to < all.length ? String(to) : null,
      };
    },
  };
}
