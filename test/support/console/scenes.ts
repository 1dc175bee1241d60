import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { issueKey, keyTablesOf } from '../../../local/commands/keys/issue.ts';
import { paymentEventSource } from '../../../shared/contracts/events/sources.ts';
import { operationId } from '../../../shared/domain/ids.ts';
import { delivered } from '../dead-letters/letters.ts';
import { apiClient } from '../deployed/api.ts';
import { deployedEdge, giveUp } from '../deployed/dead-letters.ts';
import { awsClientConfig, outputOf, stack, tenantOf } from '../deployed/stack.ts';
import { until } from '../deployed/until.ts';

/** The merchant that the scenes are of. */
export const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);

/** Over this a second operator has to agree, in minor units. */
export const large = 1_500_000;

export interface Paid {
  readonly id: string;
  readonly reference: string;
}

/** A payment of acme's, settled, under a reference that no other one has. */
export async function paid(
  currency: string,
  { amount = 12_300, method = 'tok_approve', capture = 'automatic' } = {},
): Promise<Paid> {
  const reference = `console-${randomUUID().slice(0, 13)}`;
  const { json } = await acme.pay({
    amount,
    currency,
    payment_method: method,
    capture_method: capture,
    merchant_reference: reference,
  });
  await acme.settled(json.id);
  return { id: json.id, reference };
}

/** The events of a payment, as soon as one of them is of a type. */
export async function eventsWith(id: string, type: string): Promise<void> {
  await until(`${type} of ${id}`, async () =>
    (await acme.events(id)).some((event) => event.type === type) ? true : null,
  );
}

/**
 * A payment whose outcome nobody knows, parked: what its inquiry does at the end of its schedule is
 * done at once.
 */
export async function parked(currency: string, amount: number): Promise<string> {
  const { json } = await acme.pay({ amount, currency, payment_method: 'tok_timeout_forever' });
  await eventsWith(json.id, 'payment.outcome_unknown');
  const client = new LambdaClient(awsClientConfig);
  try {
    const { FunctionError } = await client.send(
      new InvokeCommand({
        FunctionName: 'paysaga-local-providers-inquire',
        Payload: JSON.stringify({
          payment_id: json.id,
          operation_id: operationId(json.id, 'charge'),
          tenant: tenantOf(0).id,
          correlation_id: json.id,
          execution: 'by a test of the console',
          asked: 100,
        }),
      }),
    );
    if (FunctionError) {
      throw new Error(`the inquiry about ${json.id} ended with ${FunctionError}`);
    }
  } finally {
    client.destroy();
  }
  await eventsWith(json.id, 'payment.parked');
  return json.id;
}

/** The last event of a payment among the dead letters of the list's consumer: safe to redrive. */
export async function givenUpEvent(id: string): Promise<string> {
  const event = (await acme.events(id)).at(-1);
  return giveUp(deployedEdge('payments-project-list', 'consumer'), delivered(event));
}

/** An event that its consumer cannot read, put on the bus: it ends in the consumer's dead letters. */
export async function poison(id: string): Promise<void> {
  const bus = new EventBridgeClient(awsClientConfig);
  const { id: tenant } = tenantOf(0);
  const event = { id: randomUUID(), type: 'payment.captured', tenant, subject: id, data: {} };
  await bus.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: outputOf('BusName'),
          Source: paymentEventSource,
          DetailType: 'payment.captured',
          Detail: JSON.stringify(event),
        },
      ],
    }),
  );
  bus.destroy();
}

/** A key of a tenant that has nothing yet. */
export async function keyOfNewTenant(): Promise<{ readonly id: string; readonly apiKey: string }> {
  const id = `console-${randomUUID().slice(0, 8)}`;
  const client = new DynamoDBClient(awsClientConfig);
  const apiKey = await issueKey(client, keyTablesOf(stack.outputs), id);
  client.destroy();
  return { id, apiKey };
}
