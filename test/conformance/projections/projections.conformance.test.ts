import { describe } from 'vitest';
import { dynamoPaymentList } from '../../../shared/adapters/dynamo/payments/list/payment-list.ts';
import { dynamoProjectionControls } from '../../../shared/adapters/dynamo/projections/controls.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import type { OpenList } from '../payments/payment-list.suite.ts';
import { controlsConformance } from './controls.suite.ts';
import { paymentGenerationsConformance } from './payment-generations.suite.ts';
import { paymentSearchConformance } from './payment-search.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

const openList: OpenList = async () => {
  const { client, names, drop } = await createTables(endpoint as string, ['payment_list']);
  return {
    open: (generations, most) =>
      dynamoPaymentList(client, names.payment_list, generations, most ? { most } : {}),
    close: drop,
  };
};

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  paymentSearchConformance('DynamoDB', openList);
  paymentGenerationsConformance('DynamoDB', openList);
  controlsConformance('DynamoDB', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['projections']);
    return { controls: dynamoProjectionControls(client, names.projections), close: drop };
  });
});
