import { describe } from 'vitest';
import { dynamoDailyTotals } from '../../../shared/adapters/dynamo/projections/daily-totals.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { dailyTotalsConformance } from './daily-totals.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  dailyTotalsConformance('DynamoDB', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['projections']);
    return { totals: dynamoDailyTotals(client, names.projections), close: drop };
  });
});
