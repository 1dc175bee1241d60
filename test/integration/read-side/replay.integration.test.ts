import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { answer } from '../../../local/commands/replay/command.ts';
import { replay as replayGroup } from '../../../local/commands/replay/group.ts';
import { requestOf } from '../../../local/program/program.ts';
import type { AnyEvent } from '../../../shared/contracts/events/events.ts';
import type {
  WebhookDeliveryResource,
  WebhookEndpointResource,
} from '../../../shared/contracts/webhooks.ts';
import { apiClient, type ListBody } from '../../support/deployed/api.ts';
import { deployedEdge, dlq } from '../../support/deployed/dead-letters.ts';
import { awsClientConfig, outputOf, stack, tenantOf } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

const parseReplay = (args: readonly string[], user: string, nowMs: number) =>
  requestOf(replayGroup, args, { user, nowMs });

const globex = apiClient(stack.apiUrl, tenantOf(1).apiKey);
const pen = { amount: 4_000, currency: 'PEN', payment_method: 'tok_approve' };
const why = 'a test of replays on this stack';

const received: { readonly id: string; readonly body: string }[] = [];
const receiver = createServer(async (request, response) => {
  const body = await text(request);
  received.push({ id: String(request.headers['webhook-id']), body });
  response.writeHead(200).end();
});
let endpoint: WebhookEndpointResource;
let events: readonly AnyEvent[];
let payment: string;

const deliveries = async () =>
  (
    await globex.get<ListBody<WebhookDeliveryResource>>(
      `/webhook-endpoints/${endpoint.id}/deliveries`,
    )
  ).json.data;
const receivedIds = () => received.map(({ id }) => id).sort();

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/replayed`;
  const registered = await globex.post<WebhookEndpointResource>('/webhook-endpoints', { url });
  expect(registered.status).toBe(201);
  endpoint = registered.json;
  const { json } = await globex.pay(pen);
  payment = json.id;
  expect(await globex.settled(payment)).toMatchObject({ status: 'captured' });
  events = await globex.events(payment);
  await until('all of its webhooks', async () => (received.length >= events.length ? true : null));
});

afterAll(async () => {
  await globex.call('DELETE', `/webhook-endpoints/${endpoint.id}`);
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Does what `npm run replay -- <args>` does, against the deployed stacks. */
async function replay(...args: readonly string[]) {
  const environment = {
    AWS_ENDPOINT_URL: stack.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_CALL_TIMEOUT_MS: '10000',
    PAYMENTS_TABLE: outputOf('PaymentsTableName'),
    LEDGER_TABLE: outputOf('LedgerTableName'),
    PAYMENT_LIST_TABLE: outputOf('PaymentListTableName'),
    PROJECTIONS_TABLE: outputOf('ProjectionsTableName'),
    WEBHOOKS_TABLE: outputOf('WebhooksTableName'),
    OPERATOR_LOG_TABLE: outputOf('OperatorLogTableName'),
  };
  for (const [name, value] of Object.entries(environment)) {
    vi.stubEnv(name, value);
  }
  const { replayOf } = await import('../../../local/commands/replay/wiring.ts');
  const lines: string[] = [];
  const deps = replayOf('local', stack.outputs);
  const code = await answer(deps, parseReplay(args, 'me', Date.now()), (line) => lines.push(line));
  return { code, lines };
}

/** Waits until all that is in a function's queue is taken. */
async function taken(name: string, kind: 'consumer' | 'queue' = 'consumer'): Promise<void> {
  const client = new SQSClient(awsClientConfig);
  const { source_url: QueueUrl } = deployedEdge(name, kind);
  await until(`the queue of ${name} worked off`, async () => {
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: [
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
          'ApproximateNumberOfMessagesDelayed',
        ],
      }),
    );
    return Object.values(Attributes).every((count) => count === '0') ? true : null;
  });
  client.destroy();
}

const toFanOut = ['--consumer', 'webhooks-fan-out'];
const live = ['--live', '--reason', why];

describe('a replay', () => {
  it.each(['payments-project-list', 'reports-project-totals', 'webhooks-fan-out'])(
    'in a sandbox of %s finds there what the events lead to, and writes nothing',
    async (consumer) => {
      const before = await deliveries();
      await taken(consumer);
      const { lines } = await replay('--consumer', consumer, '--payment', payment);
      expect(lines.join('\n')).toContain(`was given ${events.length} events in a sandbox`);
      expect(lines.join('\n')).toContain(', 0 missing.');
      expect(await deliveries()).toEqual(before);
      expect(received).toHaveLength(events.length);
    },
  );

  it('of a time has what happened in it', async () => {
    const [first, last] = [events[0], events.at(-1)] as [AnyEvent, AnyEvent];
    const range = ['--from', first.time, '--to', last.time, '--tenant', 'globex', '--json'];
    const { code, lines } = await replay(...toFanOut, ...range);
    const found = lines.map((line) => JSON.parse(line) as { of?: string; is?: string });
    const before = events.filter(({ time }) => time < last.time);
    expect(found.filter(({ of }) => of === payment)).toHaveLength(before.length);
    expect(code).toBe(0);
  });

  it('to the fan-out sends nobody anything, and is taken', async () => {
    const before = await deliveries();
    const { code, lines } = await replay(...toFanOut, '--payment', payment, ...live);
    expect(code).toBe(0);
    expect(lines.at(-1)).toContain(`${events.length} events sent to webhooks-fan-out`);
    await taken('webhooks-fan-out');
    expect(await deliveries()).toEqual(before);
    expect(receivedIds()).toEqual(events.map(({ id }) => id).sort());
  });

  it('that may have effects has each event sent once more, by its own id, however often it is sent', async () => {
    const named = ['--name', `test-${payment}`, '--allow-side-effects'];
    for (const _ of ['first', 'again']) {
      const { code } = await replay(...toFanOut, '--payment', payment, ...live, ...named);
      expect(code).toBe(0);
      // Two messages for one try at once would post twice.
      await taken('webhooks-fan-out');
      await taken('webhook-deliveries', 'queue');
    }
    const twice = events.flatMap(({ id }) => [id, id]).sort();
    const told = (await deliveries()).map(({ status }) => status);
    expect(told).toEqual(twice.map(() => 'delivered'));
    expect(receivedIds()).toEqual(twice);
    expect(new Set(received.map(({ body }) => body)).size).toBe(events.length);
  });

  it('changes no read model, and leaves no dead letter', async () => {
    const list = () => globex.get<ListBody<{ id: string }>>('/payments?limit=100');
    const before = (await list()).json.data.find(({ id }) => id === payment);
    for (const consumer of ['payments-project-list', 'reports-project-totals']) {
      const { code } = await replay('--consumer', consumer, '--payment', payment, ...live);
      expect(code).toBe(0);
      await taken(consumer);
      const { text: letters } = await dlq('list', '--queue', consumer);
      expect(letters).not.toContain(payment);
      expect((await replay('--consumer', consumer, '--payment', payment)).lines.at(-1)).toContain(
        ' 0 missing.',
      );
    }
    expect((await list()).json.data.find(({ id }) => id === payment)).toEqual(before);
    const { text: letters } = await dlq('list', '--queue', 'webhooks-fan-out');
    expect(letters).not.toContain(payment);
  });
});
