import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { renderPayment } from '../../../shared/domain/payment/state.ts';
import { noFilters } from '../../../shared/domain/search/filters.ts';
import type { PaymentList } from '../../../shared/ports/projections/payment-list.ts';
import type { ProjectionRow } from '../../../shared/ports/projections/projections.ts';
import { timeAt } from '../../support/ledger/transfers.ts';
import { anAcceptedPayment, countingStamps } from '../../support/payments/payments.ts';
import type { OpenList } from '../payments/payment-list.suite.ts';

const template = renderPayment(anAcceptedPayment(countingStamps()).after);
const tenant = 'built';

function payment(n: number, part: Partial<PaymentResource> = {}): PaymentResource {
  const id = derivedId('built', String(n));
  return { ...template, id, created: timeAt(n), customer: 'cus_1', version: 1, ...part };
}

/** What every adapter of the payment list has to keep apart. */
export function paymentGenerationsConformance(kind: string, openList: OpenList): void {
  describe(`generations of the payment list on ${kind}`, () => {
    const generations = { live: 1, beside: [] };
    let list: PaymentList;
    let close: () => Promise<void>;

    beforeAll(async () => {
      const opened = await openList();
      close = opened.close;
      list = opened.open(async () => generations);
      for (const generation of [1, 2, 12]) {
        for (let n = 0; n < 30; n++) {
          await list.project({ tenant, data: { payment: payment(n) } }, generation);
        }
      }
    });
    afterAll(() => close());

    const rowsOf = async (generation: number): Promise<ProjectionRow[]> => {
      const rows: ProjectionRow[] = [];
      for await (const row of list.rows(generation)) {
        rows.push(row);
      }
      return rows.sort((a, b) => (a.key < b.key ? 1 : -1));
    };

    it('have the same rows of the same events, under the same keys', async () => {
      const first = await rowsOf(1);
      expect(first).toHaveLength(30);
      expect(await rowsOf(2)).toEqual(first);
      expect(await rowsOf(12)).toEqual(first);
      expect(await rowsOf(3)).toEqual([]);
    });

    it('give one row as it is, and none where there is none', async () => {
      const [row] = (await rowsOf(1)) as [ProjectionRow];
      expect(await list.row(2, row.key)).toEqual(row);
      expect(await list.row(3, row.key)).toBeNull();
    });

    it('take an event each for itself', async () => {
      const event = { tenant, data: { payment: payment(5, { version: 2, amount: 7 }) } };
      expect(await list.project(event, 2)).toBe(true);
      expect(await list.project(event, 2)).toBe(false);
      const [one, two] = [await rowsOf(1), await rowsOf(2)];
      expect(two.filter(({ value }, index) => value !== one[index]?.value)).toHaveLength(1);
      expect(await list.project(event, 1)).toBe(true);
      expect(await rowsOf(1)).toEqual(two);
    });

    it('tell by a row what it has taken, too', async () => {
      const late = payment(6, { version: 4 });
      const early = payment(6, { version: 3 });
      for (const one of [early, late]) {
        await list.project({ tenant, data: { payment: one } }, 1);
      }
      await list.project({ tenant, data: { payment: late } }, 12);
      const [one, twelve] = [await rowsOf(1), await rowsOf(12)];
      const [key = ''] = one.filter(({ value }) => value.includes(late.id)).map((row) => row.key);
      const valueIn = (rows: readonly ProjectionRow[]) =>
        rows.find((row) => row.key === key)?.value;
      expect(valueIn(one)).not.toBe(valueIn(twelve));
    });

    it('are read by every way from the live one alone', async () => {
      const added = payment(99, { status: 'failed', version: 3 });
      await list.project({ tenant, data: { payment: added } }, 2);
      const reads = async (live: number) => {
        Object.assign(generations, { live });
        const page = (filters: object) =>
          list.list({ tenant, filters: { ...noFilters, ...filters }, limit: 100, after: null });
        const pages = await Promise.all(
          [{}, { status: 'failed' as const }, { customer: 'cus_1' }].map(page),
        );
        const has = pages.map(({ payments }) => payments.some(({ id }) => id === added.id));
        const found = await list.find({ ...added, tenant });
        const taken = await list.taken([{ ...added, tenant }]);
        return [...has, found !== null, taken.has(added.id)];
      };
      expect(await reads(1)).toEqual([false, false, false, false, false]);
      expect(await reads(2)).toEqual([true, true, true, true, true]);
      expect(await reads(1)).toEqual([false, false, false, false, false]);
    });

    it('are deleted one by one', async () => {
      const [one, twelve] = [await rowsOf(1), await rowsOf(12)];
      expect(await list.clear(2)).toBe(31);
      expect(await list.clear(2)).toBe(0);
      expect(await rowsOf(2)).toEqual([]);
      expect([await rowsOf(1), await rowsOf(12)]).toEqual([one, twelve]);
      expect(await list.clear(12)).toBe(30);
      expect(await rowsOf(1)).toEqual(one);
    });
  });
}
