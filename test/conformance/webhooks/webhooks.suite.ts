import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Delivery,
  deliveryOf,
  unsent,
  woken,
} from '../../../shared/domain/webhook/delivery.ts';
import { changed, maxEndpoints } from '../../../shared/domain/webhook/endpoint.ts';
import type {
  WebhookDeliveries,
  WebhookEndpoints,
} from '../../../shared/ports/webhooks/webhooks.ts';
import { timeAt } from '../../support/ledger/transfers.ts';
import { aWebhookEndpoint, aWebhookEvent, webhookTerms as terms } from '../../support/webhooks.ts';

export interface WebhookAdapter {
  readonly endpoints: WebhookEndpoints;
  readonly deliveries: WebhookDeliveries;
  readonly close: () => Promise<void>;
}

/** What every adapter of webhooks has to do. */
export function webhooksConform(kind: string, open: () => Promise<WebhookAdapter>): void {
  describe(`webhooks on ${kind}`, () => {
    let adapter: WebhookAdapter;
    beforeAll(async () => {
      adapter = await open();
    });
    afterAll(() => adapter.close());

    describe('endpoints', () => {
      it('are read as they were put, newest first, and a tenant has its own alone', async () => {
        const { endpoints } = adapter;
        const older = aWebhookEndpoint('older', { tenant: 'a' });
        const newer = aWebhookEndpoint('newer', { tenant: 'a', created: timeAt(5) });
        const other = aWebhookEndpoint('other', { tenant: 'b' });
        for (const one of [newer, older, other]) {
          expect(await endpoints.create(one)).toBe('written');
        }
        expect(await endpoints.list('a')).toEqual([newer, older]);
        expect(await endpoints.get('a', older.id)).toEqual(older);
        expect(await endpoints.get('b', older.id)).toBeNull();
        expect(await endpoints.list('nobody')).toEqual([]);
      });

      it('are written over the version that was read, and over no other', async () => {
        const { endpoints } = adapter;
        const first = aWebhookEndpoint('first', { tenant: 'c' });
        await endpoints.create(first);
        const second = changed(first, { events: ['payment.captured'] });
        expect(await endpoints.write(second)).toBe('written');
        expect(await endpoints.write(changed(first, { status: 'disabled' }))).toBe('refused');
        expect(await endpoints.get('c', first.id)).toEqual(second);
      });

      it('are gone when they are deleted, for who would write them, too', async () => {
        const { endpoints } = adapter;
        const one = aWebhookEndpoint('one', { tenant: 'd' });
        await endpoints.create(one);
        expect(await endpoints.remove('e', one.id)).toBe(false);
        expect(await endpoints.remove('d', one.id)).toBe(true);
        expect(await endpoints.remove('d', one.id)).toBe(false);
        expect(await endpoints.get('d', one.id)).toBeNull();
        expect(await endpoints.write(changed(one, { description: 'x' }))).toBe('refused');
        expect(await endpoints.list('d')).toEqual([]);
      });

      it('are at most twenty a tenant, whoever comes at once; one deleted makes room for one', async () => {
        const { endpoints } = adapter;
        const all = Array.from({ length: maxEndpoints + 5 }, (_, index) =>
          aWebhookEndpoint(`n${index}`, { tenant: 'f', created: timeAt(index) }),
        );
        const outcomes: string[] = [];
        for (const one of all.slice(0, maxEndpoints - 2)) {
          outcomes.push(await endpoints.create(one));
        }
        const atOnce = all.slice(maxEndpoints - 2);
        outcomes.push(...(await Promise.all(atOnce.map((one) => endpoints.create(one)))));
        expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(maxEndpoints);
        const [there] = await endpoints.list('f');
        expect(await endpoints.remove('f', there?.id ?? '')).toBe(true);
        const late = aWebhookEndpoint('late', { tenant: 'f', created: timeAt(99) });
        expect(await endpoints.create(late)).toBe('written');
        expect(await endpoints.create(aWebhookEndpoint('full', { tenant: 'f' }))).toBe('full');
        expect(await endpoints.list('f')).toHaveLength(maxEndpoints);
      });
    });

    describe('deliveries', () => {
      const endpoint = aWebhookEndpoint('deliveries', { tenant: 'g' });
      const aDelivery = (ms: number, of = endpoint): Delivery =>
        deliveryOf(aWebhookEvent(ms, { tenant: of.tenant }), of, { time: timeAt(ms), terms });

      it('are put once: the same event again changes nothing', async () => {
        const { deliveries } = adapter;
        const one = aDelivery(1, { ...endpoint, tenant: 'h' });
        expect(await deliveries.put(one)).toBe('written');
        const tried: Delivery = { ...one, tries: 1, version: 2 };
        expect(await deliveries.write(tried)).toBe('written');
        expect(await deliveries.put(one)).toBe('there');
        expect(await deliveries.get(one)).toEqual(tried);
        expect(await deliveries.write({ ...one, tries: 9, version: 2 })).toBe('refused');
        expect(await deliveries.get({ ...one, tenant: 'i' })).toBeNull();
      });

      it('are listed newest event first, in pages of any size, by status or all', async () => {
        const { deliveries } = adapter;
        const all = [3, 1, 5, 2, 4].map((ms) => aDelivery(ms));
        for (const one of all) {
          await deliveries.put(one);
        }
        const other = aWebhookEndpoint('another', { tenant: 'g' });
        await deliveries.put(aDelivery(9, other));
        const abandoned = { ...unsent(all[2] as Delivery), version: 2 };
        await deliveries.write(abandoned);
        const pages = async (limit: number, status?: Delivery['status']) => {
          const seen: Delivery[] = [];
          let after: string | null = null;
          do {
            const page: Awaited<ReturnType<WebhookDeliveries['list']>> = await deliveries.list({
              tenant: 'g',
              endpointId: endpoint.id,
              status,
              limit,
              after,
            });
            seen.push(...page.items);
            after = page.next;
          } while (after !== null);
          return seen;
        };
        const newestFirst = [abandoned, all[4], all[0], all[3], all[1]];
        for (const limit of [1, 2, 5, 100]) {
          expect(await pages(limit)).toEqual(newestFirst);
          expect(await pages(limit, 'pending')).toEqual(newestFirst.slice(1));
          expect(await pages(limit, 'abandoned')).toEqual([abandoned]);
          expect(await pages(limit, 'delivered')).toEqual([]);
        }
      });

      it('are due when somebody has to see to them, the longest due first, and not before', async () => {
        const { deliveries } = adapter;
        const of = aWebhookEndpoint('due', { tenant: 'tenant#with-a-hash' });
        const hour = 3_600_000;
        const dueMs = (ms: number) => ms + terms.lostAfterMs;
        const all = [hour + 3, hour + 1, hour + 2].map((ms) => aDelivery(ms, of));
        for (const one of all) {
          await deliveries.put(one);
        }
        const due = async (ms: number, limit = 100) => {
          const keys = await deliveries.due({ at: timeAt(ms), limit });
          return keys.filter(({ tenant }) => tenant === of.tenant).map(({ id }) => id);
        };
        const key = (await deliveries.due({ at: timeAt(dueMs(hour + 1)), limit: 100 })).find(
          ({ tenant }) => tenant === of.tenant,
        );
        expect(key).toEqual({ tenant: of.tenant, endpointId: of.id, id: all[1]?.id });
        expect(await due(dueMs(hour))).toEqual([]);
        expect(await due(dueMs(hour + 2))).toEqual([all[1]?.id, all[2]?.id]);
        const at = { time: timeAt(dueMs(hour + 2)), terms };
        await deliveries.write(woken(all[1] as Delivery, at));
        await deliveries.write({ ...unsent(all[2] as Delivery), version: 2 });
        expect(await due(dueMs(hour + 3))).toEqual([all[0]?.id]);
        expect(await due(dueMs(dueMs(hour + 2)))).toEqual([all[0]?.id, all[1]?.id]);
      });

      it('are no more at a time than asked for', async () => {
        const keys = await adapter.deliveries.due({ at: timeAt(10 ** 9), limit: 2 });
        expect(keys).toHaveLength(2);
      });
    });
  });
}
