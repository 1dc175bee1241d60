import { describe, expect, it, vi } from 'vitest';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { operationId, paymentId } from '../../../shared/domain/ids.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { authorizedFacts, swept, sweptPayments } from '../../../test/support/payments/swept.ts';

const authorizedPayments = (count: number, replaced?: Parameters<typeof sweptPayments>[2]) =>
  sweptPayments(count, authorizedFacts, replaced);

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
    expect(await sweep(6.99)).toEqual(swept());
    expect(await sweep(7)).toEqual(swept({ expired: 25 }));
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
    expect(await sweep(8.0001)).toEqual(swept());
    expect(await typesOf(first)).toEqual(['cancel_requested']);
  });

  it('looks at 200 payments a run, the longest due first', async () => {
    const { sweep } = await authorizedPayments(205);
    expect(await sweep(8)).toEqual(swept({ expired: 200 }));
    expect(await sweep(8)).toEqual(swept({ expired: 5 }));
  });

  it.each([
    ['a capture', captureAsked],
    ['a cancellation', cancelAsked],
  ])('leaves a payment beside %s that is under way', async (_name, fact) => {
    const { sweep, typesOf, write, first, at } = await authorizedPayments(1);
    at(7.9999);
    await write(first, fact);
    expect(await sweep(8)).toEqual(swept());
    expect(await typesOf(first)).toHaveLength(1);
  });

  it('gives back what a capture has left, once that is over', async () => {
    const { sweep, store, write, first } = await authorizedPayments(1);
    await write(first, captureAsked, capturedPart);
    expect(await sweep(8)).toEqual(swept({ expired: 1 }));
    expect((await store.load(first))?.operations.at(-1)).toMatchObject({
      cause: 'expired',
      amountMinor: 6_000,
    });
  });

  it('is not misled by a list that is a moment behind', async () => {
    const { sweep, typesOf, write, first, at } = await authorizedPayments(1, () => ({
      due: async (kind) => (kind === 'expiry' ? [paymentId('acme', 'key-0')] : []),
    }));
    expect(await sweep(1)).toEqual(swept({ skipped: 1 }));
    at(7.9999);
    await write(first, captureAsked);
    expect(await sweep(8)).toEqual(swept({ skipped: 1 }));
    await write(first, { ...capturedPart, facts: { ...capturedPart.facts, final: true } });
    expect(await sweep(8)).toEqual(swept({ skipped: 1 }));
    expect(await typesOf(first)).toEqual(['capture_requested', 'captured']);
  });

  it('decides anew when another writer comes first, and leaves it to the next run after three', async () => {
    const { sweep, store, first } = await authorizedPayments(1);
    const append = vi.fn(async () => 'conflict' as const);
    const beaten = await authorizedPayments(1, () => ({ append }));
    expect(await beaten.sweep(8)).toEqual(swept({ contended: 1 }));
    expect(append).toHaveBeenCalledTimes(3);
    expect(await sweep(8)).toEqual(swept({ expired: 1 }));
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
    await write(first, failed(0));
    expect(await sweep(7.04)).toEqual(swept());
    expect(await sweep(7.05)).toEqual(swept({ expired: 1 }));
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
      await expect(sweep(8)).rejects.toThrow('1 payments could not be seen to');
      const types = await Promise.all(ids.map(typesOf));
      expect(types).toEqual([['cancel_requested'], [], ['cancel_requested']]);
      expect(logs.lines()).toMatchObject([
        { level: 'ERROR', payment_id: bad, error: { message: 'throttled' } },
        { message: 'payments swept', ...swept({ expired: 2, failed: 1 }) },
      ]);
    });
  });
});
