import { describe } from 'vitest';
import { dynamoPaymentList } from '../../../shared/adapters/dynamo/payments/list/payment-list.ts';
import type { ReadGenerations } from '../../../shared/ports/projections/projections.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { paymentListConformance } from './payment-list.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  paymentListConformance('DynamoDB', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['payment_list']);
    const open = (generations: ReadGenerations, most?: number) =>
      dynamoPaymentList(client, names.payment_list, generations, most ? { most } : {});
    return { open, close: drop };
  });
});
