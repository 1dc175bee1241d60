import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { issueKey, keyTablesOf } from '../../../local/commands/keys/issue.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import type { OverviewResource } from '../../../shared/contracts/operations/overview.ts';
import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import { apiClient, type ListBody, type Problem } from '../../support/deployed/api.ts';
import { awsClientConfig, stack, tenantOf } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

/** A merchant of this run's own, so that nobody else's payments are among its. */
const tenant = `overview-${crypto.randomUUID().slice(0, 8)}`;
const aPayment = { amount: 1_250, currency: 'QAR' };
const operator = apiClient(stack.apiUrl, tenantOf(2).apiKey);

describe('the overview of the deployed stage', () => {
  let merchant: ReturnType<typeof apiClient>;

  beforeAll(async () => {
    const client = new DynamoDBClient(awsClientConfig);
    try {
      const key = await issueKey(client, keyTablesOf(stack.outputs), tenant);
      merchant = apiClient(stack.apiUrl, key);
    } finally {
      client.destroy();
    }
    const tokens = ['tok_approve', 'tok_approve', 'tok_decline_insufficient_funds'];
    const answers = await Promise.all(
      tokens.map((payment_method) => merchant.pay({ ...aPayment, payment_method })),
    );
    await Promise.all(answers.map(({ json }) => merchant.settled(json.id)));
  });

  it('has what became of payments, and how long that took, and all of its parts', async () => {
    const overview = await until('the list with what became of the payments', async () => {
      const { status, json } = await operator.get<OverviewResource>(
        `/operations/overview?tenant=${tenant}`,
      );
      expect(status).toBe(200);
      return json.payments?.accepted === 3 && json.payments.processing === 0 ? json : null;
    });
    expect(endpoints.getOverview.answers[200]?.safeParse(overview).error).toBeUndefined();
    expect(overview).toMatchObject({
      window: { examined: 3, truncated: false },
      payments: { captured: 2, authorized: 0, failed: 1, canceled: 0 },
      time_to_settle_ms: { samples: 3 },
      failures: [{ code: 'insufficient_funds', count: 1 }],
      parked: { count: 0, at_risk: [], oldest: null, more: false },
    });
    expect(overview.time_to_settle_ms?.p50).toBeGreaterThan(0);
    const sum = (of: 'accepted' | 'settled' | 'failed') =>
      overview.per_minute?.reduce((total, minute) => total + minute[of], 0);
    expect([sum('accepted'), sum('settled'), sum('failed')]).toEqual([3, 2, 1]);
    expect(overview.tenants).toEqual(expect.arrayContaining(['acme', 'globex', tenant]));
    expect(overview.dead_letters?.queues.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['payments-relay', 'payments-project-list', 'payments-sweep']),
    );
    expect(overview.providers?.map(({ name }) => name)).toContain('simulator');
  });

  it('is of the whole stage where no tenant is named, and no part of it is missing', async () => {
    const { json } = await operator.get<OverviewResource>('/operations/overview');
    expect(Object.entries(json).filter(([, part]) => part === null)).toEqual([]);
  });

  it('is for no merchant', async () => {
    const { status, json } = await merchant.get<Problem>('/operations/overview');
    expect([status, json.code]).toEqual([403, 'forbidden']);
  });
});

describe('a read for a tenant of the deployed stage', () => {
  it('shows an operator that merchant’s payments, and a merchant nobody’s', async () => {
    const named = { 'Paysaga-Tenant': tenant };
    const { json } = await operator.get<ListBody<PaymentResource>>('/payments', named);
    expect(json.data.map(({ currency }) => currency)).toEqual(['QAR', 'QAR', 'QAR']);
    const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);
    const refused = await acme.get<Problem>('/payments', named);
    expect([refused.status, refused.json.code]).toEqual([403, 'forbidden']);
  });
});
