import { describe } from 'vitest';
import { dynamoPaymentList } from '../../../shared/adapters/dynamo/payments/payment-list.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { paymentListConformance } from './payment-list.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  paymentListConformance('DynamoDB', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['payment_list']);
    return { list: dynamoPaymentList(client, names.payment_list), close: drop };
  });
});
