import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import {
  aCharge,
  anAuthorized,
  anIntent,
  aRefund,
  ids,
  marked,
} from '../../../test/support/psp/stripe.ts';
import { ProviderNotice } from '../../contracts/events/notices.ts';
import { InvalidSignature } from '../../ports/webhooks/notice-verifier.ts';
import { stripeNotices } from './notices.ts';

const secret = 'secret-of-a-test';
const nowMs = Date.parse('2026-01-01T00:10:00.000Z');
const created = nowMs / 1_000 - 60;

const headersOf = (signature: string | undefined) => ({
  get: (name: string) => (name === 'stripe-signature' ? signature : undefined),
});

function signed(payload: string, { key = secret, atMs = nowMs } = {}) {
  const timestamp = Math.floor(atMs / 1_000);
  return Stripe.webhooks.generateTestHeaderString({ payload, secret: key, timestamp });
}

/** What comes of an event that is signed. */
function notices(type: string, object: unknown, patch: object = {}) {
  const payload = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type,
    created,
    data: { object },
    request: null,
    ...patch,
  });
  const { verify } = { verify: stripeNotices(secret) };
  return verify(headersOf(signed(payload)), Buffer.from(payload), nowMs);
}

const by = (idempotency_key: string) => ({ request: { id: 'req_1', idempotency_key } });
const unexpanded = { latest_charge: 'ch_1' };

/** The one notice that comes of an event; it keeps to the contract. */
function notice(...event: Parameters<typeof notices>) {
  const [only, ...others] = notices(...event);
  expect(others).toEqual([]);
  return ProviderNotice.parse(only);
}

describe('what Stripe has signed', () => {
  const body = '{"id":"evt_1"}';
  const verify = (signature: string | undefined, bytes = body) =>
    stripeNotices(secret)(headersOf(signature), Buffer.from(bytes), nowMs);

  it.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['is no signature', 'v1=abc'],
    ['is of another key', signed(body, { key: 'another' })],
    ['is of another body', signed(`${body} `)],
    ['is older than five minutes', signed(body, { atMs: nowMs - 301_000 })],
    ['is ahead by more than five minutes', signed(body, { atMs: nowMs + 301_000 })],
    ['has its time changed', signed(body).replace(/t=\d+/, `t=${created}`)],
  ])('is refused when its signature %s', (_name, signature) => {
    expect(() => verify(signature)).toThrow(InvalidSignature);
  });

  it('says why it is refused, and nothing of what was sent', () => {
    for (const signature of [undefined, 'v1=abc', signed(body, { key: 'another' })]) {
      const refusal = (() => {
        try {
          return verify(signature);
        } catch (error) {
          return error;
        }
      })() as InvalidSignature;
      expect(refusal.message).toMatch(/^[A-Z][A-Za-z -]+$/);
    }
  });

  it('is taken up to five minutes later, by the time that it is given', () => {
    const event = JSON.stringify({ id: 'e', type: 'x', created, data: { object: {} } });
    const old = signed(event, { atMs: nowMs - 300_000 });
    expect(verify(old, event)).toEqual([]);
  });

  it.each(['not JSON', '[]', 'null', '{"id":"evt_1"}', '{"object":"v2.core.event"}'])(
    'is for a person when it makes no sense: %s',
    (text) => {
      expect(verify(signed(text), text)).toEqual([text]);
    },
  );
});

describe('what Stripe tells of a charge', () => {
  const result = {
    reference: ids.payment,
    operation_id: ids.charge,
    provider_reference: 'pi_1',
    amount: 10_000,
    currency: 'EUR',
  };
  const told = { id: 'evt_1', provider: 'stripe', time: '2026-01-01T00:09:00.000Z', data: result };

  it.each([
    ['payment_intent.succeeded', anIntent(unexpanded), by(ids.charge), 'charge.approved'],
    ['payment_intent.succeeded', anIntent(unexpanded), {}, 'charge.approved'],
    [
      'payment_intent.amount_capturable_updated',
      anAuthorized(unexpanded),
      by(ids.charge),
      'charge.approved',
    ],
    ['payment_intent.amount_capturable_updated', anAuthorized(unexpanded), {}, 'charge.approved'],
    [
      'payment_intent.payment_failed',
      anIntent({ status: 'requires_payment_method', amount_received: 0, ...unexpanded }),
      by(ids.charge),
      'charge.declined',
    ],
  ])('%s', (type, intent, request, ours) => {
    expect(notice(type, intent, request)).toEqual({ ...told, type: ours });
  });

  it('goes by Stripe’s unit of the currency', () => {
    const isk = anIntent({ currency: 'isk', amount: 500, amount_received: 500, ...unexpanded });
    expect(notice('payment_intent.succeeded', isk).data).toMatchObject({
      amount: 5,
      currency: 'ISK',
    });
  });
});

describe('what Stripe tells of an operation', () => {
  const result = (amount: number | null) => ({
    reference: ids.payment,
    operation_id: ids.operation,
    provider_reference: 'pi_1',
    amount,
    currency: 'EUR',
  });
  const open = anAuthorized(unexpanded);
  const mark = (text: string) => marked({ [ids.operation]: text });

  it.each([
    [
      'a last capture',
      'payment_intent.succeeded',
      { ...open, status: 'succeeded', ...mark('capture 6000') },
      by(ids.operation),
      6_000,
    ],
    [
      'a capture of a part',
      'payment_intent.amount_capturable_updated',
      { ...open, ...mark('capture 4000') },
      by(ids.operation),
      4_000,
    ],
    [
      'a release of the rest',
      'payment_intent.succeeded',
      { ...open, status: 'succeeded', ...mark('void 0') },
      by(ids.operation),
      null,
    ],
    ['a void', 'payment_intent.canceled', { ...open, status: 'canceled' }, by(ids.operation), null],
    ['a refund', 'refund.created', aRefund({ charge: 'ch_1' }), {}, 10_000],
    ['a refund', 'refund.updated', aRefund({ charge: 'ch_1' }), {}, 10_000],
  ])('%s that succeeded, by %s', (_name, type, object, request, amount) => {
    expect(notice(type, object, request)).toMatchObject({
      type: 'operation.succeeded',
      data: result(amount),
    });
  });

  it.each([
    ['refund.failed', 'failed'],
    ['refund.updated', 'failed'],
    ['refund.updated', 'canceled'],
  ])('a refund that had no effect, by %s: %s', (type, status) => {
    expect(notice(type, aRefund({ status, charge: 'ch_1' }))).toMatchObject({
      type: 'operation.declined',
      data: result(10_000),
    });
  });
});

describe('what Stripe tells of a dispute', () => {
  const taken = { amount: -10_000, fee: 1_500, currency: 'eur' };
  const dispute = (patch: object = {}) => ({
    id: 'du_1',
    object: 'dispute',
    amount: 10_000,
    currency: 'eur',
    status: 'needs_response',
    reason: 'fraudulent',
    payment_intent: 'pi_1',
    charge: 'ch_1',
    balance_transactions: [taken],
    ...patch,
  });
  const data = {
    dispute_id: 'du_1',
    reference: null,
    provider_reference: 'pi_1',
    amount: 10_000,
    fee: 1_500,
    currency: 'EUR',
    reason: 'fraudulent',
  };

  it.each([
    ['charge.dispute.created', 'needs_response', 'dispute.opened'],
    ['charge.dispute.funds_withdrawn', 'under_review', 'dispute.opened'],
    ['charge.dispute.closed', 'won', 'dispute.won'],
    ['charge.dispute.closed', 'lost', 'dispute.lost'],
  ])('%s, %s', (event, status, type) => {
    expect(notices(event, dispute({ status }))).toEqual([
      { id: 'evt_1', provider: 'stripe', time: '2026-01-01T00:09:00.000Z', type, data },
    ]);
  });

  it('has the fee of what was taken, whatever came back', () => {
    const back = { amount: 10_000, fee: -1_500, currency: 'eur' };
    const won = dispute({ status: 'won', balance_transactions: [back, taken] });
    expect(notices('charge.dispute.closed', won)).toMatchObject([{ data: { fee: 1_500 } }]);
  });

  it('has no fee where Stripe takes it in another currency', () => {
    const inUsd = dispute({ balance_transactions: [{ ...taken, currency: 'usd' }] });
    expect(notices('charge.dispute.created', inUsd)).toMatchObject([{ data: { fee: 0 } }]);
  });

  it.each([
    ['charge.dispute.created', 'warning_needs_response', []],
    ['charge.dispute.closed', 'warning_closed', [taken]],
    ['charge.dispute.created', 'needs_response', []],
  ])('%s, %s: nothing while no money is taken', (event, status, balance_transactions) => {
    expect(notices(event, dispute({ status, balance_transactions }))).toEqual([]);
  });
});

it.each(['payment_intent.succeeded', 'refund.created', 'charge.dispute.closed'])(
  'what Stripe tells in a form that we cannot read is for a person, without what it holds: %s',
  (type) => {
    expect(notices(type, { id: 'x', customer: 'somebody' })).toEqual([
      { id: 'evt_1', provider: 'stripe', type, unreadable: true },
    ]);
  },
);

describe('what we need not know', () => {
  const { metadata: _, ...others } = anIntent(unexpanded);
  it.each([
    ['of an event that we do not read', 'payout.paid', anIntent(), {}],
    ['of a name of every object', 'toString', anIntent(), {}],
    ['of an intent of others', 'payment_intent.succeeded', { ...others, metadata: {} }, {}],
    [
      'of an intent with half of our ids',
      'payment_intent.succeeded',
      { ...others, metadata: { paysaga_payment: ids.payment } },
      {},
    ],
    ['of a refund of others', 'refund.created', aRefund({ metadata: {} }), {}],
    ['of a refund that is pending', 'refund.created', aRefund({ status: 'pending' }), {}],
    ['of an end that nobody asked for', 'payment_intent.canceled', anAuthorized(unexpanded), {}],
    [
      'of a capture by somebody else',
      'payment_intent.succeeded',
      anAuthorized({ status: 'succeeded', ...unexpanded }),
      by('by-hand'),
    ],
    ['of a charge', 'charge.refunded', aCharge(), {}],
  ])('is nothing: %s', (_name, type, object, request) => {
    expect(notices(type, object, request)).toEqual([]);
  });
});
