import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breaksOff, json, text } from '../../../test/support/psp/scripted-psp.ts';
import {
  aCharge,
  anAuthorized,
  anIntent,
  captureBefore,
  chargeRequest,
  ids,
  scriptedStripe,
  stripeError,
} from '../../../test/support/psp/stripe.ts';

let stripe: Awaited<ReturnType<typeof scriptedStripe>>;
beforeAll(async () => {
  stripe = await scriptedStripe();
});
afterAll(() => stripe.close());

const deadlineMs = 250;
const provider = () => stripe.provider({ deadlineMs });
const charge = (patch: Partial<typeof chargeRequest> = {}) =>
  provider().charge({ ...chargeRequest, ...patch });
const approved = {
  kind: 'approved',
  providerReference: 'pi_1',
  amountMinor: 10_000,
  currency: 'EUR',
  captured: true,
  authorizedUntil: null,
};

describe('a charge', () => {
  it('is one request, with its operation id as the idempotency key', async () => {
    stripe.answerInTurn(json(200, anIntent()));
    expect(await charge()).toEqual(approved);
    expect(stripe.received).toHaveLength(1);
    expect(stripe.received[0]).toMatchObject({
      method: 'POST',
      url: '/v1/payment_intents',
      headers: {
        'idempotency-key': ids.charge,
        authorization: 'Bearer rk_of_a_test',
        connection: 'close',
      },
    });
    expect(stripe.form(0)).toEqual({
      amount: '10000',
      currency: 'eur',
      payment_method: 'pm_card_visa',
      'allowed_payment_method_types[0]': 'card',
      capture_method: 'automatic',
      confirm: 'true',
      error_on_requires_action: 'true',
      'metadata[paysaga_payment]': ids.payment,
      'metadata[paysaga_operation]': ids.charge,
      'expand[0]': 'latest_charge',
    });
  });

  it('only authorizes, to be captured in parts where the account may, and says until when', async () => {
    stripe.answerInTurn(json(200, anAuthorized()));
    expect(await charge({ capture: false })).toEqual({
      ...approved,
      captured: false,
      authorizedUntil: captureBefore.ours,
    });
    expect(stripe.form(0)).toMatchObject({
      capture_method: 'manual',
      'payment_method_options[card][request_multicapture]': 'if_available',
    });
  });

  it('tells Stripe nothing of the process that it comes from', async () => {
    stripe.answerInTurn(json(200, anIntent()), json(200, anIntent()));
    await charge();
    await charge();
    expect(stripe.received[1]?.headers).not.toHaveProperty('x-stripe-client-telemetry');
    expect(stripe.received[1]?.headers['x-stripe-client-user-agent']).not.toContain('platform');
  });

  it.each([
    ['over another amount', { amount: 9_999, amount_received: 9_999 }, { amountMinor: 9_999 }],
    ['in another currency', { currency: 'usd' }, { currency: 'USD' }],
    ['in a unit of Stripe’s own', { currency: 'isk' }, { amountMinor: 100, currency: 'ISK' }],
    ['with a charge that is only an id', { latest_charge: 'ch_1' }, {}],
    [
      'with an end of what is captured already',
      {
        latest_charge: aCharge({
          payment_method_details: { card: { capture_before: captureBefore.theirs } },
        }),
      },
      {},
    ],
    ['with a field that is new to us', { fee: 1 }, {}],
  ])('is approved as Stripe says: %s', async (_name, patch, outcome) => {
    stripe.answerInTurn(json(200, anIntent(patch)));
    expect(await charge()).toEqual({ ...approved, ...outcome });
  });

  it.each([
    ['card_declined', 'insufficient_funds', 'insufficient_funds'],
    ['card_declined', 'lost_card', 'lost_card'],
    ['card_declined', 'stolen_card', 'lost_card'],
    ['card_declined', 'pickup_card', 'lost_card'],
    ['card_declined', 'do_not_honor', 'do_not_honor'],
    ['card_declined', 'call_issuer', 'do_not_honor'],
    ['card_declined', 'withdrawal_count_limit_exceeded', 'insufficient_funds'],
    ['card_declined', 'generic_decline', 'declined'],
    ['card_declined', 'fraudulent', 'declined'],
    ['card_declined', 'constructor', 'declined'],
    ['card_declined', undefined, 'declined'],
    ['expired_card', undefined, 'expired_card'],
    ['expired_card', 'expired_card', 'expired_card'],
    ['incorrect_cvc', 'incorrect_cvc', 'declined'],
    ['authentication_required', 'authentication_required', 'authentication_required'],
    ['authentication_required', undefined, 'authentication_required'],
    ['processing_error', 'processing_error', 'declined'],
  ])('is declined with 402 %s %s as %s', async (code, decline_code, ours) => {
    stripe.answerInTurn(stripeError(402, { type: 'card_error', code, decline_code }));
    expect(await charge()).toEqual({ kind: 'declined', code: ours, message: 'No.' });
  });

  it.each([
    [400, { code: 'amount_too_small', param: 'amount' }, 'amount_too_small: amount'],
    [
      400,
      { code: 'resource_missing', param: 'payment_method' },
      'resource_missing: payment_method',
    ],
    [404, { code: 'resource_missing' }, 'resource_missing'],
    [400, {}, 'invalid_request'],
    [400, { code: 'toString' }, 'toString'],
  ])('is rejected with %i %j, in our words', async (status, error, message) => {
    stripe.answerInTurn(
      stripeError(status, {
        type: 'invalid_request_error',
        message: 'The account acct_1 of Example Ltd may not',
        ...error,
      }),
    );
    expect(await charge()).toEqual({ kind: 'declined', code: 'provider_rejected', message });
  });

  it('is rejected when the customer would have to act', async () => {
    const code = 'payment_intent_action_required';
    stripe.answerInTurn(stripeError(400, { type: 'invalid_request_error', code }));
    expect(await charge()).toMatchObject({ kind: 'declined', code: 'authentication_required' });
  });

  it('is rejected here when Stripe has no such amount, and nothing is sent', async () => {
    stripe.answerInTurn();
    expect(await charge({ amountMinor: 5_124, currency: 'KWD' })).toMatchObject({
      kind: 'declined',
      code: 'provider_rejected',
    });
    expect(stripe.received).toEqual([]);
  });

  it.each([
    ['429 rate_limit', stripeError(429, { code: 'rate_limit' }), 'answered 429 rate_limit'],
    ['429 lock_timeout', stripeError(429, { code: 'lock_timeout' }), 'answered 429 lock_timeout'],
    ['429 of a gateway', text(429, '<html>'), 'answered 429'],
    ['429 that breaks off', breaksOff(429, '{'), 'answered 429'],
    [
      '400 rate_limit',
      stripeError(400, { type: 'invalid_request_error', code: 'rate_limit' }),
      'answered 400 rate_limit',
    ],
    [
      '400 lock_timeout',
      stripeError(400, { type: 'invalid_request_error', code: 'lock_timeout' }),
      'answered 400 lock_timeout',
    ],
    [
      'a key that is refused',
      stripeError(401, { type: 'invalid_request_error', message: 'Invalid API Key: rk_of_a_test' }),
      'answered 401',
    ],
    [
      'a key that may not',
      stripeError(403, { code: 'secret_key_required' }),
      'answered 403 secret_key_required',
    ],
  ])('was not processed, and is sent once, after %s', async (_name, script, reason) => {
    stripe.answerInTurn(script);
    expect(await charge()).toEqual({ kind: 'busy', reason });
    expect(stripe.received).toHaveLength(1);
  });

  it('was not processed when nobody listens', async () => {
    const gone = await scriptedStripe();
    await gone.close();
    expect(await gone.provider().charge(chargeRequest)).toEqual({
      kind: 'busy',
      reason: 'not sent: ECONNREFUSED',
    });
  });

  it.each([0, -1, 0.5, Number.NaN])('is not sent with %d ms left', async (leftMs) => {
    stripe.answerInTurn();
    expect(await stripe.provider({ deadlineMs: () => leftMs }).charge(chargeRequest)).toEqual({
      kind: 'busy',
      reason: 'not sent: no time left',
    });
    expect(stripe.received).toEqual([]);
  });

  it('is not sent without a key, and goes with the key of the moment', async () => {
    stripe.answerInTurn(json(200, anIntent()), json(200, anIntent()));
    const keys: (string | Error)[] = [new Error('parameter of the store'), 'rk_first\n', 'rk_next'];
    const { charge } = stripe.provider({
      apiKey: async () => {
        const key = keys.shift();
        if (typeof key !== 'string') {
          throw key;
        }
        return key;
      },
    });
    expect(await charge(chargeRequest)).toEqual({
      kind: 'busy',
      reason: 'not sent: the API key cannot be read',
    });
    await charge(chargeRequest);
    await charge(chargeRequest);
    expect(stripe.received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer rk_first',
      'Bearer rk_next',
    ]);
  });

  it('keeps a long message of Stripe short', async () => {
    stripe.answerInTurn(stripeError(402, { type: 'card_error', message: 'x'.repeat(10_000) }));
    expect(await charge()).toMatchObject({ message: 'x'.repeat(200) });
  });

  it('is approved with an authorization that has no end', async () => {
    stripe.answerInTurn(json(200, anAuthorized({ latest_charge: aCharge() })));
    expect(await charge({ capture: false })).toMatchObject({ authorizedUntil: null });
  });
});

it('is refused at start-up with an address that is none', () => {
  expect(() => stripe.provider({ baseUrl: 'stripe' })).toThrow(/URL/);
});
