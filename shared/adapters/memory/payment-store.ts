import type { PaymentEvent } from '../../contracts/events/payment-events.ts';
import type { Transfer } from '../../domain/ledger/transfer.ts';
import { dueOf } from '../../domain/payment/operation.ts';
import type { Payment } from '../../domain/payment/state.ts';
import type { PaymentStore } from '../../ports/payments.ts';
import { type MemoryLedger, memoryLedger } from './ledger.ts';

/** What the in-memory event store holds, for tests to look at. */
export interface MemoryPaymentStore extends PaymentStore {
  readonly transfers: readonly Transfer[];
  readonly allEvents: readonly PaymentEvent[];
}

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
  const write = (after: Payment, event: PaymentEvent) => {
    const written = structuredClone(event);
    states.set(after.id, structuredClone(after));
    eventsOf.set(after.id, [...events(after.id), written]);
    allEvents.push(written);
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
        const name = JSON.stringify([after.tenant, reference]);
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
    load: async (id) => structuredClone(states.get(id) ?? null),
    events: async (id) => structuredClone(events(id)),
    due: async (at, limit) =>
      [...states.values()]
        .map((payment) => ({ id: payment.id, due: dueOf(payment) }))
        .filter((payment): payment is { id: string; due: string } => payment.due !== null)
        .filter(({ due }) => due <= at)
        .sort((a, b) => (a.due < b.due ? -1 : 1))
        .slice(0, limit)
        .map(({ id }) => id),
  };
}
