import type { PaymentEvent } from '../../../contracts/events/payment-events.ts';
import type { Transfer } from '../../../domain/ledger/transfer.ts';
import { foldPayment } from '../../../domain/payment/fold.ts';
import { parkedSince } from '../../../domain/payment/recovery/parked.ts';
import { dueOf } from '../../../domain/payment/recovery/sweep.ts';
import type { Payment } from '../../../domain/payment/state.ts';
import { paymentStateVersion, type Snapshot } from '../../../domain/snapshot.ts';
import type { PaymentHistory, PaymentStore } from '../../../ports/payments.ts';
import { type MemoryLedger, memoryLedger } from '../ledger.ts';
import { memoryHistory } from './history.ts';

/** What the in-memory event store holds, for tests to look at. */
export interface MemoryPaymentStore extends PaymentStore, PaymentHistory {
  readonly transfers: readonly Transfer[];
  readonly allEvents: readonly PaymentEvent[];
  readonly snapshots: (id: string) => readonly Snapshot<Payment>[];
}

/** Few, so that a test meets the end of a part. */
const paymentsOfScan = 3;

/**
 * The event store in memory: the conditions of the DynamoDB one, one after the other, with nothing
 * between a check and its write.
 */
export function memoryPaymentStore(ledger: MemoryLedger = memoryLedger()): MemoryPaymentStore {
  const states = new Map<string, Payment>();
  const references = new Map<string, string>();
  const allEvents: PaymentEvent[] = [];
  const eventsOf = new Map<string, PaymentEvent[]>();
  const events = (id: string) => eventsOf.get(id) ?? [];
  const { take, ...history } = memoryHistory(events, {
    stateVersion: paymentStateVersion,
    fold: foldPayment,
  });
  const write = (after: Payment, event: PaymentEvent) => {
    const written = structuredClone(event);
    states.set(after.id, structuredClone(after));
    eventsOf.set(after.id, [...events(after.id), written]);
    allEvents.push(written);
    take(after);
  };
  return {
    get transfers() {
      return ledger.transfers();
    },
    allEvents,
    accept: async ({ after, event }) => {
      const [first] = events(after.id);
      if (first) {
        return { kind: 'exists', first: structuredClone(first) };
      }
      const reference = after.request.merchant_reference;
      if (reference !== null) {
        const name = referenceName(after.tenant, reference);
        const taken = references.get(name);
        if (taken !== undefined) {
          return { kind: 'reference_taken', paymentId: taken };
        }
        references.set(name, after.id);
      }
      write(after, event);
      return { kind: 'accepted' };
    },
    append: async ({ after, event, transfers: added }) => {
      if (states.get(after.id)?.version !== after.version - 1) {
        return 'conflict';
      }
      if (ledger.write(structuredClone(added)) !== 'written') {
        throw new Error(`the ledger refused the transfers of ${event.type}`);
      }
      write(after, event);
      return 'written';
    },
    byReference: async (tenant, reference) =>
      references.get(referenceName(tenant, reference)) ?? null,
    load: async (id) => structuredClone(states.get(id) ?? null),
    events: async (id) => structuredClone(events(id)),
    ...history,
    due: async (kind, at, limit) =>
      [...states.values()]
        .map((payment) => ({ id: payment.id, due: dueOf(payment) }))
        .filter(({ due }) => due?.kind === kind && due.at <= at)
        .sort((a, b) => ((a.due?.at ?? '') < (b.due?.at ?? '') ? -1 : 1))
        .slice(0, limit)
        .map(({ id }) => id),
    parked: async ({ tenant, limit, after }) => {
      const keyed = [...states.values()]
        .filter((payment) => tenant === null || payment.tenant === tenant)
        .flatMap((payment) => {
          const since = parkedSince(payment);
          return since === null ? [] : [{ id: payment.id, key: `${since} ${payment.id}` }];
        })
        .filter(({ key }) => after === null || key > after)
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      const page = keyed.slice(0, limit);
      return {
        ids: page.map(({ id }) => id),
        next: keyed.length > limit ? (page.at(-1)?.key ?? null) : null,
      };
    },
    scan: async (after) => {
      const all = [...states.values()];
      const from = after === null ? 0 : Number(after);
      const to = from + paymentsOfScan;
      return {
        payments: all
          .slice(from, to)
          .map(({ id, tenant, created, version }) => ({ id, tenant, created, version })),
        next: to < all.length ? String(to) : null,
      };
    },
  };
}

function referenceName(tenant: string, reference: string): string {
  return JSON.stringify([tenant, reference]);
}
