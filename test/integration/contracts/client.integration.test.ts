import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answerOf, isProblem, type Payment, Paysaga } from '../../../client/src/index.ts';
import { documentClient } from '../../support/api/document-call.ts';
import { stack, tenantOf } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

const { apiKey } = tenantOf(0);
const client = new Paysaga({ baseUrl: stack.apiUrl, apiKey });
/** A currency of its own, so that nobody else’s payments are among these. */
const body = { amount: 2_500, currency: 'BRL', payment_method: 'tok_approve' } as const;

describe('the client, over HTTP', () => {
  it('pays, waits, refunds, and finds all of it again', async () => {
    const merchantReference = randomUUID();
    const captured = await client.payments.waitUntilFinal({
      ...body,
      merchant_reference: merchantReference,
    });
    expect(captured).toMatchObject({ status: 'captured', amount_captured: 2_500 });

    const refund = await client.payments.refund(captured.id, { amount: 500 }, { waitSeconds: 10 });
    expect(refund).toMatchObject({ object: 'refund', status: 'succeeded', amount: 500 });
    const read = await client.payments.get(captured.id);
    expect(read).toMatchObject({ amount_refunded: 500 });
    expect(answerOf(read)).toMatchObject({ status: 200, etag: `"${read.version}"` });

    const types: string[] = [];
    for await (const { type } of client.payments.events(captured.id, { limit: 2 })) {
      types.push(type);
    }
    expect(types[0]).toBe('payment.accepted');
    expect(types).toContain('payment.refunded');

    // The list follows within moments.
    const listed = await until<Payment>('the payment in the list', async () => {
      for await (const payment of client.payments.list({ limit: 2 }, { most: 200 })) {
        if (payment.id === captured.id) {
          return payment;
        }
      }
      return null;
    });
    expect(listed.merchant_reference).toBe(merchantReference);
  });

  it('gets the first answer again for a key, and is refused for another body', async () => {
    const idempotencyKey = randomUUID();
    const first = await client.payments.create(body, { idempotencyKey });
    const again = await client.payments.create(body, { idempotencyKey });
    expect(again).toEqual(first);
    expect([answerOf(first)?.replayed, answerOf(again)?.replayed]).toEqual([false, true]);
    const reused = await client.payments
      .create({ ...body, amount: 1 }, { idempotencyKey })
      .catch((error: unknown) => error);
    expect(isProblem(reused, 'idempotency_key_reused') && reused.requestId).toBeTruthy();
  });
});

describe('a call written only from docs/openapi.json', () => {
  const document = JSON.parse(
    readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'),
  );
  const call = documentClient(document, { fetch, baseUrl: stack.apiUrl, apiKey });

  it('is answered as the document says', async () => {
    const made = await call('createPayment', {
      body: { ...body, capture_method: 'automatic', merchant_reference: randomUUID() },
      parameters: { Prefer: 'wait=10' },
    });
    expect([made.status, made.json.status]).toEqual([200, 'captured']);
    const parameters = { payment_id: String(made.json.id) };
    const calls = ['getPayment', 'listPaymentEvents', 'listRefunds', 'listCaptures'];
    for (const operation of calls) {
      expect(await call(operation, { parameters })).toMatchObject({ status: 200 });
    }
    for (const operation of [
      'listPayments',
      'listLedgerAccounts',
      'getTrialBalance',
      'getHealth',
    ]) {
      expect(await call(operation)).toMatchObject({ status: 200 });
    }
    const refund = await call('refundPayment', { parameters, body: { amount: 2_501 } });
    expect([refund.status, refund.json.code]).toEqual([409, 'amount_too_large']);
    const stranger = await call('getPayment', { parameters: { payment_id: randomUUID() } });
    expect([stranger.status, stranger.json.code]).toEqual([404, 'not_found']);
  });
});
