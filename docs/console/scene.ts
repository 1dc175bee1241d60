import { randomUUID } from 'node:crypto';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { StackRecord } from '../../local/supervision/record.ts';
import { paymentEventSource } from '../../shared/contracts/events/sources.ts';
import { operationId } from '../../shared/domain/ids.ts';

const waitMs = 120_000;
const everyMs = 250;

/** What the pictures are of. */
export interface Scene {
  readonly captured: string;
  readonly declined: string;
  readonly endpoint: string;
}

/** The day of a shop: payments that went well and did not, one that is parked, and one dead letter. */
export async function playScene(stack: StackRecord): Promise<Scene> {
  const [acme] = stack.tenants;
  const aws = {
    endpoint: stack.endpoint,
    region: stack.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${stack.apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${acme?.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as T;
  };
  const pay = async (amount: number, payment_method: string, more = {}): Promise<string> => {
    const merchant_reference = `order-${randomUUID().slice(0, 6)}`;
    const body = { amount, currency: 'EUR', payment_method, merchant_reference, ...more };
    return (await call<{ id: string }>('POST', '/payments', body)).id;
  };
  const happened = async (id: string, ...types: readonly string[]): Promise<void> => {
    const deadline = performance.now() + waitMs;
    for (;;) {
      const events = await call<{ data: { type: string }[] }>('GET', `/payments/${id}/events`);
      if (events.data.some(({ type }) => types.includes(type))) {
        return;
      }
      if (performance.now() > deadline) {
        throw new Error(`payment ${id}: none of ${types.join(', ')} within ${waitMs} ms`);
      }
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  };

  const unknown = await pay(8_950, 'tok_timeout_forever');
  const { id: endpoint } = await call<{ id: string }>('POST', '/webhook-endpoints', {
    url: `${stack.simulatorUrl}/no-such-hook`,
    events: ['payment.captured', 'payment.failed'],
    description: 'The shop',
  });
  const captured = await pay(12_400, 'tok_approve');
  await happened(captured, 'payment.captured');
  await call('POST', `/payments/${captured}/refunds`, { amount: 2_400 });
  const declined = await pay(5_600, 'tok_decline_insufficient_funds');
  await pay(23_000, 'tok_approve', { capture_method: 'manual' });
  for (const amount of [1_990, 4_250, 730, 15_900]) {
    await pay(amount, 'tok_approve');
  }
  await pay(3_100, 'tok_decline_do_not_honor');
  await happened(declined, 'payment.failed');
  await happened(captured, 'payment.refunded');

  await happened(unknown, 'payment.outcome_unknown');
  const lambda = new LambdaClient(aws);
  // What its inquiry does at the end of its schedule, at once.
  const asked = {
    payment_id: unknown,
    operation_id: operationId(unknown, 'charge'),
    tenant: acme?.id,
    correlation_id: unknown,
    execution: 'screenshots',
    asked: 100,
  };
  await lambda.send(
    new InvokeCommand({
      FunctionName: 'paysaga-local-providers-inquire',
      Payload: JSON.stringify(asked),
    }),
  );
  lambda.destroy();
  await happened(unknown, 'payment.parked');
  const bus = new EventBridgeClient(aws);
  const poison = { id: randomUUID(), type: 'payment.captured', tenant: acme?.id, data: {} };
  await bus.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: 'paysaga-local',
          Source: paymentEventSource,
          DetailType: 'payment.captured',
          Detail: JSON.stringify({ ...poison, subject: captured }),
        },
      ],
    }),
  );
  bus.destroy();
  return { captured, declined, endpoint };
}
