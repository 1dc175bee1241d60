import { describe } from 'vitest';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { operatorLogConforms } from './operator-log.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  operatorLogConforms('DynamoDB', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['operator_log']);
    return { log: dynamoOperatorLog(client, names.operator_log), close: drop };
  });
});
