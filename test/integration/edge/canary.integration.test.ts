import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { issueKey, keyTablesOf } from '../../../local/commands/keys/issue.ts';
import { type CanaryRequest, canaryRequests } from '../../support/canary/requests.ts';
import { canaries } from '../../support/canary/secrets.ts';
import { apiClient } from '../../support/deployed/api.ts';
import { everything, type Kept } from '../../support/deployed/everything.ts';
import { awsClientConfig, outputOf, stack } from '../../support/deployed/stack.ts';

const fifty = canaries(77);
/** What may be kept, and is: whoever does not see it sees nothing. */
const legitimate = 'a-mark-that-may-be-kept';
const atOnce = 6;

/** The canaries that a text betrays, by what they are, and the keys that tenants have. */
function betrayed(text: string): string[] {
  const canariesIn = fifty.filter(({ marks }) => marks.some((mark) => text.includes(mark)));
  const keysIn = stack.tenants.filter(({ apiKey }) => text.includes(apiKey));
  return [...canariesIn.map(({ what }) => what), ...keysIn.map(({ id }) => `the key of ${id}`)];
}

/** A tenant of its own, so that no other test sees what goes through. */
async function aTenant(): Promise<ReturnType<typeof apiClient>> {
  const client = new DynamoDBClient(awsClientConfig);
  try {
    const key = await issueKey(client, keyTablesOf(stack.outputs), 'canary');
    return apiClient(stack.apiUrl, key);
  } finally {
    client.destroy();
  }
}

/** A queue beside the consumers', which gets every event that is ours on the bus. */
async function watchBus(): Promise<() => Promise<void>> {
  const [queues, bus] = [new SQSClient(awsClientConfig), new EventBridgeClient(awsClientConfig)];
  const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: 'canary-witness' }));
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const rule = { EventBusName: outputOf('BusName'), Name: 'canary-witness' };
  const EventPattern = JSON.stringify({ source: [{ prefix: 'paysaga.' }] });
  await bus.send(new PutRuleCommand({ ...rule, EventPattern }));
  await bus.send(
    new PutTargetsCommand({
      EventBusName: rule.EventBusName,
      Rule: rule.Name,
      Targets: [{ Id: 'queue', Arn: Attributes?.QueueArn }],
    }),
  );
  return async () => {
    await bus.send(
      new RemoveTargetsCommand({
        EventBusName: rule.EventBusName,
        Rule: rule.Name,
        Ids: ['queue'],
      }),
    );
    await bus.send(new DeleteRuleCommand(rule));
    await queues.send(new DeleteQueueCommand({ QueueUrl }));
    queues.destroy();
    bus.destroy();
  };
}

function send(
  api: ReturnType<typeof apiClient>,
  { endpoint, path, query, headers, body }: CanaryRequest,
) {
  const filled = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  );
  const asked = Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query)}`;
  const named = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return api.call(endpoint.method, `${filled}${asked}`, {
    headers: { 'idempotency-key': crypto.randomUUID(), ...named },
    ...(endpoint.method === 'GET' ? {} : { body }),
  });
}

describe('fifty canaries, sent to every endpoint in every place', () => {
  const kept: Kept[] = [];
  const told: string[] = [];
  const requests = canaryRequests(fifty);

  beforeAll(async () => {
    const stopWatching = await watchBus();
    const api = await aTenant();
    const { json } = await api.pay({
      amount: 100,
      currency: 'EUR',
      payment_method: 'tok_approve',
      metadata: { note: legitimate },
    });
    const taken = [json.id];
    const next = requests.values();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const request of next) {
          const { status, text, headers, json } = await send(api, request);
          const answer = text + JSON.stringify([...headers]);
          for (const what of betrayed(answer)) {
            told.push(`${what}, sent in ${request.place} of ${request.endpoint.name}`);
          }
          if (request.endpoint.name === 'createPayment' && status === 202) {
            taken.push((json as { readonly id: string }).id);
          }
          if (status >= 500) {
            told.push(`${status} for ${request.place} of ${request.endpoint.name}`);
          }
        }
      }),
    );
    // What goes through, in a header that nobody keeps, becomes payments of its own.
    await Promise.all(taken.map((id) => api.settled(id)));
    for await (const one of everything()) {
      kept.push(one);
    }
    await stopWatching();
  }, 600_000);

  it('come back in no answer, and make none of ours go wrong', () => {
    expect(told).toEqual([]);
  });

  it.each(['item', 'message', 'execution', 'log line'] as const)(
    'are in no %s, where there are some',
    (kind) => {
      const searched = kept.filter((one) => one.kind === kind);
      const found = searched.flatMap(({ place, text }) =>
        betrayed(text).map((what) => `${what} in ${place}`),
      );
      expect([...new Set(found)]).toEqual([]);
      // Its own payments alone have as many, should it be the first to run.
      expect(searched.length).toBeGreaterThan(3);
    },
  );

  it('were looked for where what may be kept is found: in a table, and on the bus', () => {
    const places = kept.filter(({ text }) => text.includes(legitimate)).map(({ place }) => place);
    expect(places).toContain(outputOf('PaymentsTableName'));
    expect(places.some((place) => place.endsWith('canary-witness'))).toBe(true);
  });
});
