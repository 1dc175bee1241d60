import { describe } from 'vitest';
import {
  dynamoApprovals,
  dynamoOperatorApprovals,
} from '../../../shared/adapters/dynamo/access/approvals.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { approvalsConform } from './approvals.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  approvalsConform('DynamoDB', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['access']);
    return {
      refunds: dynamoApprovals(client, names.access),
      acts: dynamoOperatorApprovals(client, names.access),
      close: drop,
    };
  });
});
