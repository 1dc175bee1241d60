import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { renderPayment } from '../../../shared/domain/payment/state.ts';
import {
  matches,
  noFilters,
  type PaymentFilters,
  positionOf,
} from '../../../shared/domain/search/filters.ts';
import type { PaymentList } from '../../../shared/ports/projections/payment-list.ts';
import { timeAt } from '../../support/ledger/transfers.ts';
import { anAcceptedPayment, countingStamps } from '../../support/payments/payments.ts';
import type { OpenList } from '../payments/payment-list.suite.ts';

const template = renderPayment(anAcceptedPayment(countingStamps()).after);
const customers = ['cus_1', 'cus_2', null] as const;
const currencies = ['EUR', 'CLP'] as const;
const statuses = ['processing', 'captured', 'failed'] as const;

/** Payment `n`: three in a millisecond; customers, currencies, statuses and amounts in all combinations. */
function payment(tenant: string, n: number): PaymentResource {
  return {
    ...template,
    id: derivedId('searched', tenant, String(n)),
    created: timeAt(Math.floor(n / 3)),
    customer: customers[n % 3] ?? null,
    currency: currencies[Math.floor(n / 3) % 2] ?? 'EUR',
    status: statuses[Math.floor(n / 6) % 3] ?? 'processing',
    amount: 100 * (n % 5) + 100,
    merchant_reference: n % 4 === 0 ? `order-${n}` : null,
  };
}

const searches: readonly PaymentFilters[] = [
  noFilters,
  { status: 'captured' },
  { customer: 'cus_1' },
  { customer: 'cus_9' },
  { currency: 'CLP' },
  { merchantReference: 'order-8' },
  { amountMin: 300 },
  { amountMax: 300 },
  { amountMin: 200, amountMax: 400 },
  { createdFrom: timeAt(4) },
  { createdTo: timeAt(4) },
  { createdFrom: timeAt(2), createdTo: timeAt(5) },
  { createdFrom: timeAt(4), createdTo: timeAt(4) },
  { customer: 'cus_2', status: 'captured' },
  { customer: 'cus_2', currency: 'EUR', amountMin: 200 },
  { status: 'failed', createdFrom: timeAt(3), createdTo: timeAt(11) },
  { status: 'processing', currency: 'CLP', customer: 'cus_1', amountMax: 300 },
];

/** What every adapter of the payment list has to find. */
export function paymentSearchConformance(kind: string, openList: OpenList): void {
  describe(`searches of the payment list on ${kind}`, () => {
    const tenant = 'searching';
    const payments = Array.from({ length: 36 }, (_, n) => payment(tenant, n));
    let open: Awaited<ReturnType<OpenList>>['open'];
    let close: () => Promise<void>;
    let list: PaymentList;
    /** A list with all payments in it; events that are there are not taken again. */
    const over = async (most?: number) => {
      const filled = open(async () => ({ live: 1, beside: [] }), most);
      for (const one of [...payments, { ...payment('other', 0), customer: 'cus_1' }]) {
        const of = payments.includes(one) ? tenant : 'other';
        await filled.project({ tenant: of, data: { payment: { ...one, version: 1 } } }, 1);
      }
      return filled;
    };

    beforeAll(async () => {
      ({ open, close } = await openList());
      list = await over();
    });
    afterAll(() => close());

    const expected = (filters: PaymentFilters) =>
      payments
        .filter((one) => matches(filters, one))
        .sort((a, b) => (positionOf(a) < positionOf(b) ? 1 : -1))
        .map(({ id }) => id);

    /** All pages, each with its length. */
    const pagesOf = async (of: PaymentList, filters: PaymentFilters, limit: number) => {
      const found: string[] = [];
      const lengths: number[] = [];
      let after: string | null = null;
      do {
        const page = await of.list({ tenant, filters, limit, after });
        found.push(...page.payments.map(({ id }) => id));
        lengths.push(page.payments.length);
        expect(after === null || page.next === null || page.next < after).toBe(true);
        after = page.next;
      } while (after !== null);
      return { found, lengths };
    };

    it.each(searches)('find what matches %j, each once and newest first', async (filters) => {
      for (const limit of [1, 4, 100]) {
        const { found, lengths } = await pagesOf(list, filters, limit);
        expect(found).toEqual(expected(filters));
        expect(lengths.slice(0, -1).every((length) => length === limit)).toBe(true);
      }
    });

    it.each(searches)(
      'examine no more than they may, and find %j all the same',
      async (filters) => {
        for (const most of [1, 5]) {
          const { found, lengths } = await pagesOf(await over(most), filters, 3);
          expect(found).toEqual(expected(filters));
          expect(lengths.every((length) => length <= Math.min(most, 3))).toBe(true);
        }
      },
    );

    it('end a page before it is full, with where to go on, when they have examined enough', async () => {
      const filters = { merchantReference: 'order-0' };
      const few = await over(10);
      const first = await few.list({ tenant, filters, limit: 20, after: null });
      expect(first.payments).toEqual([]);
      expect(first.next).not.toBeNull();
    });

    it('take nothing for a match that only another tenant has', async () => {
      const page = await list.list({
        tenant: 'other',
        filters: { customer: 'cus_1' },
        limit: 100,
        after: null,
      });
      expect(page.payments.map(({ id }) => id)).toEqual([payment('other', 0).id]);
    });

    it('know a payment that has changed since as it is, by whatever index', async () => {
      const changed = { ...payment('changing', 0), customer: 'cus_1', version: 2 };
      const before = { ...changed, status: 'processing', version: 1 } as const;
      const after = { ...changed, status: 'authorized' } as const;
      for (const one of [before, after]) {
        await list.project({ tenant: 'changing', data: { payment: one } }, 1);
      }
      const find = async (filters: PaymentFilters) =>
        (await list.list({ tenant: 'changing', filters, limit: 10, after: null })).payments;
      expect(await find({ customer: 'cus_1' })).toEqual([after]);
      expect(await find({ status: 'authorized' })).toEqual([after]);
      expect(await find({ customer: 'cus_1', status: 'authorized' })).toEqual([after]);
      expect(await find({ customer: 'cus_1', status: 'processing' })).toEqual([]);
      expect(await find({ status: 'processing' })).toEqual([]);
    });

    it('give one payment by itself, and a stranger’s to nobody', async () => {
      const [one] = payments as [PaymentResource];
      expect(await list.find({ ...one, tenant })).toEqual({ ...one, version: 1 });
      expect(await list.find({ ...one, tenant: 'other' })).toBeNull();
      expect(await list.find({ ...payment(tenant, 99), tenant })).toBeNull();
    });
  });
}
