import { describe, expect, it, vi } from 'vitest';
import { memoryPaymentStore } from '../../../shared/adapters/memory/payment-store.ts';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { operationId, paymentId, transferId } from '../../../shared/domain/ids.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import type { PaymentStore } from '../../../shared/ports/payments.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments.ts';
import { expireAuthorizations } from './expire-authorizations.ts';

const dayMs = 24 * 3_600_000;
const start = Date.UTC(2026, 0, 1);
const expires = new Date(start + 7 * dayMs).toISOString();

/** A store with so many authorized payments, and a sweeper whose clock stands at a day. */
async function authorizedPayments(
  count: number,
  replaced: (store: PaymentStore) => Partial<PaymentStore> = () => ({}),
) {
  const store = memoryPaymentStore();
  const nextStamp = countingStamps();
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
    await write(id, ...authorized(id));
  }
  const sweep = (day: number) =>
    expireAuthorizations({
      ...store,
      ...replaced(store),
      nextStamp: () => ({
        ...nextStamp(),
        time: new Date(start + day * dayMs).toISOString(),
      }),
    })();
  const typesOf = async (id: string) =>
    (await store.events(id)).slice(3).map(({ type }) => type.replace('payment.', ''));
  return { store, ids, write, sweep, typesOf, first: ids[0] ?? '' };
}

function authorized(id: string): PaymentFact[] {
  return [
    {
      type: 'payment.reserved',
      facts: { transfer_id: transferId(id, 'authorized'), amount: 10_000, execution: 'e1' },
    },
    {
      type: 'payment.authorized',
      facts: {
        operation_id: operationId(id, 'charge'),
        provider: 'psp',
        provider_reference: 'ch_1',
        amount: 10_000,
        expires,
      },
    },
  ];
}

const asked = { operation_id: operationId('x', 'charge'), request_hash: 'h' };
const captureAsked: PaymentFact = {
  type: 'payment.capture_requested',
  facts: { ...asked, amount: 4_000, final: false },
};
const cancelAsked: PaymentFact = {
  type: 'payment.cancel_requested',
  facts: { ...asked, amount: 10_000, cause: 'requested', reason: null },
};
const capturedPart: PaymentFact = {
  type: 'payment.captured',
  facts: {
    operation_id: asked.operation_id,
    provider: 'psp',
    provider_reference: 'ch_1',
    amount: 4_000,
    fee: 116,
    final: false,
  },
};

describe('the expiry of authorizations', () => {
  it('asks for nothing before their time, and for the cancellation of each from then on', async () => {
    const { store, ids, sweep, typesOf } = await authorizedPayments(25);
    expect(await sweep(6.99)).toEqual({ requested: 0, skipped: 0, contended: 0, failed: 0 });
    expect(await sweep(7)).toEqual({ requested: 25, skipped: 0, contended: 0, failed: 0 });
    for (const id of ids) {
      expect(await typesOf(id)).toEqual(['cancel_requested']);
      expect((await store.load(id))?.operations).toMatchObject([
        {
          id: operationId(id, 'expire'),
          kind: 'cancel',
          cause: 'expired',
          amountMinor: 10_000,
          status: 'processing',
        },
      ]);
    }
  });

  it('asks once, however often it runs', async () => {
    const { sweep, typesOf, first } = await authorizedPayments(1);
    await Promise.all([sweep(8), sweep(8)]);
    expect(await sweep(9)).toMatchObject({ requested: 0, skipped: 0 });
    expect(await typesOf(first)).toEqual(['cancel_requested']);
  });

  it('looks at 200 payments a run, the longest due first', async () => {
    const { sweep } = await authorizedPayments(205);
    expect(await sweep(8)).toMatchObject({ requested: 200 });
    expect(await sweep(8)).toMatchObject({ requested: 5 });
  });

  it.each([
    ['a capture', captureAsked],
    ['a cancellation', cancelAsked],
  ])('leaves a payment beside %s that is under way', async (_name, fact) => {
    const { sweep, typesOf, write, first } = await authorizedPayments(1);
    await write(first, fact);
    expect(await sweep(8)).toMatchObject({ requested: 0, skipped: 0 });
    expect(await typesOf(first)).toHaveLength(1);
  });

  it('gives back what a capture has left, once that is over', async () => {
    const { sweep, store, write, first } = await authorizedPayments(1);
    await write(first, captureAsked, capturedPart);
    expect(await sweep(8)).toMatchObject({ requested: 1 });
    expect((await store.load(first))?.operations.at(-1)).toMatchObject({
      cause: 'expired',
      amountMinor: 6_000,
    });
  });

  it('is not misled by a list that is a moment behind', async () => {
    const { sweep, typesOf, write, first } = await authorizedPayments(1, () => ({
      due: async () => [paymentId('acme', 'key-0')],
    }));
    expect(await sweep(1)).toMatchObject({ requested: 0, skipped: 1 });
    await write(first, captureAsked);
    expect(await sweep(8)).toMatchObject({ requested: 0, skipped: 1 });
    await write(first, { ...capturedPart, facts: { ...capturedPart.facts, final: true } });
    expect(await sweep(8)).toMatchObject({ requested: 0, skipped: 1 });
    expect(await typesOf(first)).toEqual(['capture_requested', 'captured']);
  });

  it('decides anew when another writer comes first, and leaves it to the next run after three', async () => {
    const { sweep, store, first } = await authorizedPayments(1);
    const append = vi.fn(async () => 'conflict' as const);
    const beaten = await authorizedPayments(1, () => ({ append }));
    expect(await beaten.sweep(8)).toMatchObject({ requested: 0, contended: 1 });
    expect(append).toHaveBeenCalledTimes(3);
    expect(await sweep(8)).toMatchObject({ requested: 1 });
    expect((await store.load(first))?.operations).toHaveLength(1);
  });

  it('asks again, under another id, a while after an expiry that failed', async () => {
    const { sweep, store, write, first } = await authorizedPayments(1);
    const failed = (attempt: number): PaymentFact => ({
      type: 'payment.operation_failed',
      facts: {
        operation_id: operationId(first, 'expire', attempt),
        operation: 'cancel',
        code: 'too_late',
        message: 'No.',
      },
    });
    await sweep(7);
    // The facts' own clock is at the first day: an hour after that is long over.
    await write(first, failed(0));
    expect(await sweep(7)).toMatchObject({ requested: 1 });
    expect((await store.load(first))?.operations.map(({ id }) => id)).toEqual([
      operationId(first, 'expire'),
      operationId(first, 'expire', 1),
    ]);
  });

  describe('with logs', () => {
    const logs = recordLogs();

    it('does not stop at one that fails, says which, and fails at the end', async () => {
      const bad = paymentId('acme', 'key-1');
      const { sweep, ids, typesOf } = await authorizedPayments(3, (store) => ({
        load: async (id) => (id === bad ? Promise.reject(new Error('throttled')) : store.load(id)),
      }));
      await expect(sweep(8)).rejects.toThrow('of 1 payments');
      const types = await Promise.all(ids.map(typesOf));
      expect(types).toEqual([['cancel_requested'], [], ['cancel_requested']]);
      expect(logs.lines()).toMatchObject([
        { level: 'ERROR', payment_id: bad, error: { message: 'throttled' } },
        { message: 'authorizations swept', requested: 2, skipped: 0, contended: 0, failed: 1 },
      ]);
    });
  });
});
