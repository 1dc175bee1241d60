import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { json } from '../../../../test/support/psp/scripted-psp.ts';
import {
  aCaptured,
  anAuthorized,
  anIntent,
  anOperation,
  done,
  ids,
  marked,
  rejected,
  scriptedStripe,
  stripeError,
  unknown,
} from '../../../../test/support/psp/stripe.ts';

let stripe: Awaited<ReturnType<typeof scriptedStripe>>;
beforeAll(async () => {
  stripe = await scriptedStripe();
});
afterAll(() => stripe.close());

const captureRequest = { ...anOperation, amountMinor: 10_000, currency: 'EUR', final: true };

describe('a capture', () => {
  const capture = (patch: Partial<typeof captureRequest> = {}) =>
    stripe.provider().capture({ ...captureRequest, ...patch });

  it.each([
    ['is done', aCaptured(), done],
    [
      'is under another amount there',
      aCaptured(9_999),
      unknown('the operation is on record as another one'),
    ],
  ])('that %s is not sent again', async (_name, intent, outcome) => {
    stripe.answerInTurn(json(200, intent));
    expect(await capture()).toEqual(outcome);
    expect(stripe.received).toHaveLength(1);
  });

  it.each([
    ['is captured', anIntent(), rejected('payment_intent_unexpected_state')],
    [
      'was let go of at its end',
      anAuthorized({ status: 'canceled', cancellation_reason: 'automatic' }),
      rejected('charge_expired_for_capture', 'authorization_expired'),
    ],
    [
      'was canceled',
      anAuthorized({ status: 'canceled', cancellation_reason: 'requested_by_customer' }),
      rejected('payment_intent_unexpected_state'),
    ],
    ['is in another currency', anAuthorized({ currency: 'usd' }), rejected('currency_mismatch')],
  ])('of what %s is declined, and not sent', async (_name, intent, outcome) => {
    stripe.answerInTurn(json(200, intent));
    expect(await capture()).toEqual(outcome);
    expect(stripe.received).toHaveLength(1);
  });

  it.each(['charge_expired_for_capture', 'capture_charge_authorization_expired'])(
    'is declined when its authorization ends as it comes: %s',
    async (code) => {
      stripe.answerInTurn(
        json(200, anAuthorized()),
        stripeError(400, { type: 'invalid_request_error', code }),
      );
      expect(await capture()).toEqual(rejected(code, 'authorization_expired'));
    },
  );

  it.each([
    ['has not its mark', { metadata: anIntent().metadata }],
    ['has another amount in its mark', marked({ [ids.operation]: 'capture 1' })],
    ['took less', { amount_received: 9_999 }],
    ['keeps something', { amount_capturable: 1 }],
    ['is not closed', { status: 'requires_capture' }],
    ['is another', { id: 'pi_2' }],
    ['is in another currency', { currency: 'usd' }],
  ])('has an unknown outcome when the intent %s', async (_name, patch) => {
    stripe.answerInTurn(json(200, anAuthorized()), json(200, aCaptured(10_000, patch)));
    expect(await capture()).toEqual(unknown('answered 200 with another capture than asked'));
  });

  it('of a part has an unknown outcome when the rest is released', async () => {
    stripe.answerInTurn(json(200, anAuthorized()), json(200, aCaptured(6_000)));
    expect(await capture({ amountMinor: 6_000, final: false })).toMatchObject({ kind: 'unknown' });
  });

  it('is done when another capture came in between', async () => {
    stripe.answerInTurn(
      json(200, anAuthorized()),
      json(
        200,
        aCaptured(3_000, {
          status: 'requires_capture',
          amount_capturable: 0,
          amount_received: 9_000,
        }),
      ),
    );
    expect(await capture({ amountMinor: 3_000, final: false })).toEqual(done);
  });
});
