import { Webhook } from 'standardwebhooks';
import { describe, expect, it, vi } from 'vitest';
import { messageOf } from '../../../shared/domain/webhook/delivery.ts';
import { changed, rotated } from '../../../shared/domain/webhook/endpoint.ts';
import type { WebhookAnswer } from '../../../shared/ports/webhooks/webhook-sender.ts';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import {
  answered,
  aSecret,
  aWebhookEndpoint,
  aWebhookEvent,
  webhookTerms,
  webhookWorld,
} from '../../../test/support/webhooks.ts';
import { deliver } from './deliver.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A world with one endpoint, and an event on its way to it. */
async function underWay(answer: () => WebhookAnswer = () => answered(200)) {
  const world = webhookWorld({ answer });
  const endpoint = aWebhookEndpoint('one');
  await world.endpoints.create(endpoint);
  await world.publish(aWebhookEvent(500));
  const delivery = async () => (await world.logOf(endpoint))[0];
  const now = async () => world.endpoints.get(endpoint.tenant, endpoint.id);
  return { ...world, endpoint, delivery, endpointNow: now };
}

describe('a try to deliver', () => {
  const logs = recordLogs();

  it('posts the event as the API shows it, signed so that the reference library verifies it', async () => {
    vi.setSystemTime(timeAt(1_000));
    const { drain, posted, delivery, endpoint } = await underWay();
    await drain();
    const [{ url, headers, body } = { url: '', headers: {}, body: '' }] = posted;
    expect(url).toBe(endpoint.url);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': aWebhookEvent(500).id,
    });
    expect(new Webhook(aSecret(1)).verify(body, { ...headers })).toEqual(aWebhookEvent(500));
    expect(await delivery()).toMatchObject({
      status: 'delivered',
      attempts: [{ number: 1, time: timeAt(1_000), status: 200, reason: null, durationMs: 12 }],
    });
    vi.useRealTimers();
  });

  it('signs with all secrets that are valid', async () => {
    vi.setSystemTime(timeAt(1_000));
    const { drain, posted, endpoint, endpoints } = await underWay();
    await endpoints.write(rotated(endpoint, aSecret(2), { time: timeAt(900), overlapMs: 1_000 }));
    await drain();
    for (const secret of [aSecret(1), aSecret(2)]) {
      const { headers = {}, body = '' } = posted[0] ?? {};
      expect(new Webhook(secret).verify(body, { ...headers })).toBeDefined();
    }
    vi.useRealTimers();
  });

  it('never logs a secret or a body', async () => {
    const { drain } = await underWay(() => answered(410));
    await drain();
    expect(logs.lines().length).toBeGreaterThan(0);
    expect(logs.text()).not.toMatch(/whsec_|Grüße/);
  });

  it.each([
    ['a redirect', answered(302), { status: 302, reason: null }],
    ['a refusal of the receiver', answered(401), { status: 401, reason: null }],
    [
      'no answer',
      { kind: 'failed', reason: 'it took too long', durationMs: 9 },
      { status: null, reason: 'it took too long' },
    ],
    [
      'an address that is not allowed',
      { kind: 'refused', reason: 'not allowed' },
      { status: null, reason: 'not allowed', durationMs: null },
    ],
  ] as const)('fails by %s', async (_name, answer, attempt) => {
    const { drain, delivery } = await underWay(() => answer);
    await drain();
    expect(await delivery()).toMatchObject({
      status: 'pending',
      attempts: [attempt],
      nextAt: timeAt(1_000 + 5_000),
    });
  });

  it('is made again on the schedule of Standard Webhooks, with the same bytes, and then no more', async () => {
    const { drain, pass, posted, delivery } = await underWay(() => answered(500));
    await drain();
    await pass(6 * dayMs);
    const waits = posted.slice(1).map(({ atMs }, index) => atMs - (posted[index]?.atMs ?? 0));
    expect(waits[0]).toBe(5_000);
    expect(waits).toHaveLength(9);
    // The clock wakes once a minute.
    for (const [index, ms] of waits.entries()) {
      const late = ms - (webhookTerms.retryWaitsMs[index] ?? 0);
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(minuteMs);
    }
    expect(new Set(posted.map(({ body }) => body)).size).toBe(1);
    expect(new Set(posted.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await delivery()).toMatchObject({ status: 'failed', tries: 10, nextAt: null });
  });

  it('is over with the first success', async () => {
    const answers = [500, 503, 204];
    const { drain, pass, posted, delivery, endpointNow } = await underWay(() =>
      answered(answers.shift() ?? 599),
    );
    await drain();
    expect((await endpointNow())?.failingSince).toBe(timeAt(1_000));
    await pass(6 * minuteMs);
    expect(await delivery()).toMatchObject({ status: 'delivered', tries: 3 });
    expect((await endpointNow())?.failingSince).toBeNull();
    await pass(dayMs);
    expect(posted).toHaveLength(3);
  });
});

describe('a message for a try', () => {
  it('that is done is dropped, and so is one for a try that is not the next', async () => {
    const { drain, take, posted, delivery, endpoint } = await underWay(() => answered(500));
    await drain();
    const about = {
      tenant: 'acme',
      endpoint_id: endpoint.id,
      delivery_id: (await delivery())?.id ?? '',
    };
    await take({ ...about, attempt: 1 });
    await take({ ...about, attempt: 3 });
    await take({ ...about, attempt: 2, tenant: 'globex' });
    expect(posted).toHaveLength(1);
    await take({ ...about, attempt: 2 });
    await take({ ...about, attempt: 2 });
    expect(posted).toHaveLength(2);
    expect(await delivery()).toMatchObject({ tries: 2 });
  });

  it('that comes twice at once is on record once, with one message for the next try', async () => {
    const { take, queued, delivery } = await underWay(() => answered(500));
    const [{ message } = { message: null }] = queued.splice(0);
    await Promise.all([1, 2, 3].map(() => take(message as NonNullable<typeof message>)));
    expect(await delivery()).toMatchObject({ tries: 1, attempts: [{ number: 1 }] });
    expect(queued).toHaveLength(1);
  });

  it('that is lost is sent by the clock', async () => {
    const { queued, pass, posted, delivery } = await underWay();
    queued.splice(0);
    await pass(webhookTerms.lostAfterMs);
    expect(posted).toEqual([]);
    await pass(minuteMs);
    expect(posted).toHaveLength(1);
    expect(await delivery()).toMatchObject({ status: 'delivered' });
  });
});

describe('an endpoint', () => {
  const logs = recordLogs();

  it('that answers 410 is disabled at once, and nothing more goes to it', async () => {
    const world = await underWay(() => answered(410));
    await world.publish(aWebhookEvent(600));
    await world.drain();
    await world.publish(aWebhookEvent(700));
    await world.pass(dayMs);
    expect(world.posted).toHaveLength(1);
    expect((await world.endpointNow())?.disabledReason).toBe('gone');
    expect(await world.acts()).toMatchObject([
      {
        action: 'webhook.disable',
        by: 'webhooks-deliver',
        subject: world.endpoint.id,
        reason: 'gone',
        details: { tenant: 'acme', host: 'hooks.example.com' },
      },
    ]);
    const all = await world.logOf(world.endpoint);
    expect(all.map(({ event, status, tries }) => [event.type, status, tries])).toEqual([
      ['webhook_endpoint.disabled', 'abandoned', 0],
      ['payment.captured', 'abandoned', 0],
      ['payment.captured', 'abandoned', 1],
    ]);
  });

  it('that is gone takes with it what was tried, at once', async () => {
    const { drain, delivery, logOf, endpoint } = await underWay(() => answered(410));
    await drain();
    const all = await logOf(endpoint);
    expect(all.map(({ status, dueAt }) => [status, dueAt])).toEqual([
      ['abandoned', null],
      ['abandoned', null],
    ]);
    expect((await delivery())?.event.type).toBe('webhook_endpoint.disabled');
  });

  it('that is gone for several webhooks at once is disabled once', async () => {
    const world = await underWay(() => answered(410));
    await world.publish(aWebhookEvent(600));
    await world.publish(aWebhookEvent(700));
    await Promise.all(world.queued.splice(0).map(({ message }) => world.take(message)));
    const said = logs.lines().filter(({ message }) => message === 'webhook endpoint disabled');
    expect(said).toHaveLength(1);
  });

  it('that fails for days is disabled with a notice, which the tenant’s other endpoints get', async () => {
    const world = webhookWorld({
      answer: ({ url }) => answered(url.endsWith('/dead') ? 500 : 200),
    });
    const dead = aWebhookEndpoint('dead');
    const alive = aWebhookEndpoint('alive', { events: ['webhook_endpoint.disabled'] });
    const stranger = aWebhookEndpoint('stranger', { tenant: 'globex' });
    for (const one of [dead, alive, stranger]) {
      await world.endpoints.create(one);
    }
    for (let day = 0; day < 6; day++) {
      await world.publish(aWebhookEvent(world.nowMs()));
      await world.drain();
      await world.pass(dayMs);
    }
    const now = await world.endpoints.get('acme', dead.id);
    expect(now).toMatchObject({ disabledReason: 'failing', failingSince: timeAt(1_000) });
    const told = world.posted.filter(({ url }) => !url.endsWith('/dead'));
    expect(told.map(({ url }) => url)).toEqual([alive.url]);
    expect(JSON.parse(told[0]?.body ?? '')).toMatchObject({
      type: 'webhook_endpoint.disabled',
      tenant: 'acme',
      subject: dead.id,
      data: { endpoint: { id: dead.id, status: 'disabled', disabled_reason: 'failing' } },
    });
    expect(told[0]?.body).not.toContain('whsec_');
    const last = Math.max(...world.posted.map(({ atMs }) => atMs));
    expect(last).toBeGreaterThanOrEqual(webhookTerms.disableAfterMs);
    expect(last).toBeLessThan(webhookTerms.disableAfterMs + dayMs);
    expect((await world.acts()).map(({ action }) => action)).toEqual(['webhook.disable']);
  });

  it('that was disabled or deleted before a try is not tried: what was on its way is abandoned', async () => {
    const first = await underWay();
    await first.endpoints.write(changed(first.endpoint, { status: 'disabled' }));
    await first.drain();
    expect(await first.delivery()).toMatchObject({ status: 'abandoned', tries: 0, dueAt: null });
    const second = await underWay();
    await second.endpoints.remove('acme', second.endpoint.id);
    await second.drain();
    expect(await second.delivery()).toMatchObject({ status: 'abandoned' });
    expect([first.posted, second.posted]).toEqual([[], []]);
  });

  it('that is changed by others while it is judged is judged as it is by then', async () => {
    const world = await underWay(() => answered(500));
    const { endpoints, endpoint } = world;
    let renamed = false;
    const get: typeof endpoints.get = async (tenant, id) => {
      const found = await endpoints.get(tenant, id);
      if (found && world.posted.length > 0 && !renamed) {
        renamed = true;
        await endpoints.write(changed(found, { description: 'renamed meanwhile' }));
      }
      return found;
    };
    const take = deliver({ ...world, endpoints: { ...endpoints, get } });
    const [{ message } = { message: null }] = world.queued.splice(0);
    await take(message as NonNullable<typeof message>);
    expect(await endpoints.get('acme', endpoint.id)).toMatchObject({
      description: 'renamed meanwhile',
      failingSince: timeAt(1_000),
      version: 3,
    });
  });
});

it('a message names the try after the last one', async () => {
  const { delivery, drain } = await underWay(() => answered(500));
  await drain();
  const found = await delivery();
  expect(found && messageOf(found).attempt).toBe(2);
});
