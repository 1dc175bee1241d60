import { sweepPayments } from '../../../functions/payments/sweep/sweep.ts';
import { memoryPaymentStore } from '../../../shared/adapters/memory/payments/payment-store.ts';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { operationId, paymentId, transferId } from '../../../shared/domain/ids.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import type { PaymentStore } from '../../../shared/ports/payments.ts';
import { anAcceptedPayment, countingStamps } from './payments.ts';

const start = Date.UTC(2026, 0, 1);
const dayMs = 24 * 3_600_000;
type Sweep = Awaited<ReturnType<ReturnType<typeof sweepPayments>>>;

export const sweepTerms = { stuckAfterMs: 600_000 };

/** What a run did: nothing, but for what is said. */
export const swept = (part: Partial<Sweep> = {}): Sweep => ({
  expired: 0,
  resumed: 0,
  parked: 0,
  skipped: 0,
  contended: 0,
  failed: 0,
  ...part,
});

/**
 * A store with so many payments of EUR 100.00, each taken along by the facts given, and a sweeper.
 * The clock stands where it is set, in days; each stamp is a millisecond after the one before it.
 */
export async function sweptPayments(
  count: number,
  factsOf: (id: string) => readonly PaymentFact[],
  replaced: (store: PaymentStore) => Partial<PaymentStore> = () => ({}),
) {
  const store = memoryPaymentStore();
  const stamps = countingStamps();
  let days = 0;
  const nextStamp = () => {
    const { time, eventId } = stamps();
    return { eventId, time: new Date(Date.parse(time) + days * dayMs).toISOString() };
  };
  const ids = Array.from({ length: count }, (_, index) => paymentId('acme', `key-${index}`));
  const write = async (id: string, ...facts: readonly PaymentFact[]) => {
    for (const fact of facts) {
      const payment = await store.load(id);
      if (payment) {
        await store.append(changePayment(payment, fact, nextStamp()));
      }
    }
  };
  for (const [index, id] of ids.entries()) {
    await store.accept(anAcceptedPayment(nextStamp, {}, { key: `key-${index}` }));
    await write(id, ...factsOf(id));
  }
  const before = new Map(
    await Promise.all(ids.map(async (id) => [id, (await store.events(id)).length] as const)),
  );
  return {
    store,
    ids,
    write,
    first: ids[0] ?? '',
    /** Sets the clock to a day, and sweeps. */
    sweep: (day: number) => {
      days = day;
      return sweepPayments({ ...store, ...replaced(store), nextStamp, terms: sweepTerms })();
    },
    /** Sets the clock to a day. */
    at: (day: number) => {
      days = day;
    },
    /** The types of a payment's events since it was there. */
    typesOf: async (id: string) =>
      (await store.events(id))
        .slice(before.get(id))
        .map(({ type }) => type.replace('payment.', '')),
  };
}

/** A payment of which the amount is held. */
export function reservedFacts(id: string): PaymentFact[] {
  return [
    {
      type: 'payment.reserved',
      facts: {
        transfer_id: transferId(id, 'authorized'),
        amount: 10_000,
        execution: 'e1',
        provider: 'psp',
      },
    },
  ];
}

/** One that is authorized for a week. */
export function authorizedFacts(id: string): PaymentFact[] {
  return [
    ...reservedFacts(id),
    {
      type: 'payment.authorized',
      facts: {
        operation_id: operationId(id, 'charge'),
        provider: 'psp',
        provider_reference: 'ch_1',
        amount: 10_000,
        expires: new Date(start + 7 * dayMs).toISOString(),
      },
    },
  ];
}

/** One of whose charge nobody knows. */
export function unknownFacts(id: string): PaymentFact[] {
  return [
    ...reservedFacts(id),
    {
      type: 'payment.outcome_unknown',
      facts: {
        operation_id: operationId(id, 'charge'),
        operation: 'charge',
        reason: 'no answer',
      },
    },
  ];
}
