import { type AttributeValue, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoPaymentList } from '../../../shared/adapters/dynamo/payments/list/payment-list.ts';
import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import { renderPayment } from '../../../shared/domain/payment/state.ts';
import { noFilters } from '../../../shared/domain/search/filters.ts';
import { createTables, type TestTables } from '../../support/deployed/dynamo-tables.ts';
import { anAcceptedPayment, countingStamps } from '../../support/payments/payments.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;
const tenant = 'acme';
const payment = { ...renderPayment(anAcceptedPayment(countingStamps()).after), version: 3 };
const key = { pk: { S: `TENANT#${tenant}` }, sk: { S: `${payment.created}#${payment.id}` } };

/** A row as it was written before there were generations, customers and `seen`. */
function oldRow({ customer: _, ...before }: PaymentResource): Record<string, AttributeValue> {
  return {
    ...key,
    status_key: { S: `${tenant}#${payment.status}` },
    version: { N: '3' },
    data: { S: JSON.stringify(before) },
    taken: { NS: ['1', '3'] },
  };
}

describe.skipIf(!endpoint)(`a row of an older release at ${endpoint}`, () => {
  let tables: TestTables<'payment_list'>;
  let list: ReturnType<typeof dynamoPaymentList>;
  beforeAll(async () => {
    tables = await createTables(endpoint as string, ['payment_list']);
    const { client, names } = tables;
    list = dynamoPaymentList(client, names.payment_list, async () => ({ live: 1, beside: [] }));
    const TableName = names.payment_list;
    await client.send(new PutItemCommand({ TableName, Item: oldRow(payment) }));
  });
  afterAll(() => tables.drop());

  const event = (part: Partial<PaymentResource>) => ({
    tenant,
    data: { payment: { ...payment, ...part } },
  });
  const takenNow = async () => (await list.taken([{ ...payment, tenant }])).get(payment.id);

  it('is found as the payment is written now, with all that it has taken', async () => {
    for (const filters of [noFilters, { status: payment.status, amountMin: payment.amount }]) {
      const page = await list.list({ tenant, filters, limit: 10, after: null });
      expect(JSON.stringify(page.payments)).toBe(JSON.stringify([payment]));
    }
    expect(await takenNow()).toEqual({ upTo: 1, beyond: [3] });
  });

  it('takes no event again, and goes over to the new form with the next one', async () => {
    expect(await list.project(event({ version: 3 }), 1)).toBe(false);
    expect(await list.project(event({ version: 2 }), 1)).toBe(true);
    expect(await takenNow()).toEqual({ upTo: 3, beyond: [] });
    expect(await list.find({ ...payment, tenant })).toEqual(payment);
    expect(await list.project(event({ version: 4, amount: 7 }), 1)).toBe(true);
    expect((await list.find({ ...payment, tenant }))?.amount).toBe(7);
    const { client, names } = tables;
    const { Item } = await client.send(
      new GetItemCommand({ TableName: names.payment_list, Key: key, ConsistentRead: true }),
    );
    expect([Item?.seen, Item?.taken]).toEqual([{ S: '4' }, undefined]);
  });
});
