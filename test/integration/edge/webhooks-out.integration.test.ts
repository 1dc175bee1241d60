import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  WebhookDeliveryResource,
  WebhookEndpointResource,
} from '../../../shared/contracts/webhooks.ts';
import { apiClient, type ListBody } from '../../support/deployed/api.ts';
import { stack, tenantOf } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

type Endpoint = WebhookEndpointResource & { readonly secret: string };

interface Received {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const globex = apiClient(stack.apiUrl, tenantOf(1).apiKey);
const aud = { amount: 10_000, currency: 'AUD', payment_method: 'tok_approve' };

/** All that the receiver was sent. */
const received: Received[] = [];
/** What it answers next at a path; 200 where nothing is said. */
const answers = new Map<string, number[]>();

const receiver = createServer(async (request, response) => {
  const path = request.url ?? '';
  const body = await text(request);
  received.push({ path, headers: request.headers as Record<string, string>, body });
  const status = answers.get(path)?.shift() ?? 200;
  response.writeHead(status, { location: '/elsewhere' }).end('thanks');
});
let url: string;
const registered: string[] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});

afterAll(async () => {
  for (const id of registered) {
    await globex.call('DELETE', `/webhook-endpoints/${id}`);
  }
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function register(path: string, events: readonly string[], statuses: readonly number[] = []) {
  answers.set(path, [...statuses]);
  const { status, json } = await globex.call<Endpoint>('POST', '/webhook-endpoints', {
    body: { url: url + path, events },
  });
  expect(status).toBe(201);
  registered.push(json.id);
  return json;
}

const receivedAt = (path: string) => received.filter((one) => one.path === path);

const deliveriesOf = async (id: string) =>
  (await globex.get<ListBody<WebhookDeliveryResource>>(`/webhook-endpoints/${id}/deliveries`)).json
    .data;

/** The one delivery of a payment's event, when it is where it should be. */
const delivery = (id: string, subject: string, status: WebhookDeliveryResource['status']) =>
  until(`webhook of ${subject} ${status}`, async () =>
    (await deliveriesOf(id)).find(
      ({ event, status: is }) => event.subject === subject && is === status,
    ),
  );

async function captured(): Promise<string> {
  const { json } = await globex.pay(aud);
  expect(await globex.settled(json.id)).toMatchObject({ status: 'captured' });
  return json.id;
}

describe('webhooks to a merchant', () => {
  it('carry each event of a payment as the API has it, signed by Standard Webhooks', async () => {
    const { id, secret } = await register('/all', ['*']);
    const payment = await captured();
    const events = await globex.events(payment);
    await until('all events received', async () => {
      const all = await deliveriesOf(id);
      const done = all.filter(({ event, status }) => {
        return event.subject === payment && status === 'delivered';
      });
      return done.length >= events.length ? done : null;
    });
    const ofPayment = receivedAt('/all')
      .map(({ headers, body }) => new Webhook(secret).verify(body, headers))
      .map((event) => event as (typeof events)[number])
      .filter(({ subject }) => subject === payment)
      .sort((a, b) => a.sequence - b.sequence);
    expect(ofPayment).toEqual(events);
    expect(() => new Webhook(secret).verify('{}', receivedAt('/all')[0]?.headers ?? {})).toThrow();
  });

  it('are tried again with the same id and bytes after a failure', async () => {
    const { id, secret } = await register('/shaky', ['payment.captured'], [500, 302]);
    const payment = await captured();
    const { attempts } = await delivery(id, payment, 'delivered');
    expect(attempts.map(({ number, status }) => [number, status])).toEqual([
      [1, 500],
      [2, 302],
      [3, 200],
    ]);
    const tries = receivedAt('/shaky');
    expect(new Set(tries.map(({ body }) => body)).size).toBe(1);
    expect(new Set(tries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    for (const { headers, body } of tries) {
      expect(new Webhook(secret).verify(body, headers)).toMatchObject({ subject: payment });
    }
    expect(receivedAt('/elsewhere')).toEqual([]);
  });

  it('are signed with both secrets after a rotation, and are sent again on request', async () => {
    const { id, secret } = await register('/rotated', ['payment.captured']);
    const rotated = await globex.post<Endpoint>(`/webhook-endpoints/${id}/rotate-secret`, {});
    expect(rotated.status).toBe(200);
    const payment = await captured();
    const { id: deliveryId } = await delivery(id, payment, 'delivered');
    const path = `/webhook-endpoints/${id}/deliveries/${deliveryId}/resend`;
    expect((await globex.call('POST', path)).status).toBe(202);
    await until('received twice', async () => (receivedAt('/rotated').length >= 2 ? true : null));
    for (const { headers, body } of receivedAt('/rotated')) {
      for (const one of [secret, rotated.json.secret]) {
        expect(new Webhook(one).verify(body, headers)).toMatchObject({ subject: payment });
      }
    }
    const { text: shown } = await globex.get(`/webhook-endpoints/${id}`);
    expect(shown).not.toContain('whsec_');
  });

  it('end at an endpoint that is gone, of which the tenant’s others are told', async () => {
    const notices = await register('/notices', ['webhook_endpoint.disabled']);
    const { id } = await register('/gone', ['payment.captured'], [410]);
    const payment = await captured();
    await delivery(id, payment, 'abandoned');
    expect((await globex.get<Endpoint>(`/webhook-endpoints/${id}`)).json).toMatchObject({
      status: 'disabled',
      disabled_reason: 'gone',
    });
    const [notice] = await until('the notice', async () =>
      receivedAt('/notices').length > 0 ? receivedAt('/notices') : null,
    );
    expect(
      new Webhook(notices.secret).verify(notice?.body ?? '', notice?.headers ?? {}),
    ).toMatchObject({ type: 'webhook_endpoint.disabled', subject: id });
    await captured();
    await delivery(notices.id, id, 'delivered');
    expect(receivedAt('/gone')).toHaveLength(1);
  });

  it('go to no address that is not the merchant’s to name', async () => {
    const answer = await globex.call('POST', '/webhook-endpoints', {
      body: { url: 'http://169.254.169.254/latest/meta-data' },
    });
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ path: '/url' }] } });
  });
});
