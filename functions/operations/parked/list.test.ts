import { describe, expect, it } from 'vitest';
import { memoryPaymentStore } from '../../../shared/adapters/memory/payments/payment-store.ts';
import { memoryPayoutStore } from '../../../shared/adapters/memory/payments/payout-store.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { operationId } from '../../../shared/domain/ids.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import { changePayout } from '../../../shared/domain/payout/change.ts';
import type { PaymentStore } from '../../../shared/ports/payments.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { aParked, listOf, type ParkedTenant } from '../../../test/support/payments/parked.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { aRequestedPayout, payoutFacts } from '../../../test/support/payouts.ts';

/** A stage with nothing parked; the store of payments with these methods replaced for the list. */
function aStage(replaced: (store: PaymentStore) => Partial<PaymentStore> = () => ({})) {
  const payments = memoryPaymentStore();
  const payouts = memoryPayoutStore();
  const nextStamp = countingStamps();
  let keys = 0;
  const key = () => `key-${++keys}`;
  return {
    list: listOf({ payments: { ...payments, ...replaced(payments) }, payouts }),
    payments,
    nextStamp,
    /** A payment of a tenant whose saga did not come to an end. */
    parkPayment: async (tenant: string) => {
      const change = anAcceptedPayment(nextStamp, {}, { tenant, key: key() });
      const { id } = change.after;
      await payments.accept(change);
      const operation_id = operationId(id, 'charge');
      const parked = { ...facts.parkedCharge.facts, operation_id };
      const fact = { type: 'payment.parked', facts: parked } as const;
      await payments.append(changePayment(change.after, fact, nextStamp()));
      return id;
    },
    /** A payout of a tenant of which the same is true. */
    parkPayout: async (tenant: string) => {
      const change = aRequestedPayout(nextStamp, {}, { tenant, key: key() });
      await payouts.accept(change);
      await payouts.append(changePayout(change.after, payoutFacts.parked, nextStamp()));
      return change.after.id;
    },
  };
}

interface Page {
  readonly data: readonly {
    readonly payment_id: string | null;
    readonly payout_id: string | null;
  }[];
  readonly next_cursor: string | null;
}

const idsOf = ({ data }: Page) => data.map(({ payment_id, payout_id }) => payment_id ?? payout_id);

/** The ids of each page. */
async function pagesOf(
  list: ReturnType<typeof aStage>['list'],
  tenant: ParkedTenant,
  limit: number,
): Promise<(string | null)[][]> {
  const pages: (string | null)[][] = [];
  let cursor: string | null = null;
  do {
    const { json } = await list(tenant, { limit: String(limit), ...(cursor ? { cursor } : {}) });
    expect(endpoints.listParked.answers[200]?.safeParse(json).success).toBe(true);
    pages.push(idsOf(json));
    cursor = json.next_cursor;
  } while (cursor !== null);
  return pages;
}

describe('GET /operations/parked', () => {
  it('is empty where nothing waits', async () => {
    const { list } = aStage();
    expect((await list('operations')).json).toEqual({
      object: 'list',
      data: [],
      next_cursor: null,
    });
  });

  it('gives operations all, payments first, the longest first, and a tenant its own', async () => {
    const { list, parkPayment, parkPayout } = aStage();
    const payout = await parkPayout('acme');
    const first = await parkPayment('acme');
    const second = await parkPayment('globex');
    const others = await parkPayout('globex');
    expect(idsOf((await list('operations')).json)).toEqual([first, second, payout, others]);
    expect(idsOf((await list('acme')).json)).toEqual([first, payout]);
    expect(idsOf((await list('globex')).json)).toEqual([second, others]);
  });

  it('says what is at risk, since when, why, and what can be done', async () => {
    const { list, id, operationId: operation } = await aParked('refund');
    const { json } = await list('acme');
    expect(json.data).toEqual([
      {
        object: 'parked',
        payment_id: id,
        payout_id: null,
        tenant: 'acme',
        operation: 'refund',
        operation_id: operation,
        amount: 3_000,
        currency: 'EUR',
        unknown: true,
        since: expect.stringMatching(/^2026-/),
        reason: 'nobody says',
        actions: ['took_effect', 'no_effect', 'ask'],
        resolution: null,
        answer: null,
      },
    ]);
    const stuck = await aParked('stuck capture');
    expect((await stuck.list('operations')).json.data).toMatchObject([
      { operation: 'capture', amount: 4_000, unknown: false, actions: ['resume'] },
    ]);
  });

  it('has each thing of a payment that waits', async () => {
    const { list, write, store, id } = await aParked('refund');
    const another = { ...facts.refundRequested.facts, operation_id: operationId(id, 'charge', 7) };
    const of = { operation_id: another.operation_id };
    await write(
      { type: 'payment.refund_requested', facts: another },
      { type: 'payment.refund_held', facts: { ...of, amount: 3_000, execution: 'e3' } },
      { type: 'payment.parked', facts: { ...of, operation: 'refund', reason: 'stuck' } },
    );
    expect(await store.load(id)).not.toBeNull();
    const { json } = await list('acme', { limit: '1' });
    expect(json).toMatchObject({
      data: [{ unknown: true }, { unknown: false, operation_id: another.operation_id }],
      next_cursor: expect.any(String),
    });
  });

  it.each([1, 2, 3, 4, 5, 6, 100])('gives each once in pages of %i, and stops', async (limit) => {
    const { list, parkPayment, parkPayout } = aStage();
    const [all, own]: [string[], string[]] = [[], []];
    for (const park of [parkPayment, parkPayout]) {
      for (const tenant of ['acme', 'globex', 'acme', 'globex', 'acme']) {
        const id = await park(tenant);
        all.push(id);
        own.push(...(tenant === 'acme' ? [id] : []));
      }
    }
    expect((await pagesOf(list, 'operations', limit)).flat()).toEqual(all);
    const pages = await pagesOf(list, 'acme', limit);
    expect(pages.flat()).toEqual(own);
    expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(limit);
  });

  it('names nobody else’s in a cursor', async () => {
    const { list, parkPayment } = aStage();
    const ids = { acme: [] as string[], globex: [] as string[] };
    for (const tenant of ['acme', 'globex', 'globex', 'acme', 'globex', 'acme'] as const) {
      ids[tenant].push(await parkPayment(tenant));
    }
    for (const limit of ['1', '2']) {
      const { json } = await list('acme', { limit });
      const position = Buffer.from(json.next_cursor, 'base64url').toString();
      expect(ids.acme.some((id) => position.includes(id))).toBe(true);
      expect(ids.globex.some((id) => position.includes(id))).toBe(false);
    }
  });

  it('leaves out what waits no more, though its list still has it', async () => {
    const gone: string[] = [];
    const { list, parkPayment, payments, nextStamp } = aStage((store) => ({
      parked: async (query) => {
        const { ids, next } = await store.parked(query);
        return { ids: [...gone, ...ids, 'not there'], next };
      },
    }));
    const [resolved, waiting] = [await parkPayment('acme'), await parkPayment('acme')];
    const payment = await payments.load(resolved);
    if (payment) {
      await payments.append(changePayment(payment, facts.resumed, nextStamp()));
    }
    gone.push(resolved);
    expect(idsOf((await list('acme')).json)).toEqual([waiting]);
  });

  it.each([
    ['limit', '0'],
    ['limit', '101'],
    ['cursor', 'bm8'],
    ['cursor', Buffer.from('payments 1').toString('base64url')],
    ['status', 'open'],
  ])('refuses %s=%s', async (name, value) => {
    const { list } = aStage();
    const answer = await list('acme', { [name]: value });
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid_request']);
  });
});
