import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functionSpecs } from '../../../functions/index.ts';
import { specsOf } from '../../../infra/specs.ts';
import { issueKey, keyTablesOf } from '../../../local/commands/keys/issue.ts';
import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import type { WebhookEndpointResource } from '../../../shared/contracts/webhooks.ts';
import { sagaNodes } from '../../../shared/domain/saga/routes.ts';
import { sagas } from '../../../shared/domain/saga/sagas.ts';
import { apiClient } from '../../support/deployed/api.ts';
import { linesOf } from '../../support/deployed/log-groups.ts';
import { awsClientConfig, stack } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

const correlationId = 'order-7781.the-one-id';

/** The functions of the way forward through the payment's saga. */
const steps = new Set<string>(
  sagaNodes(sagas.payment).flatMap(({ role, task }) => (role === 'step' ? [task.name] : [])),
);
const tasks = specsOf(functionSpecs, 'saga-task')
  .filter(({ trigger }) => steps.has(trigger.task))
  .map(({ name }) => name);

/** Every function that a payment comes through until its merchant knows, in that order. */
const way = [
  'payments-submit',
  'payments-start-saga',
  ...tasks,
  'simulator-api',
  'payments-relay',
  'payments-project-list',
  'reports-project-totals',
  'webhooks-fan-out',
  'webhooks-deliver',
];

const received: { readonly headers: Record<string, string>; readonly body: string }[] = [];
const receiver = createServer(async (request, response) => {
  const body = await text(request);
  received.push({ headers: request.headers as Record<string, string>, body });
  response.writeHead(200).end();
});

let api: ReturnType<typeof apiClient>;
let secret: string;
let answered: { readonly status: number; readonly header: string | null; readonly id: string };

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const client = new DynamoDBClient(awsClientConfig);
  api = apiClient(stack.apiUrl, await issueKey(client, keyTablesOf(stack.outputs), 'correlated'));
  client.destroy();
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const endpoint = await api.call<WebhookEndpointResource & { readonly secret: string }>(
    'POST',
    '/webhook-endpoints',
    { body: { url, events: ['payment.captured'] } },
  );
  expect(endpoint.status).toBe(201);
  secret = endpoint.json.secret;
  const { status, headers, json } = await api.call<PaymentResource>('POST', '/payments', {
    body: { amount: 7_781, currency: 'HKD', payment_method: 'tok_approve' },
    headers: { 'x-correlation-id': correlationId, 'idempotency-key': 'correlated-1' },
  });
  answered = { status, header: headers.get('x-correlation-id'), id: json.id };
});

afterAll(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

describe('the correlation id of a POST', () => {
  it('is in its answer, and in every event of the payment', async () => {
    expect(answered).toMatchObject({ status: 202, header: correlationId });
    expect(await api.settled(answered.id)).toMatchObject({ status: 'captured' });
    const events: readonly PaymentEvent[] = await api.events(answered.id);
    expect(events.length).toBeGreaterThanOrEqual(3);
    expect(new Set(events.map(({ correlation_id }) => correlation_id))).toEqual(
      new Set([correlationId]),
    );
  });

  it('is in the webhook that goes out, under its signature', async () => {
    const { headers, body } = await until('the webhook', async () => received[0]);
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({
      type: 'payment.captured',
      subject: answered.id,
      correlation_id: correlationId,
    });
  });

  it.each(way)('is in a line of the log of %s, with what it was about', async (name) => {
    const group = `/aws/lambda/paysaga-local-${name}`;
    const line = await until(`a line of ${name}`, async () =>
      (await linesOf(stack.endpoint, group)).find((one) => one.includes(correlationId)),
    );
    const said = JSON.parse(line.slice(line.indexOf('{')));
    const ids = [said.correlation_id, said.correlation_ids].flat().join(' ').split(' ');
    expect(ids).toContain(correlationId);
    // What works for several at once names them all; the PSP knows the payment by its reference.
    if (said.correlation_id && name !== 'simulator-api') {
      expect(said.payment_id).toBe(answered.id);
    }
  });

  it('is told apart from another request’s', async () => {
    const { headers } = await api.get(`/payments/${answered.id}`);
    expect(headers.get('x-correlation-id')).not.toBe(correlationId);
  });
});
