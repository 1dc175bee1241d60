import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { issueKey, keyTablesOf } from '../../local/commands/keys/issue.ts';
import type { PayoutResource } from '../../shared/contracts/payouts/payouts.ts';
import type { ReconciliationBreakResource } from '../../shared/contracts/settlement/reconciliation.ts';
import { operationId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/settlement/run.ts';
import { apiClient, type ListBody } from '../support/deployed/api.ts';
import { reconcileNow, simulated } from '../support/deployed/settlement.ts';
import { awsClientConfig, stack, tenantOf } from '../support/deployed/stack.ts';
import { until } from '../support/deployed/until.ts';
import { verify } from '../support/deployed/verify.ts';

const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);
/** No other test has a payment in it. */
const currency = 'GBP';
const wait = { prefer: 'wait=10' };
const gross = 10_000;
const pspFee = 120;
const fee = 290;

/** All pages of it: what other tests paid is missing in this file, too. */
const ownBreaks = async (api: typeof acme): Promise<readonly ReconciliationBreakResource[]> => {
  const breaks: ReconciliationBreakResource[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { json }: { json: ListBody<ReconciliationBreakResource> } = await api.get(
      `/reconciliation/breaks?limit=100${cursor && `&cursor=${cursor}`}`,
    );
    breaks.push(...json.data);
    cursor = json.next_cursor;
  }
  return breaks.filter(({ ours, theirs }) => (ours ?? theirs)?.currency === currency);
};

const balanceIs = (account: string, expected: number) =>
  until(`${account} at ${expected}`, async () => {
    const { json } = await acme.account(`${account}.${currency}`);
    return json.balance === expected ? json : null;
  });

describe('a settlement file with every fault in it', () => {
  const payments: string[] = [];
  let runs: readonly Run[] = [];
  let operations: typeof acme;
  let refunded = '';

  beforeAll(async () => {
    const client = new DynamoDBClient(awsClientConfig);
    operations = apiClient(
      stack.apiUrl,
      await issueKey(client, keyTablesOf(stack.outputs), 'operations'),
    );
    for (let index = 0; index < 6; index++) {
      const { json } = await acme.pay(
        { amount: gross, currency, payment_method: 'tok_approve' },
        wait,
      );
      payments.push((await acme.settled(json.id)).id);
    }
    const refund = await acme.post<{ id: string }>(
      `/payments/${payments[0]}/refunds`,
      { amount: 3_000 },
      wait,
    );
    refunded = refund.json.id;
    const charge = (index: number) => operationId(payments[index] ?? '', 'charge');
    const file = await simulated<{ lines: number; faults: unknown[] }>('/settlements', {
      operation_id: randomUUID(),
      currencies: [currency],
      faults: [
        { kind: 'missing_line', operation_id: charge(2) },
        { kind: 'wrong_amount', operation_id: charge(3) },
        { kind: 'wrong_currency', operation_id: charge(4) },
        { kind: 'duplicate_line', operation_id: charge(5) },
        { kind: 'extra_line' },
      ],
    });
    expect(file).toMatchObject({ lines: 8 });
    expect(file.faults).toHaveLength(5);
    runs = await reconcileNow();
  });

  it('has each break found, and none invented', async () => {
    const found = await until('the breaks in their list', async () => {
      const own = await ownBreaks(acme);
      return own.length >= 4 ? own : null;
    });
    expect(
      found.map(({ kind, payment_id }) => `${kind} ${payments.indexOf(payment_id ?? '')}`).sort(),
    ).toEqual(['duplicate_line 5', 'missing_line 2', 'wrong_amount 3', 'wrong_currency 4']);
    const [wrong] = found.filter(({ kind }) => kind === 'wrong_amount');
    expect(wrong).toMatchObject({
      status: 'open',
      ours: { amount: gross, currency },
      resolution: null,
    });
    expect(wrong?.theirs?.amount).not.toBe(gross);
    const all = await ownBreaks(operations);
    expect(all.map(({ kind }) => kind).sort()).toEqual([
      'duplicate_line',
      'extra_line',
      'missing_line',
      'wrong_amount',
      'wrong_currency',
    ]);
  });

  it('posts what matches, once, and makes it available', async () => {
    // Payments 0, 1 and 5, and the refund of 0.
    await balanceIs('bank', 3 * (gross - pspFee) - 3_000);
    await balanceIs('psp_fees', 3 * pspFee);
    await balanceIs('merchant_available', 3 * (gross - fee) - 3_000);
    await balanceIs('psp_receivable', 3 * gross);
    expect(refunded).not.toBe('');
    expect(runs.flatMap(({ figures }) => figures.lines)).toContain(8);
    expect(await reconcileNow()).toEqual([]);
  });

  it('has its breaks resolved by an operator, with a reason, once', async () => {
    const [open] = (await ownBreaks(acme)).filter(({ kind }) => kind === 'wrong_amount');
    const resolve = (reason: string, by = operations) =>
      by.post<ReconciliationBreakResource>(`/reconciliation/breaks/${open?.id}/resolve`, {
        reason,
      });
    expect((await resolve('we would rather not', acme)).status).toBe(403);
    const { status, json } = await resolve('the PSP corrected it');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      status: 'resolved',
      resolution: { reason: 'the PSP corrected it' },
    });
    expect((await resolve('the PSP corrected it')).status).toBe(200);
    expect((await resolve('something else')).status).toBe(409);
    const globex = apiClient(stack.apiUrl, tenantOf(1).apiKey);
    expect((await globex.get(`/reconciliation/breaks/${open?.id}`)).status).toBe(404);
  });

  it('is in a statement whose balances run', async () => {
    const { json } = await acme.get<{
      opening: { posted: number };
      closing: { posted: number };
      data: { balance: number }[];
    }>(`/ledger/accounts/merchant_available.${currency}/statement?limit=100`);
    expect(json.opening.posted).toBe(0);
    expect(json.data.at(-1)?.balance).toBe(json.closing.posted);
    expect(json.closing.posted).toBe(3 * (gross - fee) - 3_000);
  });
});

describe('a payout', () => {
  const available = async () =>
    (await acme.account(`merchant_available.${currency}`)).json.available ?? 0;
  const payOut = (amount: number, destination: string) =>
    acme.post<PayoutResource>('/payouts', { amount, currency, destination }, wait);
  const ended = (id: string) =>
    until(`the end of payout ${id}`, async () => {
      const { json } = await acme.get<PayoutResource>(`/payouts/${id}`);
      return json.status === 'paid' || json.status === 'failed' ? json : null;
    });

  it('arrives, and leaves the bank', async () => {
    const before = await available();
    const { json } = await payOut(10_000, 'ba_approve');
    expect(await ended(json.id)).toMatchObject({ status: 'paid', failure: null });
    expect(await available()).toBe(before - 10_000);
    await balanceIs('payout_in_transit', 0);
  });

  it('that comes back makes its amount available again', async () => {
    const before = await available();
    const { json } = await payOut(1_000, 'ba_return');
    expect(await ended(json.id)).toMatchObject({
      status: 'failed',
      failure: { code: 'account_closed' },
    });
    expect(await available()).toBe(before);
  });

  it('never takes more than is available, however many race', async () => {
    const amount = await available();
    const made = await Promise.all([1, 2, 3].map(() => payOut(amount, 'ba_hold')));
    const codes = await Promise.all(
      made.map(async ({ json }) => {
        const { json: now } = await acme.get<PayoutResource>(`/payouts/${json.id}`);
        return now.failure?.code ?? now.status;
      }),
    );
    expect(codes.sort()).toEqual(['in_transit', 'insufficient_funds', 'insufficient_funds']);
    expect(await available()).toBe(0);
    const [open] = made.filter(({ json }) => json.status === 'in_transit');
    expect(open?.json.amount).toBe(amount);
  });

  it('leaves nothing to convert', async () => {
    const none = await acme.post('/conversions', { amount: 1, from: currency, to: 'USD' });
    expect(none.json).toMatchObject({ status: 409, code: 'insufficient_funds' });
  });

  it('leaves books that an audit finds clean', async () => {
    expect((await verify()).differences).toEqual([]);
  });
});
