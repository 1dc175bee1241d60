import { describe, expect, it } from 'vitest';
import { dynamoTenantLimits } from '../../../shared/adapters/dynamo/tenant-limits.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { type LimitsAdapter, limitsConformance } from './limits.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

async function open(): Promise<LimitsAdapter> {
  const { client, names, drop } = await createTables(endpoint as string, ['access']);
  return {
    lease: dynamoTenantLimits(client, { table: names.access, callTimeoutMs: 10_000 }),
    close: drop,
  };
}

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  limitsConformance('DynamoDB', open);

  it('ends a call that takes longer than it may as an error', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['access']);
    const lease = dynamoTenantLimits(client, { table: names.access, callTimeoutMs: 0 });
    const limit = { perSecond: 1, burst: 1 };
    await expect(
      lease({ bucket: 'a', limit, tokens: 1, keep: 0, nowMs: 1, lastTatUs: null }),
    ).rejects.toThrow();
    await drop();
  });
});
