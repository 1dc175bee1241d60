import { beforeAll, describe, expect, it } from 'vitest';
import type { RefundResource } from '../../../shared/contracts/operations/operations.ts';
import { apiClient, type ListBody } from '../../support/deployed/api.ts';
import { stack, tenantOf } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);
const globex = apiClient(stack.apiUrl, tenantOf(1).apiKey);

/** No other test pays in it. */
const currency = 'COP';
const wait = { prefer: 'wait=10' };

interface Tally {
  readonly count: number;
  readonly amount: number;
}
type Name = 'accepted' | 'authorized' | 'captured' | 'fees' | 'refunded' | 'failed' | 'canceled';
type Day = { readonly day: string; readonly currency: string } & Readonly<Record<Name, Tally>>;
interface Balances {
  readonly as_of: string | null;
  readonly data: readonly {
    readonly day: string;
    readonly merchant_payable: { readonly posted: number; readonly pending: number };
  }[];
}

// The test may begin before midnight and end after it.
const from = new Date(Date.now() - 24 * 60 * 60 * 1_000).toISOString().slice(0, 10);

const daysOf = async (api: typeof acme) =>
  (await api.get<ListBody<Day>>(`/reports/daily-totals?currency=${currency}&from=${from}`)).json;

async function totals(api = acme): Promise<Record<Name, Tally>> {
  const { data } = await daysOf(api);
  const of = (name: Name) => ({
    count: data.reduce((sum, day) => sum + day[name].count, 0),
    amount: data.reduce((sum, day) => sum + day[name].amount, 0),
  });
  return {
    accepted: of('accepted'),
    authorized: of('authorized'),
    captured: of('captured'),
    fees: of('fees'),
    refunded: of('refunded'),
    failed: of('failed'),
    canceled: of('canceled'),
  };
}

async function pay(amount: number, more: object = {}) {
  const { json } = await acme.pay(
    { amount, currency, payment_method: 'tok_approve', ...more },
    wait,
  );
  return acme.settled(json.id);
}

describe('the reports of a deployed stage', () => {
  let before: Awaited<ReturnType<typeof totals>>;
  let after: Awaited<ReturnType<typeof totals>>;

  beforeAll(async () => {
    before = await totals();
    const [one] = [await pay(70_000), await pay(30_000)];
    await pay(5_000, { payment_method: 'tok_decline_lost_card' });
    const held = await pay(20_000, { capture_method: 'manual' });
    await acme.post(`/payments/${held.id}/cancel`, {}, wait);
    const refund = await acme.post<RefundResource>(
      `/payments/${one.id}/refunds`,
      { amount: 12_345 },
      wait,
    );
    expect([refund.status, refund.json.status]).toEqual([200, 'succeeded']);
    after = await until('all of it in the totals', async () => {
      const now = await totals();
      const isThere =
        now.refunded.count > before.refunded.count &&
        now.captured.count >= before.captured.count + 2 &&
        now.canceled.count > before.canceled.count &&
        now.failed.count > before.failed.count;
      return isThere ? now : null;
    });
  });

  const gained = (name: Name): Tally => ({
    count: after[name].count - before[name].count,
    amount: after[name].amount - before[name].amount,
  });

  it('count each payment once in the totals of its day', async () => {
    expect(gained('accepted')).toEqual({ count: 4, amount: 125_000 });
    expect(gained('authorized')).toEqual({ count: 1, amount: 20_000 });
    expect(gained('captured')).toEqual({ count: 2, amount: 100_000 });
    expect(gained('refunded')).toEqual({ count: 1, amount: 12_345 });
    expect(gained('failed')).toEqual({ count: 1, amount: 5_000 });
    expect(gained('canceled')).toEqual({ count: 1, amount: 20_000 });
  });

  it('have a day once, of the currency alone that was asked for', async () => {
    const { data, next_cursor } = await daysOf(acme);
    expect(new Set(data.map(({ day }) => day)).size).toBe(data.length);
    expect(data.every((day) => day.currency === currency)).toBe(true);
    expect(next_cursor).toBeNull();
  });

  it('have the fees that the ledger has', async () => {
    const account = await until('the fees in the balances', async () => {
      const { json } = await acme.account(`fee_revenue.${currency}`);
      return json.balance === after.fees.amount ? json : null;
    });
    expect(account.balance).toBeGreaterThan(0);
  });

  it('end the balances with what the account has', async () => {
    const read = async () =>
      (await acme.get<Balances>(`/reports/balances?currency=${currency}&from=${from}`)).json;
    const due = after.captured.amount - after.fees.amount - after.refunded.amount;
    const { json: account } = await until('the account up to date', async () => {
      const answer = await acme.account(`merchant_payable.${currency}`);
      return answer.json.balance === due ? answer : null;
    });
    const { data, as_of } = await read();
    expect(data.at(-1)?.merchant_payable).toEqual({ posted: account.balance, pending: 0 });
    expect(as_of).toBe(account.as_of);
  });

  it('have nothing of another tenant', async () => {
    expect((await daysOf(globex)).data).toEqual([]);
    const { json } = await globex.get<Balances>(`/reports/balances?currency=${currency}`);
    expect(json.as_of).toBeNull();
  });
});
