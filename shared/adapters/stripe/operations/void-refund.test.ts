import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { json, resets } from '../../../../test/support/psp/scripted-psp.ts';
import {
  aCaptured,
  aCharge,
  aList,
  anAuthorized,
  anIntent,
  anOperation,
  aRefund,
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

describe('a void', () => {
  const run = () => stripe.provider().void(anOperation);

  it.each([
    ['is canceled', anAuthorized({ status: 'canceled', amount_capturable: 0 })],
    ['was released under its id', aCaptured(6_000, marked({ [ids.operation]: 'void 0' }))],
  ])('of what %s is done, and not sent', async (_name, intent) => {
    stripe.answerInTurn(json(200, intent));
    expect(await run()).toEqual(done);
    expect(stripe.received).toHaveLength(1);
  });

  it('of what is captured is declined, and not sent', async () => {
    stripe.answerInTurn(json(200, anIntent()));
    expect(await run()).toEqual(rejected('payment_intent_unexpected_state'));
    expect(stripe.received).toHaveLength(1);
  });

  it.each([
    ['is not canceled', anAuthorized()],
    ['keeps something', anAuthorized({ status: 'canceled', amount_capturable: 1 })],
    ['is another', anAuthorized({ status: 'canceled', amount_capturable: 0, id: 'pi_2' })],
  ])('has an unknown outcome when the intent %s', async (_name, intent) => {
    stripe.answerInTurn(json(200, anAuthorized()), json(200, intent));
    expect(await run()).toEqual(unknown('answered 200 with another void than asked'));
  });
});

describe('a refund', () => {
  const refund = (amountMinor: number | null) =>
    stripe.provider().refund({ ...anOperation, amountMinor });
  const none = json(200, aList([]));
  const listed = (...refunds: readonly object[]) => json(200, aList(refunds));

  it.each([
    ['is of another amount', 1_000, { amount: 999 }, 'the refund is another than asked'],
    [
      'of everything leaves something',
      null,
      { charge: aCharge({ amount_refunded: 9_999 }) },
      'the refund is another than asked',
    ],
    [
      'of everything does not show what is left',
      null,
      { charge: 'ch_1' },
      'the refund is another than asked',
    ],
    ['is pending', 10_000, { status: 'pending' }, 'the refund has not come to its end'],
    [
      'wants something',
      10_000,
      { status: 'requires_action' },
      'the refund has not come to its end',
    ],
    ['has no status', 10_000, { status: null }, 'the refund has not come to its end'],
    [
      'is of another charge',
      10_000,
      { payment_intent: 'pi_2' },
      'answered 200 with another refund than asked',
    ],
    [
      'is another operation’s',
      10_000,
      { metadata: {} },
      'answered 200 with another refund than asked',
    ],
    [
      'is in another currency',
      10_000,
      { currency: 'usd' },
      'answered 200 with another refund than asked',
    ],
  ])('that %s has an unknown outcome', async (_name, amountMinor, patch, reason) => {
    stripe.answerInTurn(json(200, anIntent()), none, json(200, aRefund(patch)));
    expect(await refund(amountMinor)).toEqual(unknown(reason));
  });

  it.each([
    ['failed', 'expired_or_canceled_card', 'account_closed'],
    ['failed', 'lost_or_stolen_card', 'lost_card'],
    ['failed', 'unknown', 'declined'],
    ['canceled', null, 'declined'],
  ])('that %s, %s, is declined as %s', async (status, failure_reason, code) => {
    stripe.answerInTurn(
      json(200, anIntent()),
      none,
      json(200, aRefund({ status, failure_reason })),
    );
    expect(await refund(10_000)).toEqual({
      kind: 'declined',
      code,
      message: `the refund ${status}`,
    });
  });

  it('is rejected here when Stripe has no such amount, and not sent', async () => {
    stripe.answerInTurn(json(200, anIntent({ currency: 'kwd' })));
    expect(await refund(5)).toEqual(rejected('amount_not_representable'));
    expect(stripe.received).toHaveLength(1);
  });

  it('goes by Stripe’s unit of the currency', async () => {
    stripe.answerInTurn(
      json(200, anIntent({ currency: 'isk' })),
      none,
      json(200, aRefund({ currency: 'isk', amount: 500 })),
    );
    expect(await refund(5)).toEqual(done);
    expect(stripe.form(2)).toMatchObject({ amount: '500' });
  });

  it.each([
    ['is done', {}, done],
    ['is pending', { status: 'pending' }, unknown('the refund has not come to its end')],
    ['is of another amount', { amount: 1 }, unknown('the refund is another than asked')],
  ])('that %s is not sent again', async (_name, patch, outcome) => {
    stripe.answerInTurn(json(200, anIntent()), listed(aRefund({ metadata: null }), aRefund(patch)));
    expect(await refund(10_000)).toEqual(outcome);
    expect(stripe.received).toHaveLength(2);
  });

  it('that had no effect is another refund when it is asked for anew', async () => {
    stripe.answerInTurn(
      json(200, anIntent()),
      listed(aRefund({ status: 'failed' }), aRefund({ status: 'canceled' })),
      json(200, aRefund()),
    );
    expect(await refund(10_000)).toEqual(done);
    expect(stripe.received[2]?.headers['idempotency-key']).toBe(`${ids.operation}.2`);
  });

  it.each([
    ['500', stripeError(500, { type: 'api_error' })],
    ['a reset', resets],
    ['what is no list', json(200, {})],
    ['what is no refund', listed({ id: 're_1' })],
    ['more than there may be', json(200, aList([], { has_more: true }))],
  ])('is not sent when the refunds that there are cannot be read: %s', async (_name, script) => {
    stripe.answerInTurn(json(200, anIntent()), script);
    expect(await refund(10_000)).toEqual({
      kind: 'busy',
      reason: 'not sent, as the refunds of the charge could not be read',
    });
    expect(stripe.received).toHaveLength(2);
  });
});
