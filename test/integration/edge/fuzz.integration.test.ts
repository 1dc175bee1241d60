import { expect, it } from 'vitest';
import { fuzz } from '../../fuzz/fuzz.ts';
import { apiClient } from '../../support/deployed/api.ts';
import { stack, tenantOf } from '../../support/deployed/stack.ts';

it('any request, right or noise, is answered by the table, and never by a 5xx', async () => {
  const keys = [tenantOf(0).apiKey, tenantOf(1).apiKey];
  const { json } = await apiClient(stack.apiUrl, tenantOf(0).apiKey).pay({
    amount: 700,
    currency: 'NZD',
    payment_method: 'tok_approve',
  });
  const report = await fuzz({
    apiUrl: stack.apiUrl,
    keys,
    ids: [json.id, 'fee_revenue.NZD'],
    seed: 6,
    maxRequests: 400,
    maxMs: 120_000,
  });
  expect(report.failures).toEqual([]);
  expect(report.requests).toBeGreaterThan(100);
});
