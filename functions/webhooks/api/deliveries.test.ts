import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { memoryWebhooksApi } from '../../../test/support/api/webhooks-api.ts';
import { answered, aWebhookEvent } from '../../../test/support/webhooks.ts';

const log = 'GET /webhook-endpoints/{endpoint_id}/deliveries';
const resend = 'POST /webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/resend';

/** An API with an endpoint and so many events sent to it, of which the later half fails. */
async function sent(events: number, answers: readonly number[] = []) {
  const left = [...answers];
  const api = memoryWebhooksApi({ answer: () => answered(left.shift() ?? 200) });
  const { id } = (await api.create()).json;
  for (let n = 1; n <= events; n++) {
    await api.publish(aWebhookEvent(100 + n, { sequence: n }));
    await api.drain();
  }
  const read = (query: Record<string, string> = {}) =>
    api.call(log, {
      ids: [id],
      query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])),
    });
  return { ...api, id, read };
}

type Shown = { readonly id: string; readonly event: { readonly sequence: number } };
const sequencesOf = ({ json }: { readonly json: { readonly data: Shown[] } }) =>
  json.data.map(({ event }) => event.sequence);

describe('GET /webhook-endpoints/{endpoint_id}/deliveries', () => {
  it('has each try with what was answered, and not what was sent', async () => {
    const { read, pass, id } = await sent(1, [500]);
    await pass(5_000);
    const { json } = await read();
    expect(endpoints.listWebhookDeliveries.answers[200]?.safeParse(json).success).toBe(true);
    const event = aWebhookEvent(101);
    expect(json.data).toEqual([
      {
        id: expect.any(String),
        object: 'webhook_delivery',
        endpoint_id: id,
        event: { id: event.id, type: event.type, subject: event.subject, sequence: 1 },
        status: 'delivered',
        attempts: [
          { number: 1, time: expect.any(String), status: 500, reason: null, duration_ms: 12 },
          { number: 2, time: expect.any(String), status: 200, reason: null, duration_ms: 12 },
        ],
        next_attempt: null,
        created: expect.any(String),
      },
    ]);
  });

  it('is newest first, in pages, by status', async () => {
    const { read } = await sent(5, [200, 500, 200, 500, 500]);
    expect(sequencesOf(await read())).toEqual([5, 4, 3, 2, 1]);
    expect(sequencesOf(await read({ status: 'delivered' }))).toEqual([3, 1]);
    const page = await read({ status: 'pending', limit: '2' });
    expect(sequencesOf(page)).toEqual([5, 4]);
    const rest = await read({ status: 'pending', limit: '2', cursor: page.json.next_cursor });
    expect([sequencesOf(rest), rest.json.next_cursor]).toEqual([[2], null]);
  });

  it.each([
    ['status', 'lost'],
    ['limit', '0'],
    ['cursor', Buffer.from('2026-01-01#x').toString('base64url')],
  ])('refuses %s=%s', async (name, value) => {
    const { read } = await sent(0);
    expect(await read({ [name]: value })).toMatchObject({
      status: 400,
      json: { code: 'invalid_request', errors: [{ path: `?/${name}` }] },
    });
  });
});

describe('POST .../deliveries/{delivery_id}/resend', () => {
  it.each([
    ['delivered', 200],
    ['pending', 500],
  ])('sends a %s one again at once, with the same id and bytes', async (status, first) => {
    const { read, call, id, drain, posted, acts } = await sent(1, [first]);
    const [delivery] = (await read()).json.data;
    expect(delivery.status).toBe(status);
    const answer = await call(resend, { ids: [id, delivery.id] });
    expect(answer).toMatchObject({ status: 202, json: { id: delivery.id, status: 'pending' } });
    expect(endpoints.resendWebhook.answers[202]?.safeParse(answer.json).success).toBe(true);
    await drain();
    expect(posted).toHaveLength(2);
    expect(posted[1]?.body).toBe(posted[0]?.body);
    expect(posted[1]?.headers['webhook-id']).toBe(posted[0]?.headers['webhook-id']);
    const [after] = (await read()).json.data;
    expect(after).toMatchObject({ status: 'delivered', attempts: [{ number: 1 }, { number: 2 }] });
    expect((await acts())[0]).toMatchObject({
      action: 'webhook.resend',
      subject: id,
      details: { delivery_id: delivery.id },
    });
  });

  it('is made once, though the try that it was waiting for comes as well', async () => {
    const { read, call, id, pass, posted } = await sent(1, [500, 200]);
    const [delivery] = (await read()).json.data;
    await call(resend, { ids: [id, delivery.id] });
    await pass(24 * 3_600_000);
    expect(posted).toHaveLength(2);
  });

  it('is refused while the endpoint is disabled, and works after it is enabled', async () => {
    const { read, call, id, drain, posted } = await sent(1, [410]);
    const [, delivery] = (await read()).json.data;
    const ask = () => call(resend, { ids: [id, delivery.id] });
    expect(await ask()).toMatchObject({
      status: 409,
      json: { code: 'invalid_state', state: 'disabled' },
    });
    const body = { status: 'enabled' };
    await call('PATCH /webhook-endpoints/{endpoint_id}', { ids: [id], body });
    expect((await ask()).status).toBe(202);
    await drain();
    expect(posted).toHaveLength(2);
  });

  it('finds no delivery of another endpoint, nor one that is not there', async () => {
    const { read, call, create, id } = await sent(1);
    const [delivery] = (await read()).json.data;
    const other = (await create()).json;
    const strange = await call(resend, { ids: [other.id, delivery.id] });
    const missing = await call(resend, { ids: [id] });
    const formless = await call(resend, { ids: [id, 'x'] });
    expect(strange).toMatchObject({ status: 404, json: { code: 'not_found' } });
    expect([missing.text, formless.text]).toEqual([strange.text, strange.text]);
  });

  it('that meets a try under way does nothing, and says so', async () => {
    const { read, call, id, deliveries, queued } = await sent(1, [500]);
    const [{ id: deliveryId }] = (await read()).json.data;
    const { write } = deliveries;
    Object.assign(deliveries, { write: async () => 'refused' });
    const before = queued.length;
    expect(await call(resend, { ids: [id, deliveryId] })).toMatchObject({
      status: 503,
      json: { code: 'temporarily_unavailable' },
    });
    expect(queued).toHaveLength(before);
    Object.assign(deliveries, { write });
  });
});
