import { describe, expect, it } from 'vitest';
import { dynamoProviderHealth } from '../../../shared/adapters/dynamo/provider-health/provider-health.ts';
import { dynamoReadProviders } from '../../../shared/adapters/dynamo/provider-health/read-providers.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import type { HealthAdapter } from './adapter.ts';
import { breakerConformance } from './breaker.suite.ts';
import { limitsConformance } from './limits.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

async function open(): Promise<HealthAdapter> {
  const { client, names, drop } = await createTables(endpoint as string, ['providers']);
  return {
    health: dynamoProviderHealth(client, { table: names.providers, callTimeoutMs: 10_000 }),
    read: dynamoReadProviders(client, names.providers),
    close: drop,
  };
}

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  breakerConformance('DynamoDB', open);
  limitsConformance('DynamoDB', open);

  it('ends a call that takes longer than it may as an error', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['providers']);
    const health = dynamoProviderHealth(client, { table: names.providers, callTimeoutMs: 0 });
    await expect(health.breaker('psp')).rejects.toThrow();
    await expect(
      health.takeSlot('psp', 0, { holder: 'a', nowMs: 1, untilMs: 2 }),
    ).rejects.toThrow();
    await drop();
  });
});
