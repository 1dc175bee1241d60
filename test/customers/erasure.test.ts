import { describe, expect, it } from 'vitest';
import { memoryPersonalData } from '../../shared/adapters/memory/personal-data.ts';
import { foldPayment } from '../../shared/domain/payment/fold.ts';
import { deliveryOf } from '../../shared/domain/webhook/delivery.ts';
import { capture, expectReplay, leastBody, memoryApi, withKey } from '../support/api/memory-api.ts';
import { eraseNow } from '../support/erase-customer.ts';
import { recordLogs } from '../support/logs.ts';
import { aWebhookEndpoint, webhookTerms } from '../support/webhooks.ts';

const ada = { id: 'c-1', name: 'Ada Byron', email: 'ada.byron@shop.example' };
const whose = { tenant: 'acme', id: ada.id };
const at = '2026-06-01T00:00:00.000Z';
const personal = /Ada|Byron|ada\.byron/;

describe('a payment whose customer is erased', () => {
  const logs = recordLogs();

  it('is what it was: in its state, its events, its list, and for its idempotency keys', async () => {
    const vault = memoryPersonalData();
    const api = memoryApi({}, vault);
    const body = { ...leastBody, customer: ada, merchant_reference: 'r' };
    const first = await api.pay(body, withKey('k'));
    const { id } = first.json;
    await capture(api, id);
    const refund = await api.ask('refund', id, { amount: 100 }, withKey('r'));
    expect([first.status, refund.status]).toEqual([202, 202]);
    for (const event of api.store.allEvents) {
      await api.list.project(event, 1);
    }
    const asked = async () => [
      (await api.get(id)).text,
      (await api.events(id)).text,
      (await api.page()).text,
    ];
    const before = await asked();
    expect((await api.page()).json.data).toMatchObject([{ id, customer: 'c-1' }]);

    await eraseNow(vault, whose, at);

    expect(await asked()).toEqual(before);
    expect(foldPayment(await api.store.events(id))).toEqual(await api.store.load(id));
    expectReplay(first, await api.pay(body, withKey('k')));
    expectReplay(refund, await api.ask('refund', id, { amount: 100 }, withKey('r')));
    expect((await api.pay(body, withKey('another'))).json).toMatchObject({
      code: 'merchant_reference_taken',
      payment_id: id,
    });
    const again = await api.ask('refund', id, { amount: 200 });
    expect(again.status).toBe(202);
  });

  it('was never anywhere in plain text: not in events, keys, webhooks, answers or logs', async () => {
    const vault = memoryPersonalData();
    const api = memoryApi({}, vault);
    const answer = await api.pay({ ...leastBody, customer: ada });
    const { id } = answer.json;
    await capture(api, id);
    const deliveries = api.store.allEvents.map((event) =>
      deliveryOf(event, aWebhookEndpoint('shop'), { time: at, terms: webhookTerms }),
    );
    const everything = JSON.stringify([
      answer,
      api.store.allEvents,
      await api.store.load(id),
      vault.all(),
      deliveries,
      (await api.events(id)).text,
    ]);
    expect(everything).toContain('c-1');
    expect(everything).not.toMatch(personal);
    expect(logs.text()).not.toMatch(personal);
  });
});
