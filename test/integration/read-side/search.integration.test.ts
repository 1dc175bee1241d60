import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { dynamoPaymentList } from '../../../shared/adapters/dynamo/payments/list/payment-list.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import {
  dynamoGenerations,
  dynamoProjectionControls,
} from '../../../shared/adapters/dynamo/projections/controls.ts';
import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import { rebuild } from '../../../shared/runtime/projections/rebuild.ts';
import { type Answer, apiClient, type ListBody, type Problem } from '../../support/deployed/api.ts';
import { awsClientConfig, outputOf, stack, tenantOf } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

const api = apiClient(stack.apiUrl, tenantOf(0).apiKey);
const other = apiClient(stack.apiUrl, tenantOf(1).apiKey);
/** Of this run alone: the stack is shared. */
const run = `search-${Date.now()}`;

async function pay(body: object = {}): Promise<PaymentResource> {
  const { status, json } = await api.pay({
    amount: 1_000,
    currency: 'CLP',
    payment_method: 'tok_approve',
    ...body,
  });
  expect([200, 202]).toContain(status);
  return json as PaymentResource;
}

const search = <T = ListBody<PaymentResource>>(query: Record<string, string>, by = api) =>
  by.get<T>(`/payments?${new URLSearchParams(query)}`);

async function idsOf(query: Record<string, string>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Answer<ListBody<PaymentResource>> = await search({
      ...query,
      ...(cursor === null ? {} : { cursor }),
    });
    const { status, json } = page;
    expect(status).toBe(200);
    ids.push(...json.data.map(({ id }) => id));
    cursor = json.next_cursor;
  } while (cursor !== null);
  return ids;
}

describe('the search of payments', () => {
  it('finds them by each filter and by all at once, page by page', async () => {
    const customer = `${run}-a`;
    const first = await pay({ amount: 1_000, customer: { id: customer } });
    const second = await pay({ amount: 2_000, customer: { id: customer } });
    const third = await pay({
      amount: 3_000,
      customer: { id: customer },
      merchant_reference: `${run} order`,
    });
    const all = [third.id, second.id, first.id];
    await until('three are listed', async () => (await idsOf({ customer })).length === 3 || null);
    const own = { customer, currency: 'CLP', limit: '1' };
    expect(await idsOf(own)).toEqual(all);
    expect(await idsOf({ ...own, amount_min: '2000' })).toEqual([third.id, second.id]);
    expect(await idsOf({ ...own, amount_max: '1999' })).toEqual([first.id]);
    expect(await idsOf({ ...own, created_from: second.created })).toEqual([third.id, second.id]);
    expect(await idsOf({ ...own, created_to: second.created })).toEqual([first.id]);
    expect(await idsOf({ merchant_reference: `${run} order` })).toEqual([third.id]);
    await until('all are captured', async () => {
      const captured = await idsOf({ ...own, status: 'captured' });
      return captured.length === 3 || null;
    });
    expect((await search({ customer }, other)).json.data).toEqual([]);
    const { json } = await search({ ...own, limit: '1' });
    const elsewhere = await search<Problem>({ currency: 'CLP', cursor: json.next_cursor ?? '' });
    expect([elsewhere.status, elsewhere.json.code]).toEqual([400, 'invalid_request']);
  });

  it('reads what was just written, when it is told to', async () => {
    const customer = `${run}-b`;
    for (let n = 0; n < 3; n++) {
      const { id } = await pay({ customer: { id: customer } });
      const answer = await search({ customer, min_version: `${id}:1` });
      // The emulator may be slower than a client should wait: then it is told so.
      const patient =
        answer.status === 409
          ? await until('the list is so far', async () => {
              const again = await search({ customer, min_version: `${id}:1` });
              return again.status === 200 ? again : null;
            })
          : answer;
      expect(patient.json.data.map((payment) => payment.id)).toContain(id);
    }
  });

  it('says how far it is when what is asked for has not come, and nothing of a stranger’s', async () => {
    const { id } = await pay();
    const answer = await search<Problem & { version: number }>({ min_version: `${id}:999` });
    expect([answer.status, answer.json.code]).toEqual([409, 'version_not_reached']);
    expect(answer.json.version).toBeLessThan(999);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect((await search({ min_version: `${id}:1` }, other)).status).toBe(404);
  });
});

describe('a rebuild of the payment list beside live traffic', () => {
  const client = new DynamoDBClient(awsClientConfig);
  afterAll(() => client.destroy());

  it('misses nothing that was there before, and has the same rows in the end', async () => {
    const controls = dynamoProjectionControls(client, outputOf('ProjectionsTableName'));
    const generations = dynamoGenerations(client, outputOf('ProjectionsTableName'));
    const rows = dynamoPaymentList(client, outputOf('PaymentListTableName'), generations);
    const { scan, events } = dynamoPaymentStore(client, {
      payments: outputOf('PaymentsTableName'),
    });
    const customer = `${run}-c`;
    const before = await controls.read('payment_list');
    let isBuilt = false;
    const rebuilt = rebuild(
      {
        controls,
        rows,
        scan,
        events,
        pause,
        act: () => ({ at: new Date().toISOString(), by: 'test' }),
        tell: () => undefined,
      },
      'payment_list',
      { isCompared: true },
    ).finally(() => {
      isBuilt = true;
    });
    const paid: string[] = [];
    const seen = new Set<string>();
    while (!isBuilt) {
      paid.push((await pay({ customer: { id: customer } })).id);
      const now = new Set(await idsOf({ customer, limit: '100' }));
      expect([...seen].filter((id) => !now.has(id))).toEqual([]);
      for (const id of now) {
        seen.add(id);
      }
      await pause(500);
    }
    expect(await rebuilt).toEqual({ kind: 'live', generation: before.last + 1 });
    await until(
      'all are listed',
      async () => (await idsOf({ customer, limit: '100' })).length === paid.length || null,
    );
    expect((await idsOf({ customer, limit: '100' })).sort()).toEqual([...paid].sort());
    expect(await rows.clear(before.live)).toBe(0);
  });
});
