import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { renderPayment } from '../../../shared/domain/payment/state.ts';
import { noFilters } from '../../../shared/domain/search/filters.ts';
import type { PageQuery } from '../../../shared/domain/search/page.ts';
import type { PaymentList } from '../../../shared/ports/projections/payment-list.ts';
import type { ReadGenerations } from '../../../shared/ports/projections/projections.ts';
import { timeAt } from '../../support/ledger/transfers.ts';
import { anAcceptedPayment, countingStamps } from '../../support/payments/payments.ts';

const template = renderPayment(anAcceptedPayment(countingStamps()).after);
let tenants = 0;

/** A tenant that no other test has: the tests share their tables. */
function aTenant(): string {
  tenants += 1;
  return `tenant-${tenants}`;
}

/** Payment `n` of a tenant: three are created in one millisecond. */
function payment(tenant: string, n: number, part: Partial<PaymentResource> = {}): PaymentResource {
  return {
    ...template,
    id: derivedId('listed', tenant, String(n)),
    created: timeAt(Math.floor(n / 3)),
    metadata: { b: `${n}`, a: '' },
    ...part,
  };
}

function newestFirst(payments: readonly PaymentResource[]): PaymentResource[] {
  const position = ({ created, id }: PaymentResource) => `${created}#${id}`;
  return [...payments].sort((a, b) => (position(a) < position(b) ? 1 : -1));
}

export type OpenList = () => Promise<{
  /** The list over these generations, examining so many rows in a request. */
  readonly open: (generations: ReadGenerations, most?: number) => PaymentList;
  readonly close: () => Promise<void>;
}>;

/** What every adapter of the payment list has to do. */
export function paymentListConformance(kind: string, open: OpenList): void {
  describe(`the payment list on ${kind}`, () => {
    let list: PaymentList;
    let close: () => Promise<void>;
    beforeAll(async () => {
      const opened = await open();
      ({ close } = opened);
      list = opened.open(async () => ({ live: 1, beside: [] }));
    });
    afterAll(() => close());

    const project = (tenant: string, payment: PaymentResource, generation = 1) =>
      list.project({ tenant, data: { payment } }, generation);
    const fill = async (tenant: string, count: number, part: Partial<PaymentResource> = {}) => {
      const payments = Array.from({ length: count }, (_, n) => payment(tenant, n, part));
      for (const one of payments) {
        expect(await project(tenant, one)).toBe(true);
      }
      return newestFirst(payments);
    };
    const pageOf = (tenant: string, query: Partial<PageQuery> = {}) =>
      list.list({ tenant, filters: noFilters, limit: 100, after: null, ...query });

    it('is empty for who has none', async () => {
      expect(await pageOf(aTenant())).toEqual({ payments: [], next: null });
      expect(await pageOf(aTenant(), { filters: { status: 'failed' } })).toEqual({
        payments: [],
        next: null,
      });
    });

    it('gives a tenant its own, newest first, byte for byte', async () => {
      const tenant = aTenant();
      const payments = await fill(tenant, 7);
      await fill(aTenant(), 3);
      const page = await pageOf(tenant);
      expect(JSON.stringify(page)).toBe(JSON.stringify({ payments, next: null }));
    });

    it.each([1, 2, 3, 6, 7, 8, 100])('gives each once in pages of %i, and stops', async (limit) => {
      for (const status of [undefined, 'captured'] as const) {
        const tenant = aTenant();
        const payments = await fill(tenant, 7, status ? { status } : {});
        const found: PaymentResource[] = [];
        let after: string | null = null;
        let pages = 0;
        do {
          const page = await pageOf(tenant, { limit, after, filters: { status } });
          found.push(...page.payments);
          after = page.next;
          pages += 1;
        } while (after !== null);
        expect(found).toEqual(payments);
        expect(pages).toBe(Math.ceil(7 / limit));
      }
    });

    it('goes on where it was, while newer payments come', async () => {
      const tenant = aTenant();
      const payments = await fill(tenant, 4);
      const first = await pageOf(tenant, { limit: 2 });
      await project(tenant, payment(tenant, 99));
      const second = await pageOf(tenant, { limit: 2, after: first.next });
      expect([...first.payments, ...second.payments]).toEqual(payments);
      expect(second.next).toBeNull();
    });

    it('is over behind its end', async () => {
      const tenant = aTenant();
      await fill(tenant, 2);
      const after = `${timeAt(-1)}#${derivedId('before all')}`;
      expect(await pageOf(tenant, { after })).toEqual({ payments: [], next: null });
    });

    it('keeps the latest version, in whatever order and however often they come', async () => {
      const tenant = aTenant();
      const version = (n: number) => payment(tenant, 0, { version: n, amount: n });
      expect(await project(tenant, version(2))).toBe(true);
      expect(await project(tenant, version(1))).toBe(true);
      expect(await project(tenant, version(2))).toBe(false);
      expect(await project(tenant, version(10))).toBe(true);
      expect(await project(tenant, version(9))).toBe(true);
      expect(await project(tenant, version(1))).toBe(false);
      expect((await pageOf(tenant)).payments).toEqual([version(10)]);
    });

    it('ends at the latest version when all come at once', async () => {
      const tenant = aTenant();
      const versions = [7, 2, 9, 10, 1, 5, 3, 8, 6, 4];
      await Promise.all(
        versions.map((version) =>
          project(tenant, payment(tenant, 0, { version, amount: version })),
        ),
      );
      expect((await pageOf(tenant)).payments).toEqual([
        payment(tenant, 0, { version: 10, amount: 10 }),
      ]);
    });

    it('has a payment under the status that it has, and no other', async () => {
      const tenant = aTenant();
      await fill(tenant, 3);
      const captured = payment(tenant, 1, { version: 3, status: 'captured' });
      await project(tenant, captured);
      expect((await pageOf(tenant, { filters: { status: 'captured' } })).payments).toEqual([
        captured,
      ]);
      expect((await pageOf(tenant, { filters: { status: 'processing' } })).payments).toEqual(
        newestFirst([payment(tenant, 0), payment(tenant, 2)]),
      );
      expect((await pageOf(tenant)).payments).toHaveLength(3);
    });

    it('says which events it has taken, and nothing of payments that it has not', async () => {
      const tenant = aTenant();
      const payments = Array.from({ length: 100 }, (_, n) => payment(tenant, n));
      const [first, second, third] = payments as [
        PaymentResource,
        PaymentResource,
        PaymentResource,
      ];
      for (const [one, versions] of [
        [first, [1]],
        [second, [1, 2, 3, 3, 2]],
        [third, [12, 3, 5, 3, 12, 11]],
      ] as const) {
        for (const version of versions) {
          await project(tenant, { ...one, version });
        }
      }
      const asked = payments.map(({ id, created }) => ({ id, tenant, created }));
      const taken = await list.taken(asked);
      expect([...taken].sort()).toEqual(
        [
          [first.id, { upTo: 1, beyond: [] }],
          [second.id, { upTo: 3, beyond: [] }],
          [third.id, { upTo: 0, beyond: [3, 5, 11, 12] }],
        ].sort(),
      );
      expect((await list.taken([])).size).toBe(0);
    });

    it('keeps in mind each event of those that come at once', async () => {
      const tenant = aTenant();
      const versions = [7, 2, 9, 10, 1, 5, 3, 8, 6, 4];
      const one = payment(tenant, 0);
      await Promise.all(
        [...versions, ...versions].map((version) => project(tenant, { ...one, version })),
      );
      const { id, created } = one;
      expect((await list.taken([{ id, tenant, created }])).get(id)).toEqual({
        upTo: 10,
        beyond: [],
      });
    });

    it('gives out nothing by which a caller could change it', async () => {
      const tenant = aTenant();
      await fill(tenant, 1);
      const [mine] = (await pageOf(tenant)).payments;
      Object.assign((mine as PaymentResource).metadata, { b: 'changed' });
      expect((await pageOf(tenant)).payments).toEqual([payment(tenant, 0)]);
    });
  });
}
