import { randomUUID } from 'node:crypto';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import type {
  CancellationResource,
  CaptureResource,
  DisputeResource,
  RefundResource,
} from '../../shared/contracts/operations/operations.ts';
import { apiClient, type ListBody } from '../support/deployed/api.ts';
import { awsClientConfig, stack, tenantOf } from '../support/deployed/stack.ts';
import { until } from '../support/deployed/until.ts';

const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);
const globex = apiClient(stack.apiUrl, tenantOf(1).apiKey);
const wait = { prefer: 'wait=10' };

/** A payment of 100.00 that is authorized, or captured. */
async function aPayment(
  capture_method: 'automatic' | 'manual',
  { currency = 'EUR', payment_method = 'tok_approve' } = {},
) {
  const { json } = await acme.pay(
    { amount: 10_000, currency, payment_method, capture_method },
    wait,
  );
  return acme.settled(json.id);
}

const capture = (id: string, body: unknown, headers: Record<string, string> = wait) =>
  acme.post<CaptureResource>(`/payments/${id}/capture`, body, headers);
const cancel = (id: string, body: unknown = {}, headers: Record<string, string> = wait) =>
  acme.post<CancellationResource>(`/payments/${id}/cancel`, body, headers);
const refund = (id: string, body: unknown, headers: Record<string, string> = wait) =>
  acme.post<RefundResource>(`/payments/${id}/refunds`, body, headers);

async function simulated<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${stack.simulatorUrl}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return (await response.json()) as T;
}

describe('a capture over HTTP', () => {
  it('of all of it ends the payment', async () => {
    const payment = await aPayment('manual');
    const { status, json, headers } = await capture(payment.id, {});
    expect(status).toBe(200);
    expect(json).toMatchObject({
      object: 'capture',
      payment_id: payment.id,
      status: 'succeeded',
      amount: 10_000,
      failure: null,
    });
    const location = new URL(
      headers.get('location') ?? '',
      `${stack.apiUrl}/payments/${payment.id}/capture`,
    );
    expect(location.href).toBe(`${stack.apiUrl}/payments/${payment.id}/captures/${json.id}`);
    expect((await acme.get(`/payments/${payment.id}/captures/${json.id}`)).json).toEqual(json);
    expect((await acme.payment(payment.id)).json).toMatchObject({
      status: 'captured',
      amount_captured: 10_000,
    });
    expect(await simulated(`/operations/${json.id}`)).toMatchObject({ effects: 1 });
  });

  it('in parts holds the rest anew, until a final one releases it', async () => {
    const payment = await aPayment('manual', { currency: 'RON' });
    expect((await capture(payment.id, { amount: 4_000 })).json.status).toBe('succeeded');
    expect((await acme.payment(payment.id)).json).toMatchObject({
      status: 'partially_captured',
      amount_captured: 4_000,
    });
    await until('the hold of the rest', async () => {
      const { json } = await acme.account('merchant_payable.RON');
      return json.credits_pending === 6_000 && json.credits_posted === 4_000 ? true : null;
    });
    const last = await capture(payment.id, { amount: 5_000, final: true });
    expect(last.json).toMatchObject({ status: 'succeeded', final: true });
    expect((await acme.payment(payment.id)).json).toMatchObject({
      status: 'captured',
      amount_captured: 9_000,
    });
    await until('the release', async () => {
      const { json } = await acme.account('merchant_payable.RON');
      return json.credits_pending === 0 && json.credits_posted === 9_000 ? true : null;
    });
    const { json: fees } = await acme.account('fee_revenue.RON');
    expect(fees.balance).toBe(261);
    const { json: list } = await acme.get<ListBody<CaptureResource>>(
      `/payments/${payment.id}/captures`,
    );
    expect(list.data.map(({ amount }) => amount)).toEqual([4_000, 5_000]);
  });

  it('of more than is left is refused, and says how much there is', async () => {
    const payment = await aPayment('manual');
    await capture(payment.id, { amount: 9_000 });
    const { status, json } = await capture(payment.id, { amount: 1_001 });
    expect(status).toBe(409);
    expect(json).toMatchObject({ code: 'amount_too_large', available: 1_000 });
  });

  it('that the PSP declines leaves the payment authorized', async () => {
    const payment = await aPayment('manual', { payment_method: 'tok_capture_declined' });
    const { json } = await capture(payment.id, {});
    expect(json.status).toBe('failed');
    expect(json.failure).not.toBeNull();
    expect((await acme.payment(payment.id)).json).toMatchObject({
      status: 'authorized',
      amount_captured: 0,
    });
  });

  it('is one of ten equal requests at once, with ten equal answers', async () => {
    const payment = await aPayment('manual');
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => capture(payment.id, { amount: 1_000 }, { key })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(202));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const other = await capture(payment.id, { amount: 1_001 }, { key });
    expect(other.json).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    await until('the capture', async () => {
      const { json } = await acme.payment(payment.id);
      return json.amount_captured === 1_000 ? true : null;
    });
    const again = await capture(payment.id, { amount: 1_000 }, { key });
    expect(again.text).toBe(answers[0]?.text);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });
});

describe('a cancellation over HTTP', () => {
  it('voids at the PSP, and releases the hold', async () => {
    const payment = await aPayment('manual');
    const { status, json } = await cancel(payment.id, { reason: 'sold out' });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      object: 'cancellation',
      status: 'succeeded',
      cause: 'requested',
      reason: 'sold out',
    });
    expect((await acme.payment(payment.id)).json.status).toBe('canceled');
    const events = await acme.events(payment.id);
    expect(events.at(-1)?.type).toBe('payment.canceled');
  });

  it('of what is captured is refused, with the state and what is allowed from it', async () => {
    const payment = await aPayment('automatic');
    const { status, json } = await cancel(payment.id);
    expect(status).toBe(409);
    expect(json).toMatchObject({ code: 'invalid_state', state: 'captured', allowed: ['refund'] });
  });

  it('happens by itself when the authorization is over', async () => {
    const payment = await aPayment('manual', { payment_method: 'tok_short_authorization' });
    const lambda = new LambdaClient(awsClientConfig);
    const expired = await until(
      'the expiry',
      async () => {
        await lambda.send(
          new InvokeCommand({
            FunctionName: 'paysaga-local-payments-sweep',
            Payload: JSON.stringify({ id: randomUUID(), time: new Date().toISOString() }),
          }),
        );
        const { json } = await acme.payment(payment.id);
        return json.status === 'authorized' ? null : json;
      },
      { everyMs: 500 },
    );
    expect(expired.status).toBe('expired');
    const { json } = await acme.get<ListBody<CancellationResource>>(
      `/payments/${payment.id}/cancellations`,
    );
    expect(json.data).toMatchObject([{ status: 'succeeded', cause: 'expired' }]);
  });
});

describe('a refund over HTTP', () => {
  it('of two that race never passes what was captured', async () => {
    const payment = await aPayment('automatic');
    const answers = await Promise.all([
      refund(payment.id, { amount: 6_000 }),
      refund(payment.id, { amount: 6_000 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await acme.payment(payment.id)).json).toMatchObject({
      status: 'captured',
      amount_refunded: 6_000,
    });
    const rest = await refund(payment.id, { reason: 'returned' });
    expect(rest.json).toMatchObject({ status: 'succeeded', amount: 4_000, reason: 'returned' });
    const nothing = await refund(payment.id, {});
    expect(nothing.json).toMatchObject({ code: 'invalid_state', allowed: [] });
  });

  it('that the PSP declines goes back to the merchant', async () => {
    const payment = await aPayment('automatic', {
      currency: 'ISK',
      payment_method: 'tok_refund_declined',
    });
    const { json } = await refund(payment.id, { amount: 1_000 });
    expect(json.status).toBe('failed');
    await until('the ledger to be as before', async () => {
      const [transit, payable] = await Promise.all([
        acme.account('refunds_in_transit.ISK'),
        acme.account('merchant_payable.ISK'),
      ]);
      return transit.json.credits_posted === 1_000 &&
        transit.json.balance === 0 &&
        payable.json.balance === 9_710
        ? true
        : null;
    });
  });

  it('that nobody knows the outcome of stays processing, in transit', async () => {
    const payment = await aPayment('automatic', { payment_method: 'tok_refund_never_answers' });
    const { json } = await refund(payment.id, { amount: 1_000 }, {});
    const events = await until('the outcome on record', async () => {
      const all = await acme.events(payment.id);
      return all.at(-1)?.type === 'payment.outcome_unknown' ? all : null;
    });
    expect(events.at(-1)?.data).toMatchObject({ operation: 'refund', operation_id: json.id });
    expect(
      (await acme.get<RefundResource>(`/payments/${payment.id}/refunds/${json.id}`)).json.status,
    ).toBe('processing');
    const more = await refund(payment.id, { amount: 9_001 });
    expect(more.json).toMatchObject({ code: 'amount_too_large', available: 9_000 });
  });

  it("is not there for another tenant, and neither is its payment's door", async () => {
    const payment = await aPayment('automatic');
    const { json } = await refund(payment.id, { amount: 1_000 });
    const paths = [`/payments/${payment.id}/refunds/${json.id}`, `/payments/${payment.id}/refunds`];
    for (const path of paths) {
      expect((await globex.get(path)).status).toBe(404);
    }
    const asked = await globex.post(`/payments/${payment.id}/refunds`, {});
    expect(asked.status).toBe(404);
  });
});

describe('a dispute', () => {
  it('takes the amount and its fee from the merchant, and gives the amount back when it is won', async () => {
    const payment = await aPayment('automatic', { currency: 'CZK' });
    const captured = (await acme.events(payment.id)).find(
      ({ type }) => type === 'payment.captured',
    );
    const { provider_reference: charge } = (captured?.data ?? {}) as Record<string, unknown>;
    const opened = await simulated<{ id: string }>(`/charges/${charge}/disputes`, {
      operation_id: randomUUID(),
      reason: 'fraudulent',
    });
    const disputes = () => acme.get<ListBody<DisputeResource>>(`/payments/${payment.id}/disputes`);
    await until('the dispute', async () => ((await disputes()).json.data[0] ? true : null));
    await until('the chargeback', async () => {
      const { json } = await acme.account('merchant_payable.CZK');
      return json.balance === 9_710 - 11_500 ? true : null;
    });
    const nothing = await refund(payment.id, { amount: 1 });
    expect(nothing.status).toBe(409);
    await simulated(`/disputes/${opened.id}/close`, { outcome: 'won' });
    await until('the amount back', async () => {
      const { json } = await acme.account('merchant_payable.CZK');
      return json.balance === 9_710 - 1_500 ? true : null;
    });
    expect((await disputes()).json.data).toMatchObject([
      { id: opened.id, status: 'won', amount: 10_000, fee: 1_500, currency: 'CZK' },
    ]);
  });
});
