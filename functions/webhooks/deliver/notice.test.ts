import { beforeEach, describe, expect, it, vi } from 'vitest';
import { changed, type WebhookEndpoint } from '../../../shared/domain/webhook/endpoint.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import {
  answered,
  aWebhookEndpoint,
  aWebhookEvent,
  webhookWorld,
} from '../../../test/support/webhooks.ts';
import { deliver } from './deliver.ts';

describe('the notice that an endpoint was disabled', () => {
  const logs = recordLogs();
  const gone = aWebhookEndpoint('gone');
  const other = aWebhookEndpoint('other', { events: ['webhook_endpoint.disabled'] });
  let world: ReturnType<typeof webhookWorld>;

  beforeEach(async () => {
    world = webhookWorld({ answer: ({ url }) => answered(url === gone.url ? 410 : 200) });
    for (const one of [gone, other]) {
      await world.endpoints.create(one);
    }
    await world.publish(aWebhookEvent(500));
  });

  const logOf = async (of: WebhookEndpoint) =>
    (await world.logOf(of)).map(({ event, status }) => [event.type, status]);
  const said = () => logs.lines().filter(({ message }) => message === 'webhook endpoint disabled');

  /** Fails once at a port; then the endpoint is changed, and the queue gives the message again. */
  async function failingOnce(fault: Partial<Parameters<typeof deliver>[0]>) {
    const [{ message } = { message: null }] = world.queued.splice(0);
    const taken = message as NonNullable<typeof message>;
    await expect(deliver({ ...world, ...fault })(taken)).rejects.toThrow('a fault');
    const disabled = (await world.endpoints.get('acme', gone.id)) as WebhookEndpoint;
    expect(disabled.disabledReason).toBe('gone');
    await world.endpoints.write(changed(disabled, { description: 'changed meanwhile' }));
    world.at(world.nowMs() + 240_000);
    await world.take(taken);
    await world.drain();
  }

  const fails = async () => {
    throw new Error('a fault');
  };

  it('is given by the next try when a fault came before it', async () => {
    await failingOnce({ endpoints: { ...world.endpoints, list: fails } });
    expect(await logOf(other)).toEqual([['webhook_endpoint.disabled', 'delivered']]);
    expect(await logOf(gone)).toEqual([
      ['webhook_endpoint.disabled', 'abandoned'],
      ['payment.captured', 'abandoned'],
    ]);
  });

  it('is one event for each, when a fault came in the middle of it', async () => {
    await failingOnce({ send: fails });
    expect(await logOf(other)).toEqual([['webhook_endpoint.disabled', 'delivered']]);
    const [notice] = await world.logOf(other);
    const [own] = await world.logOf(gone);
    expect(own?.event).toEqual(notice?.event);
    expect(own?.event.sequence).toBe(2);
  });

  it('is not given again for what else was on its way', async () => {
    const list = vi.spyOn(world.endpoints, 'list');
    await world.publish(aWebhookEvent(600));
    await world.publish(aWebhookEvent(700));
    list.mockClear();
    await world.drain();
    expect(list).toHaveBeenCalledTimes(1);
    expect(said()).toHaveLength(1);
    expect(world.posted.filter(({ url }) => url === other.url)).toHaveLength(1);
  });

  it('is not given when its tenant asked for it', async () => {
    await world.endpoints.write(changed(gone, { status: 'disabled' }));
    await world.drain();
    expect(await logOf(gone)).toEqual([['payment.captured', 'abandoned']]);
    expect(await logOf(other)).toEqual([]);
    expect(said()).toEqual([]);
  });
});
