import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { operationId } from '../../shared/domain/ids.ts';
import { apiClient } from '../support/deployed/api.ts';
import { stack, tenantOf } from '../support/deployed/stack.ts';
import { until } from '../support/deployed/until.ts';

const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);
const globex = apiClient(stack.apiUrl, tenantOf(1).apiKey);
const eur = { amount: 10_000, currency: 'EUR', payment_method: 'tok_approve' };

async function simulated(path: string) {
  return (await fetch(`${stack.simulatorUrl}${path}`)).json() as Promise<Record<string, unknown>>;
}

describe('a payment over HTTP', () => {
  it('is taken at once, and captured', async () => {
    const taken = await acme.pay({
      ...eur,
      merchant_reference: randomUUID(),
      metadata: { order: 'A 1' },
    });
    expect(taken.status).toBe(202);
    expect(taken.headers.get('location')).toBe(`payments/${taken.json.id}`);
    expect(taken.json).toMatchObject({
      object: 'payment',
      status: 'processing',
      amount: 10_000,
      currency: 'EUR',
      metadata: { order: 'A 1' },
      version: 1,
    });
    const payment = await acme.settled(taken.json.id);
    expect(payment).toMatchObject({ status: 'captured', amount_captured: 10_000, failure: null });
    const events = await acme.events(payment.id);
    expect(events.map(({ type }) => type)).toEqual([
      'payment.accepted',
      'payment.reserved',
      'payment.captured',
    ]);
    expect(events.at(-1)?.data.payment).toEqual(payment);
    expect(await simulated(`/operations/${operationId(payment.id, 'charge')}`)).toMatchObject({
      effects: 1,
    });
  });

  it('answers with the outcome when the client prefers to wait', async () => {
    const taken = await acme.pay(eur, { prefer: 'wait=10' });
    expect(taken.status).toBe(200);
    expect(taken.json.status).toBe('captured');
    expect(taken.headers.get('preference-applied')).toBe('wait=10');
  });

  it('stays authorized, with its hold, when the capture is manual', async () => {
    const taken = await acme.pay(
      { ...eur, currency: 'CHF', capture_method: 'manual' },
      { prefer: 'wait=10' },
    );
    expect(taken.json).toMatchObject({
      status: 'authorized',
      amount_authorized: 10_000,
      amount_captured: 0,
    });
    const held = await until('the hold in the ledger', async () => {
      const { status, json } = await acme.account('merchant_payable.CHF');
      return status === 200 ? json : null;
    });
    expect(held).toMatchObject({ credits_pending: 10_000, credits_posted: 0, balance: 0 });
  });

  it('has its version as its ETag', async () => {
    const { json } = await acme.pay(eur, { prefer: 'wait=10' });
    const read = await acme.payment(json.id);
    expect(read.headers.get('etag')).toBe(`"${read.json.version}"`);
    const again = await acme.get(`/payments/${json.id}`, {
      'if-none-match': `"${read.json.version}"`,
    });
    expect(again.status).toBe(304);
  });

  it('comes into the list, newest first, page by page, by status', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      ids.push((await globex.pay(eur, { prefer: 'wait=10' })).json.id);
    }
    type Page = { data: { id: string; status: string }[]; next_cursor: string | null };
    const listed = await until('the list to have them', async () => {
      const { json } = await globex.get<Page>('/payments?limit=100&status=captured');
      return ids.every((id) => json.data.some((row) => row.id === id)) ? json.data : null;
    });
    const newest = listed.filter(({ id }) => ids.includes(id)).map(({ id }) => id);
    expect(newest).toEqual([...ids].reverse());
    const first = (await globex.get<Page>('/payments?limit=2')).json;
    expect(first.data).toHaveLength(2);
    const second = (await globex.get<Page>(`/payments?limit=2&cursor=${first.next_cursor}`)).json;
    expect(second.data[0]?.id).toBe(ids[0]);
  });
});

describe('idempotency', () => {
  it('gives the first answer again, byte for byte, also after the end', async () => {
    const key = randomUUID();
    const first = await acme.pay(eur, { key });
    await acme.settled(first.json.id);
    const again = await acme.pay(
      { payment_method: 'tok_approve', currency: 'EUR', amount: 10_000 },
      { key },
    );
    expect(again.status).toBe(202);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it('makes one payment of ten requests at once, with ten equal answers', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => acme.pay(eur, { key })));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(202));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => !headers.get('idempotent-replayed'))).toHaveLength(1);
    const payment = await acme.settled(answers[0]?.json.id ?? '');
    expect(await acme.events(payment.id)).toHaveLength(3);
    expect(await simulated(`/operations/${operationId(payment.id, 'charge')}`)).toMatchObject({
      effects: 1,
    });
  });

  it('refuses another body under the key, and changes nothing', async () => {
    const key = randomUUID();
    const first = await acme.pay(eur, { key });
    const other = await acme.pay({ ...eur, amount: 10_001 }, { key });
    expect(other.status).toBe(422);
    expect(other.json.code).toBe('idempotency_key_reused');
    expect((await acme.settled(first.json.id)).amount).toBe(10_000);
  });

  it('is per tenant', async () => {
    const key = randomUUID();
    const [mine, theirs] = await Promise.all([acme.pay(eur, { key }), globex.pay(eur, { key })]);
    expect(theirs.status).toBe(202);
    expect(theirs.json.id).not.toBe(mine.json.id);
  });

  it('refuses a second payment for one merchant reference, and names the first', async () => {
    const merchant_reference = randomUUID();
    const first = await acme.pay({ ...eur, merchant_reference });
    const second = await acme.pay({ ...eur, merchant_reference });
    expect(second.status).toBe(409);
    expect(second.json).toMatchObject({
      code: 'merchant_reference_taken',
      payment_id: first.json.id,
    });
    expect((await globex.pay({ ...eur, merchant_reference })).status).toBe(202);
  });
});

describe('what the PSP does', () => {
  it.each([
    ['tok_decline_insufficient_funds', 'insufficient_funds'],
    ['tok_decline_lost_card', 'lost_card'],
    ['tok_decline_do_not_honor', 'do_not_honor'],
    ['tok_busy_always', 'provider_unavailable'],
    ['tok_amount_mismatch', 'provider_mismatch'],
    ['tok_blocked_by_risk', 'risk_refused'],
  ])('%s ends failed with %s, nothing pending, nothing posted', async (payment_method, code) => {
    const before = await acme.account('merchant_payable.NOK');
    const { json } = await acme.pay({ amount: 5_000, currency: 'NOK', payment_method });
    const payment = await acme.settled(json.id);
    expect(payment).toMatchObject({ status: 'failed', amount_captured: 0, failure: { code } });
    const types = (await acme.events(payment.id)).map(({ type }) => type);
    if (types.includes('payment.reserved')) {
      expect(types).toContain('payment.reservation_released');
      const after = await until('the release in the ledger', async () => {
        const { json: account, status } = await acme.account('merchant_payable.NOK');
        return status === 200 && account.credits_pending === 0 ? account : null;
      });
      expect(after.balance).toBe(before.status === 200 ? before.json.balance : 0);
    }
  });

  it.each([
    ['tok_slow', '', 'simulator'],
    // Refused by the first PSP for sure: the second one of the route is asked.
    ['tok_busy_once', '/b', 'simulator-b'],
    ['tok_busy_at_first_psp', '/b', 'simulator-b'],
  ])('%s is captured all the same, by one PSP alone', async (payment_method, path, provider) => {
    const { json } = await acme.pay({ ...eur, payment_method });
    expect((await acme.settled(json.id)).status).toBe('captured');
    const effects = await Promise.all(
      ['', '/b'].map((psp) => simulated(`${psp}/operations/${operationId(json.id, 'charge')}`)),
    );
    expect(effects).toMatchObject(['', '/b'].map((psp) => ({ effects: psp === path ? 1 : 0 })));
    expect((await acme.events(json.id)).at(-1)?.data).toMatchObject({ provider });
  });

  it('an unknown outcome stays processing, says so, keeps its hold, and is asked for once', async () => {
    const { json } = await acme.pay({
      amount: 7_000,
      currency: 'SEK',
      payment_method: 'tok_timeout_never_arrived',
    });
    const events = await until('the outcome on record', async () => {
      const all = await acme.events(json.id);
      return all.at(-1)?.type === 'payment.outcome_unknown' ? all : null;
    });
    expect(events.map(({ type }) => type)).toEqual([
      'payment.accepted',
      'payment.reserved',
      'payment.outcome_unknown',
    ]);
    expect((await acme.payment(json.id)).json).toMatchObject({
      status: 'processing',
      failure: null,
    });
    const account = await until('the hold in the ledger', async () => {
      const { status, json: found } = await acme.account('merchant_payable.SEK');
      return status === 200 ? found : null;
    });
    expect(account.credits_pending).toBe(7_000);
    expect(await simulated(`/operations/${operationId(json.id, 'charge')}`)).toMatchObject({
      effects: 0,
    });
  });
});
