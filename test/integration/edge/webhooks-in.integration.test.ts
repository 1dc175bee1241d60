import { randomBytes, randomUUID } from 'node:crypto';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DisputeResource } from '../../../shared/contracts/operations/operations.ts';
import { newWebhookSecret } from '../../../shared/runtime/webhooks/signature.ts';
import { apiClient, type ListBody } from '../../support/deployed/api.ts';
import { dlq } from '../../support/deployed/dead-letters.ts';
import { awsClientConfig, outputOf, stack, tenantOf } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);
const anybody = apiClient(stack.apiUrl, '');
const secrets = { simulator: '', 'simulator-b': '' };

beforeAll(async () => {
  const client = new SSMClient(awsClientConfig);
  for (const [psp, name] of [
    ['simulator', 'simulator_webhook'],
    ['simulator-b', 'simulator_b_webhook'],
  ] as const) {
    const { Parameter } = await client.send(
      new GetParameterCommand({ Name: `/paysaga/local/${name}`, WithDecryption: true }),
    );
    secrets[psp] = Parameter?.Value ?? '';
  }
  client.destroy();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Sends a body as the reference library signs it. */
function send(
  body: string,
  { provider = 'simulator', secret = secrets.simulator, sent = body, atMs = Date.now() } = {},
) {
  const id = `msg_${randomUUID()}`;
  const at = new Date(atMs);
  return anybody.call<{ received?: boolean; code?: string }>(
    'POST',
    `/providers/${provider}/webhooks`,
    {
      body: sent,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(atMs / 1_000)),
        'webhook-signature': new Webhook(secret).sign(id, at, body),
      },
    },
  );
}

async function captured(currency: string) {
  const accepted = await acme.pay({ amount: 2_000, currency, payment_method: 'tok_approve' });
  expect(accepted).toMatchObject({ status: 202 });
  const payment = await acme.settled(accepted.json.id);
  expect(payment.status).toBe('captured');
  const response = await fetch(`${stack.simulatorUrl}/charges?reference=${payment.id}`);
  const { charge } = (await response.json()) as { charge: { id: string } };
  return { ...payment, charge: charge.id };
}

/** A dispute as the PSP tells of it; spaced and beyond ASCII, so that it is verified by its bytes. */
function aDispute(payment: { id: string; charge: string; currency: string }) {
  const notice = {
    id: `nt_${randomUUID()}`,
    provider: 'simulator',
    time: new Date().toISOString(),
    type: 'dispute.opened',
    data: {
      dispute_id: `dp_${randomUUID()}`,
      reference: payment.id,
      provider_reference: payment.charge,
      amount: 700,
      fee: 1_500,
      currency: payment.currency,
      reason: 'unzufrieden: «zu groß»',
    },
  };
  return { notice, body: ` ${JSON.stringify(notice, null, 3)}\n` };
}

async function disputesOf(id: string): Promise<readonly DisputeResource[]> {
  return (await acme.get<ListBody<DisputeResource>>(`/payments/${id}/disputes`)).json.data;
}

describe('a webhook of a PSP', () => {
  it('that is signed is taken, and what it says comes into the payment, once', async () => {
    const payment = await captured('GEL');
    const { notice, body } = aDispute(payment);
    const first = await send(body);
    expect([first.status, first.json]).toEqual([200, { received: true }]);
    const [dispute] = await until('the dispute', async () => {
      const disputes = await disputesOf(payment.id);
      return disputes.length > 0 ? disputes : null;
    });
    expect(dispute).toMatchObject({ amount: 700, reason: notice.data.reason });
    const version = (await acme.payment(payment.id)).json.version;
    const again = await send(body);
    expect([again.status, again.json]).toEqual([200, { received: true }]);
    // What comes after it in the queue is through, and it is not there twice.
    const other = await captured('UAH');
    await send(aDispute(other).body);
    await until('the other dispute', async () => (await disputesOf(other.id))[0]);
    expect((await acme.payment(payment.id)).json.version).toBe(version);
    const client = new DynamoDBClient(awsClientConfig);
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: outputOf('ProvidersTableName'),
        Key: { pk: { S: `NOTICE#simulator#${notice.id}` }, sk: { S: 'SEEN' } },
      }),
    );
    expect(Number(Item?.expires_at?.N)).toBeGreaterThan(Date.now() / 1_000);
    client.destroy();
  });

  it('that is not signed as it must be is 401, whatever is wrong, and changes nothing', async () => {
    const payment = await captured('MAD');
    const { notice, body } = aDispute(payment);
    const refused = [
      await send(body, { sent: body.replace('700', '900') }),
      await send(body, { sent: JSON.stringify(notice) }),
      await send(body, { secret: newWebhookSecret(randomBytes) }),
      await send(body, { atMs: Date.now() - 301_000 }),
      await send(body, { provider: 'nobody' }),
      await send(body, { provider: 'psp' }),
      await send(body, { provider: 'simulator-b' }),
      await send(body, { provider: 'simulator-b', secret: secrets['simulator-b'] }),
      await anybody.call<{ code?: string }>('POST', '/providers/simulator/webhooks', { body }),
    ];
    const told = refused.map(({ status, json, headers }) => {
      const { instance: _, ...problem } = json as Record<string, unknown>;
      return JSON.stringify([status, problem, headers.get('content-type')]);
    });
    expect(refused[0]).toMatchObject({ status: 401, json: { code: 'invalid_signature' } });
    expect([...new Set(told)]).toEqual([told[0]]);
    const { body: valid } = aDispute(payment);
    await send(valid);
    await until('the valid one', async () => (await disputesOf(payment.id))[0]);
    expect(await disputesOf(payment.id)).toHaveLength(1);
  });

  it('that is signed and of no contract is taken, for a person among the dead letters', async () => {
    const id = `nt_${randomUUID()}`;
    const notice = { id, provider: 'simulator', type: 'charge.wondered' };
    expect((await send(JSON.stringify(notice))).status).toBe(200);
    const letter = await until('the dead letter', async () => {
      const { lines } = await dlq('list', '--json', '--queue', 'provider-notices');
      const { letters } = JSON.parse(lines[0] ?? '').queues[0] as {
        letters: readonly { id: string; reason: string }[];
      };
      return letters.find(({ reason }) => reason.includes('not a notice of the contract'));
    });
    await dlq('discard', letter.id, '--reason', 'it was sent by a test of this stack');
  });
});

it('the simulator tells by such webhooks: a dispute there comes into the payment here', async () => {
  const payment = await captured('PEN');
  const response = await fetch(`${stack.simulatorUrl}/charges/${payment.charge}/disputes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation_id: randomUUID(), amount: 500, reason: 'fraudulent' }),
  });
  expect(response.status).toBe(200);
  const [dispute] = await until('the dispute', async () => {
    const disputes = await disputesOf(payment.id);
    return disputes.length > 0 ? disputes : null;
  });
  expect(dispute).toMatchObject({ amount: 500, reason: 'fraudulent' });
});
