import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { stages } from '../../../infra/stages.ts';
import { issueKey, keyTablesOf } from '../../../local/commands/keys/issue.ts';
import { securityHeaders } from '../../../shared/contracts/http-headers.ts';
import { apiClient, type Problem } from '../../support/deployed/api.ts';
import { awsClientConfig, stack, tenantOf } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

/** A tenant whose limit of the local stage one meets by hand. */
const tenant = 'limited';
const limit = stages.local.limits.tenants[tenant] ?? { perSecond: 0, burst: 0 };

async function aKey(): Promise<string> {
  const client = new DynamoDBClient(awsClientConfig);
  try {
    return await issueKey(client, keyTablesOf(stack.outputs), tenant);
  } finally {
    client.destroy();
  }
}

describe('a tenant that asks more often than it may', () => {
  it('is told when to come again, in reads before writes, and others are served', async () => {
    const api = apiClient(stack.apiUrl, await aKey());
    const first = await api.get('/payments');
    expect(first.status).toBe(200);
    expect(first.headers.get('ratelimit-policy')).toBe(`"tenant";q=${limit.burst}`);
    expect(first.headers.get('ratelimit')).toMatch(/^"tenant";r=\d+;t=\d+$/);
    const refused = await until('a read to be refused', async () => {
      const answers = await Promise.all(
        Array.from({ length: 2 * limit.burst }, () => api.get<Problem>('/payments')),
      );
      return answers.find(({ status }) => status === 429);
    });
    expect(refused.json.code).toBe('too_many_requests');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    for (const [name, value] of Object.entries(securityHeaders)) {
      expect(refused.headers.get(name)).toBe(value);
    }
    const written = await api.pay({ amount: 100, currency: 'EUR', payment_method: 'tok_approve' });
    expect(written.status).toBe(202);
    const other = await apiClient(stack.apiUrl, tenantOf(0).apiKey).get('/payments');
    expect(other.status).toBe(200);
    await until('a read to be let in again', async () => {
      const { status } = await api.get('/payments');
      return status === 200 ? true : null;
    });
  });
});
