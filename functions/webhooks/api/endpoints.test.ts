import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { aPrincipal } from '../../../test/support/api/access.ts';
import { memoryWebhooksApi } from '../../../test/support/api/webhooks-api.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { aSecret, webhookTerms } from '../../../test/support/webhooks.ts';

const one = '/webhook-endpoints/{endpoint_id}';
const routes = [
  [`GET ${one}`, undefined],
  [`PATCH ${one}`, { description: 'mine' }],
  [`DELETE ${one}`, undefined],
  [`POST ${one}/rotate-secret`, {}],
  [`GET ${one}/deliveries`, undefined],
  [`POST ${one}/deliveries/{delivery_id}/resend`, undefined],
] as const;

describe('POST /webhook-endpoints', () => {
  const logs = recordLogs();

  it('registers where all events go, and shows the secret this once', async () => {
    const { create, call } = memoryWebhooksApi();
    const answer = await create();
    expect(answer.status).toBe(201);
    expect(endpoints.createWebhookEndpoint.answers[201]?.safeParse(answer.json).success).toBe(true);
    const { secret, ...shown } = answer.json;
    expect(secret).toBe(aSecret(1));
    expect(answer.headers).toMatchObject({ Location: `webhook-endpoints/${shown.id}` });
    expect(shown).toMatchObject({
      object: 'webhook_endpoint',
      url: 'https://hooks.example.com/secret-path',
      events: ['*'],
      description: null,
      status: 'enabled',
      disabled_reason: null,
      secrets: [{ created: shown.created, expires: null }],
      version: 1,
    });
    const read = await call(`GET ${one}`, { ids: [shown.id] });
    expect(read.json).toEqual(shown);
    expect(read.headers).toMatchObject({ ETag: '"1"' });
    const list = await call('GET /webhook-endpoints');
    expect(list.json).toEqual({ object: 'list', data: [shown], next_cursor: null });
    expect(endpoints.listWebhookEndpoints.answers[200]?.safeParse(list.json).success).toBe(true);
    expect(read.text + list.text + logs.text()).not.toContain('whsec_');
  });

  it.each([
    ['no URL', { url: undefined }, '/url'],
    ['a URL that is no https', { url: 'http://hooks.example.com/VALUE' }, '/url'],
    ['a URL of an internal address', { url: 'https://169.254.169.254/VALUE' }, '/url'],
    ['a URL that is too long', { url: `https://hooks.example.com/${'x'.repeat(2_048)}` }, '/url'],
    ['an unknown type', { events: ['payment.VALUE'] }, '/events/0'],
    ['no type', { events: [] }, '/events'],
    ['a type twice', { events: ['*', '*'] }, '/events'],
    ['a long description', { description: 'x'.repeat(201) }, '/description'],
    ['a secret of its own', { secret: 'VALUE' }, '/secret'],
  ])('refuses %s, and puts nothing on record', async (_name, body, path) => {
    const { create, acts, endpoints: stored } = memoryWebhooksApi();
    const answer = await create(body);
    expect(answer).toMatchObject({
      status: 400,
      json: { code: 'invalid_request', errors: [{ path }] },
    });
    expect(answer.text).not.toContain('VALUE');
    expect([await acts(), await stored.list('acme')]).toEqual([[], []]);
  });

  it('refuses the twenty-first of a tenant', async () => {
    const { create } = memoryWebhooksApi();
    for (let n = 0; n < 20; n++) {
      expect((await create()).status).toBe(201);
    }
    expect(await create()).toMatchObject({
      status: 409,
      json: { code: 'too_many_webhook_endpoints', most: 20 },
    });
    expect((await create({}, 'globex')).status).toBe(201);
  });
});

describe('PATCH /webhook-endpoints/{endpoint_id}', () => {
  it('changes what it names', async () => {
    const { create, call } = memoryWebhooksApi();
    const { secret: _, ...created } = (await create()).json;
    const answer = await call(`PATCH ${one}`, {
      ids: [created.id],
      body: { url: 'https://other.example.com', events: ['payment.captured', 'payout.paid'] },
    });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.json).toEqual({
      ...created,
      url: 'https://other.example.com',
      events: ['payment.captured', 'payout.paid'],
      version: 2,
    });
  });

  it('disables, and enables again', async () => {
    const { create, call } = memoryWebhooksApi();
    const { id } = (await create()).json;
    const set = (status: string) => call(`PATCH ${one}`, { ids: [id], body: { status } });
    expect((await set('disabled')).json).toMatchObject({
      status: 'disabled',
      disabled_reason: 'requested',
    });
    expect((await set('enabled')).json).toMatchObject({ status: 'enabled', disabled_reason: null });
  });

  it.each([
    ['nothing', {}, '/'],
    ['an internal URL', { url: 'https://10.0.0.1/' }, '/url'],
    ['another status', { status: 'VALUE' }, '/status'],
    ['what is not its to change', { status: 'enabled', disabled_reason: null }, '/disabled_reason'],
  ])('refuses %s', async (_name, body, path) => {
    const { create, call } = memoryWebhooksApi();
    const { id } = (await create()).json;
    const answer = await call(`PATCH ${one}`, { ids: [id], body });
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ path }] } });
    expect((await call(`GET ${one}`, { ids: [id] })).json.version).toBe(1);
  });
});

describe('POST /webhook-endpoints/{endpoint_id}/rotate-secret', () => {
  it('gives a new secret, beside which the old one signs for a day', async () => {
    const { create, call } = memoryWebhooksApi();
    const { id, secret } = (await create()).json;
    const answer = await call(`POST ${one}/rotate-secret`, { ids: [id] });
    expect(answer.status).toBe(200);
    expect(answer.json.secret).toBe(aSecret(2));
    expect(answer.json.secret).not.toBe(secret);
    expect(endpoints.rotateWebhookSecret.answers[200]?.safeParse(answer.json).success).toBe(true);
    const [fresh, old] = answer.json.secrets;
    expect(fresh.expires).toBeNull();
    expect(Date.parse(old.expires) - Date.parse(fresh.created)).toBe(webhookTerms.secretOverlapMs);
    expect((await call(`GET ${one}`, { ids: [id] })).text).not.toContain('whsec_');
  });

  it('lets the old one go at once when that is asked for', async () => {
    const { create, call } = memoryWebhooksApi();
    const { id } = (await create()).json;
    const body = { overlap_seconds: 0 };
    const answer = await call(`POST ${one}/rotate-secret`, { ids: [id], body });
    expect(answer.json.secrets).toHaveLength(1);
  });

  it.each([-1, 604_801, '60'])('refuses an overlap of %j', async (overlap_seconds) => {
    const { create, call } = memoryWebhooksApi();
    const { id } = (await create()).json;
    const answer = await call(`POST ${one}/rotate-secret`, {
      ids: [id],
      body: { overlap_seconds },
    });
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ path: '/overlap_seconds' }] } });
  });
});

describe('DELETE /webhook-endpoints/{endpoint_id}', () => {
  it('deletes it', async () => {
    const { create, call } = memoryWebhooksApi();
    const { id } = (await create()).json;
    expect(await call(`DELETE ${one}`, { ids: [id] })).toMatchObject({ status: 204, text: '' });
    expect((await call(`GET ${one}`, { ids: [id] })).status).toBe(404);
    expect((await call(`DELETE ${one}`, { ids: [id] })).status).toBe(404);
  });
});

describe('what changes endpoints', () => {
  it('is on record with who did it, and of the URL only the host', async () => {
    const { create, call, acts } = memoryWebhooksApi();
    const { id } = (await create()).json;
    await call(`PATCH ${one}`, { ids: [id], body: { status: 'disabled' } });
    await call(`POST ${one}/rotate-secret`, { ids: [id] });
    await call(`DELETE ${one}`, { ids: [id] });
    const all = (await acts()).toReversed();
    expect(all.map(({ action, details }) => [action, details])).toEqual([
      ['webhook.create', { tenant: 'acme', host: 'hooks.example.com' }],
      [
        'webhook.update',
        { tenant: 'acme', host: 'hooks.example.com', changes: 'status', status: 'disabled' },
      ],
      ['webhook.rotate', { tenant: 'acme', host: 'hooks.example.com', overlap_seconds: '86400' }],
      ['webhook.delete', { tenant: 'acme', host: 'hooks.example.com' }],
    ]);
    for (const act of all) {
      expect(act).toMatchObject({ by: 'key:acme', subject: id });
    }
    expect(JSON.stringify(all)).not.toMatch(/whsec_|secret-path/);
  });
});

describe('an endpoint of somebody else', () => {
  it.each(routes)('%s is answered to the letter as none at all', async (route, body) => {
    const { create, call, acts } = memoryWebhooksApi();
    const { id } = (await create()).json;
    const strangers = await call(route, { ids: [id], body, tenant: 'globex' });
    const nobodys = await call(route, { body, tenant: 'globex' });
    const formless = await call(route, { ids: ['x'], body, tenant: 'globex' });
    expect(strangers).toMatchObject({ status: 404, json: { code: 'not_found' } });
    expect([nobodys.text, formless.text]).toEqual([strangers.text, strangers.text]);
    expect(await acts()).toHaveLength(1);
  });

  it('is in no list', async () => {
    const { create, call } = memoryWebhooksApi();
    await create();
    const list = await call('GET /webhook-endpoints', { tenant: 'globex' });
    expect(list.json.data).toEqual([]);
  });
});

describe('a key without the scope', () => {
  it.each([
    ...routes,
    ['POST /webhook-endpoints', {}],
    ['GET /webhook-endpoints', undefined],
  ] as const)('%s is forbidden', async (route, body) => {
    const needed = route.startsWith('GET') ? 'webhooks:read' : 'webhooks:write';
    const other = route.startsWith('GET') ? 'webhooks:write' : 'webhooks:read';
    const { call, acts } = memoryWebhooksApi({
      access: {
        authenticate: async () => aPrincipal('acme', { scopes: ['payments:write', other] }),
        policies: async () => () => ({ effect: 'permit', policies: [], errors: [] }),
        admit: async () => null,
      },
    });
    const answer = await call(route, { body });
    expect(answer).toMatchObject({ status: 403, json: { code: 'forbidden' } });
    expect(answer.json.detail).toContain(needed);
    expect(await acts()).toEqual([]);
  });
});
