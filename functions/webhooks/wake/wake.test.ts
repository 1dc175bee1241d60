import { describe, expect, it } from 'vitest';
import { woken } from '../../../shared/domain/webhook/delivery.ts';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import {
  aWebhookEndpoint,
  aWebhookEvent,
  webhookTerms,
  webhookWorld,
} from '../../../test/support/webhooks.ts';
import { wakeWebhooks } from './wake.ts';

/** Deliveries whose messages are lost, at the time when that must be so. */
async function lost(number: number) {
  const world = webhookWorld();
  const endpoint = aWebhookEndpoint('one');
  await world.endpoints.create(endpoint);
  for (let ms = 1; ms <= number; ms++) {
    await world.publish(aWebhookEvent(ms));
  }
  world.queued.splice(0);
  world.at(1_000 + webhookTerms.lostAfterMs);
  return { ...world, endpoint };
}

describe('the waker', () => {
  it('asks for each try that is due, once as long as its message may be under way', async () => {
    const { wake, queued, at, nowMs } = await lost(45);
    expect(await wake()).toEqual({ woken: 45, skipped: 0, failed: 0 });
    expect(new Set(queued.map(({ message }) => message.delivery_id)).size).toBe(45);
    expect(await wake()).toEqual({ woken: 0, skipped: 0, failed: 0 });
    at(nowMs() + webhookTerms.lostAfterMs - 1);
    expect(await wake()).toMatchObject({ woken: 0 });
    at(nowMs() + 1);
    expect(await wake()).toMatchObject({ woken: 45 });
  });

  it('leaves what is not due any more when it looks', async () => {
    const { deliveries, endpoint, ...world } = await lost(2);
    const [one] = await world.logOf(endpoint);
    const due: typeof deliveries.due = async (query) => {
      const keys = await deliveries.due(query);
      await deliveries.write({ ...one, status: 'delivered', dueAt: null, version: 2 } as never);
      return [...keys, { tenant: 'acme', endpointId: endpoint.id, id: 'deleted' }];
    };
    const wake = wakeWebhooks({ ...world, deliveries: { ...deliveries, due } });
    expect(await wake()).toEqual({ woken: 1, skipped: 2, failed: 0 });
    expect(world.queued).toHaveLength(1);
  });

  it('leaves what another run has seen to since the list was read', async () => {
    const { deliveries, endpoint, ...world } = await lost(1);
    const [one] = await world.logOf(endpoint);
    const due: typeof deliveries.due = async (query) => {
      const keys = await deliveries.due(query);
      const at = { time: query.at, terms: webhookTerms };
      await deliveries.write(woken(one as NonNullable<typeof one>, at));
      return keys;
    };
    const wake = wakeWebhooks({ ...world, deliveries: { ...deliveries, due } });
    expect(await wake()).toEqual({ woken: 0, skipped: 1, failed: 0 });
    expect(world.queued).toEqual([]);
  });

  it('lets one that fails not stop the others, and fails at the end', async () => {
    const { send, ...world } = await lost(3);
    let sent = 0;
    const wake = wakeWebhooks({
      ...world,
      send: async (message, options) => {
        sent += 1;
        if (sent === 2) {
          throw new Error('no queue');
        }
        await send(message, options);
      },
    });
    await expect(wake()).rejects.toThrow('1 webhooks could not be seen to');
    expect(world.queued).toHaveLength(2);
    expect(await world.deliveries.due({ at: timeAt(world.nowMs()), limit: 9 })).toHaveLength(1);
  });
});
