import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { constructId } from '../../../infra/constructs/house-function.ts';
import { tables } from '../../../infra/tables.ts';
import { issueKey, keyTablesOf } from '../../../local/commands/keys/issue.ts';
import type {
  CustomerErasureResource,
  PaymentCustomerResource,
} from '../../../shared/contracts/customers.ts';
import { type Answer, apiClient } from '../../support/deployed/api.ts';
import { misKeptIn } from '../../support/deployed/dynamo-tables.ts';
import { everything, type Kept } from '../../support/deployed/everything.ts';
import { awsClientConfig, outputOf, stack } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

/** Marks that nothing else has: of what is not personal, and of what is. */
const [run, secret] = [crypto.randomUUID(), crypto.randomUUID()];
const ada = { id: `customer-${run}`, name: `Ada ${secret}`, email: `${secret}@shop.example` };
const legitimate = `note-${run}`;
const body = {
  amount: 1_250,
  currency: 'BOB',
  payment_method: 'tok_approve',
  customer: ada,
  metadata: { note: legitimate },
};

const isPersonal = ({ text }: Kept) => text.includes(secret);

async function onClient<T>(act: (client: DynamoDBClient) => Promise<T>): Promise<T> {
  const client = new DynamoDBClient(awsClientConfig);
  try {
    return await act(client);
  } finally {
    client.destroy();
  }
}

/** All that is kept of this customer. */
async function found(): Promise<Kept[]> {
  const all: Kept[] = [];
  for await (const one of everything()) {
    if (one.text.includes(run) || isPersonal(one)) {
      all.push(one);
    }
  }
  return all;
}

describe('a customer of the deployed stage', () => {
  let api: ReturnType<typeof apiClient>;
  let id: string;
  let first: Answer;
  const customer = async (payment = id) =>
    (await api.get<PaymentCustomerResource>(`/payments/${payment}/customer`)).json;
  const erase = () =>
    api.call<CustomerErasureResource>('POST', `/customers/${ada.id}/erase`, {
      body: { reason: 'case 4711' },
    });

  beforeAll(async () => {
    const key = await onClient((client) =>
      issueKey(client, keyTablesOf(stack.outputs), 'customers'),
    );
    api = apiClient(stack.apiUrl, key);
    const hook = await api.post<{ id: string }>('/webhook-endpoints', {
      url: 'https://shop.example/hooks',
    });
    first = await api.pay(body, { key: run });
    id = (first.json as { readonly id: string }).id;
    expect((await api.settled(id)).status).toBe('captured');
    await until('the webhooks of the payment on their way', async () => {
      const { json } = await api.get<{ data: readonly unknown[] }>(
        `/webhook-endpoints/${hook.json.id}/deliveries`,
      );
      return json.data.length > 0 ? json : null;
    });
    await api.call('DELETE', `/webhook-endpoints/${hook.json.id}`);
  });

  it('is shown by id in the payment, and opened to whom may see it', async () => {
    expect((await api.payment(id)).json.customer).toBe(ada.id);
    expect(await customer()).toEqual({
      object: 'customer',
      ...ada,
      erased: false,
      payment_id: id,
    });
  });

  it('stands in no table, queue, execution or log but sealed', async () => {
    const kept = await found();
    expect(new Set(kept.map(({ kind }) => kind))).toContain('item');
    expect(kept.some(({ text }) => text.includes(legitimate))).toBe(true);
    expect(kept.filter(isPersonal)).toEqual([]);
  });

  it('is erased, for good, and the payment goes on as it was', async () => {
    const before = (await api.payment(id)).text;
    const events = await api.events(id);
    const erased = await erase();
    expect([erased.status, erased.json]).toEqual([
      200,
      { object: 'customer_erasure', id: ada.id, erased_at: expect.any(String) },
    ]);
    expect((await erase()).text).toBe(erased.text);
    expect(await customer()).toMatchObject({ id: ada.id, name: null, email: null, erased: true });
    expect((await api.payment(id)).text).toBe(before);
    expect(await api.events(id)).toEqual(events);
    const again = await api.pay(body, { key: run });
    expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([
      first.status,
      first.text,
      'true',
    ]);
  });

  it('leaves no key behind that opens what is left', async () => {
    expect(await erase().then(({ status }) => status)).toBe(200);
    const kept = await found();
    expect(kept.filter(isPersonal)).toEqual([]);
    const rows = kept.filter(({ place }) => place === outputOf('CustomersTableName'));
    expect(rows).toHaveLength(1);
    expect(Object.keys(JSON.parse(rows[0]?.text ?? '{}')).sort()).toEqual([
      'erased_at',
      'pk',
      'sk',
    ]);
  });

  it('may come again, with another key', async () => {
    const { json } = await api.pay(body);
    expect(await customer(json.id)).toMatchObject({ name: ada.name, erased: false });
    expect(await customer()).toMatchObject({ name: null, erased: true });
    expect((await erase()).status).toBe(200);
    expect(await customer(json.id)).toMatchObject({ name: null, erased: true });
  });
});

describe('what the deployed stages keep', () => {
  it('is of the kinds that somebody decided about, with an end where it has one', async () => {
    const names = Object.fromEntries(
      Object.keys(tables).map((name) => [name, outputOf(`${constructId(name)}TableName`)]),
    );
    expect(await onClient((client) => misKeptIn(client, names))).toEqual([]);
  });
});
