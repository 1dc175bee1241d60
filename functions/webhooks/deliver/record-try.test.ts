import { describe, expect, it } from 'vitest';
import { type Delivery, resent, woken } from '../../../shared/domain/webhook/delivery.ts';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import {
  answered,
  aWebhookEndpoint,
  aWebhookEvent,
  webhookTerms as terms,
  webhookWorld,
} from '../../../test/support/webhooks.ts';
import { deliver } from './deliver.ts';

/** A try of a delivery, while which others write what they make of it. */
async function triedWhile(status: number, meanwhile: (before: Delivery) => Delivery) {
  const world = webhookWorld({ answer: () => answered(status) });
  const endpoint = aWebhookEndpoint('one');
  await world.endpoints.create(endpoint);
  await world.publish(aWebhookEvent(500));
  const [{ message } = { message: null }] = world.queued.splice(0);
  const delivery = async () => (await world.logOf(endpoint))[0] as Delivery;
  const post: typeof world.post = async (request) => {
    await world.deliveries.write(meanwhile(await delivery()));
    return world.post(request);
  };
  await deliver({ ...world, post })(message as NonNullable<typeof message>);
  return { ...world, delivery };
}

describe('a try that was made', () => {
  const at = { time: timeAt(1_000), terms };

  it('is on record though the clock had it woken meanwhile: it is not made again', async () => {
    const world = await triedWhile(200, (before) => woken(before, at));
    expect(await world.delivery()).toMatchObject({
      status: 'delivered',
      attempts: [{ number: 1, status: 200 }],
      version: 3,
    });
    await world.pass(24 * 3_600_000);
    expect(world.posted).toHaveLength(1);
  });

  it('is on record though somebody asked for it again meanwhile, and the next one is asked for', async () => {
    const world = await triedWhile(500, (before) => resent(before, at));
    expect(await world.delivery()).toMatchObject({
      status: 'pending',
      attempts: [{ number: 1, status: 500 }],
      nextAt: timeAt(1_000 + 5_000),
    });
    expect(world.queued.map(({ message }) => message.attempt)).toEqual([2]);
  });

  it('takes with it a delivery that was woken meanwhile, when its endpoint is gone', async () => {
    const world = await triedWhile(410, (before) => woken(before, at));
    const log = await world.logOf(aWebhookEndpoint('one'));
    expect(log.map(({ event, status, tries }) => [event.type, status, tries])).toEqual([
      ['webhook_endpoint.disabled', 'abandoned', 0],
      ['payment.captured', 'abandoned', 1],
    ]);
  });

  it('fails, to be made again, when others come first at each write', async () => {
    const world = webhookWorld();
    await world.endpoints.create(aWebhookEndpoint('one'));
    await world.publish(aWebhookEvent(500));
    const [{ message } = { message: null }] = world.queued.splice(0);
    const pauses: number[] = [];
    const take = deliver({
      ...world,
      deliveries: { ...world.deliveries, write: async () => 'refused' },
      pause: async (tried) => {
        pauses.push(tried);
      },
    });
    await expect(take(message as NonNullable<typeof message>)).rejects.toThrow('was changed');
    expect(pauses).toEqual([1, 2, 3, 4]);
  });
});
