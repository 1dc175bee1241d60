import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient } from '../../support/deployed/api.ts';
import { awsClientConfig, stack, tenantOf } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

/*
 * A consumer by somebody who has docs/asyncapi.json and nothing else of ours: which bus, which rule, and
 * what is in a message is all read from there.
 */
interface Ref {
  readonly $ref: string;
}
interface Message {
  readonly name: string;
  readonly payload: Ref;
  readonly 'x-eventbridge': { readonly pattern: Readonly<Record<string, readonly string[]>> };
}
interface Document {
  readonly channels: Readonly<
    Record<string, { readonly address: string; readonly messages: Readonly<Record<string, Ref>> }>
  >;
  readonly components: { readonly messages: Readonly<Record<string, Message>> };
}
/** What the consumer uses of a payload. */
interface Detail {
  readonly type: string;
  readonly subject: string;
  readonly sequence: number;
  readonly data: { readonly payment: { readonly status: string; readonly version: number } };
}

const asyncapi = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../docs/asyncapi.json'), 'utf8'),
) as Document;
const validator = new Ajv2020({ strict: false });
formats.default(validator);
// The payloads refer to each other, and to nothing else of the document.
validator.addSchema({ components: asyncapi.components }, 'asyncapi');

const nameOf = ({ $ref }: Ref): string => $ref.slice($ref.lastIndexOf('/') + 1);
const bus = asyncapi.channels.bus;
const messages = Object.values(bus?.messages ?? {}).map(
  (ref) => asyncapi.components.messages[nameOf(ref)] as Message,
);
const wanted = messages.filter(({ name }) => name.startsWith('payment.'));

const events = new EventBridgeClient(awsClientConfig);
const sqs = new SQSClient(awsClientConfig);
const EventBusName = bus?.address.replace('{stage}', 'local');
const rules = wanted.map((message) => ({
  Name: `asyncapi-${message.name.replace('.', '-')}`,
  pattern: message['x-eventbridge'].pattern,
}));
let QueueUrl: string;

beforeAll(async () => {
  QueueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: `asyncapi-${randomUUID()}` })))
    .QueueUrl as string;
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  for (const { Name, pattern } of rules) {
    const EventPattern = JSON.stringify(pattern);
    await events.send(new PutRuleCommand({ Name, EventBusName, EventPattern }));
    const Targets = [{ Id: 'queue', Arn: Attributes?.QueueArn as string }];
    await events.send(new PutTargetsCommand({ Rule: Name, EventBusName, Targets }));
  }
});

afterAll(async () => {
  for (const { Name } of rules) {
    await events.send(new RemoveTargetsCommand({ Rule: Name, EventBusName, Ids: ['queue'] }));
    await events.send(new DeleteRuleCommand({ Name, EventBusName }));
  }
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  events.destroy();
  sqs.destroy();
});

/** What the validator says of a payload; null when it is as the document has it. */
function amiss(detail: Detail): string | null {
  const message = wanted.find(({ name }) => name === detail.type);
  if (!message) {
    return `${detail.type} is no message of the document`;
  }
  const isAsDocumented = validator.getSchema(`asyncapi${message.payload.$ref}`);
  return isAsDocumented?.(detail) ? null : validator.errorsText(isAsDocumented?.errors);
}

/** Takes what has come; of each subject the highest sequence wins, however often and late it comes. */
async function take(latest: Map<string, Detail>, found: string[], of: string): Promise<void> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  for (const { Body, ReceiptHandle } of Messages) {
    const { detail } = JSON.parse(Body ?? '') as { detail: Detail };
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    // Other tests pay as well.
    if (detail.subject !== of) {
      continue;
    }
    const wrong = amiss(detail);
    if (wrong !== null) {
      found.push(`${detail.type}: ${wrong}`);
    }
    if ((latest.get(detail.subject)?.sequence ?? 0) < detail.sequence) {
      latest.set(detail.subject, detail);
    }
  }
}

describe('a consumer that knows docs/asyncapi.json alone', () => {
  it('follows a payment to its end, by messages that are as the document says', async () => {
    expect(wanted.length).toBeGreaterThan(20);
    const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);
    const { json } = await acme.pay({
      amount: 4_200,
      currency: 'MYR',
      payment_method: 'tok_approve',
      merchant_reference: `asyncapi-${randomUUID()}`,
    });
    const latest = new Map<string, Detail>();
    const found: string[] = [];
    const last = await until(
      'the payment’s capture on the bus',
      async () => {
        await take(latest, found, json.id);
        const detail = latest.get(json.id);
        return detail?.type === 'payment.captured' ? detail : null;
      },
      { withinMs: 120_000 },
    );
    expect(found).toEqual([]);
    const now = await acme.get(`/payments/${json.id}`);
    expect(last.data.payment).toEqual(now.json);
  });

  it('tells a payload that is not as the document says', () => {
    const [message] = wanted;
    expect(amiss({ type: message?.name, subject: 'nobody' } as Detail)).toMatch(/must/);
    expect(amiss({ type: 'payment.invented' } as Detail)).toMatch(/no message/);
  });
});
