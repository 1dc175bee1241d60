import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  breaksOff,
  closes,
  json,
  neverAnswers,
  neverEnds,
  resets,
  text,
} from '../../../test/support/psp/scripted-psp.ts';
import {
  anAuthorized,
  anIntent,
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

const another = 'answered 200 with another intent than asked';
const noIntent = 'answered 200 with a body that is no intent';
const notReadable = 'answered what the SDK cannot read';
it.each([
  ['500', stripeError(500, { type: 'api_error' }), 'answered 500'],
  ['502 of a gateway', text(502, '<html>'), 'answered 502'],
  ['503 of a gateway in JSON', json(503, { message: 'Unavailable' }), 'answered 503'],
  ['a failed dependency', stripeError(424, { type: 'api_error' }), 'answered 424'],
  ['a charge under another status', json(201, anIntent()), 'answered 201'],
  [
    'a key in use',
    stripeError(409, { type: 'idempotency_error', code: 'idempotency_key_in_use' }),
    'answered 409 idempotency_key_in_use',
  ],
  [
    'a key that was used for something else',
    stripeError(400, { type: 'idempotency_error' }),
    'answered 400',
  ],
  ['a conflict', stripeError(409, { type: 'invalid_request_error' }), 'answered 409'],
  ['an error with 200', stripeError(200, { type: 'api_error' }), 'answered 200'],
  ['an unknown 400', stripeError(400, { type: 'api_error' }), 'answered 400'],
  ['a 402 that is cut off', text(402, '{"error":{"code":"lost'), 'answered 402'],
  ['an intent that is cut off', text(200, '{"id":"pi_1"'), 'answered 200'],
  ['a text', text(200, '"pi_1"'), 'answered 200'],
  ['null', text(200, 'null'), 'answered 200'],
  ['nothing', text(200, ''), 'answered 200'],
  ['an error that is a text', json(500, { error: 'gone' }), 'answered 500'],
  ['an error that is null', json(500, { error: null }), 'answered 500'],
  ['an error that is a number', json(500, { error: 5 }), notReadable],
  ['no intent', json(200, { ok: true }), noIntent],
  ['an amount that is a text', json(200, anIntent({ amount: '10000' })), noIntent],
  ['another payment’s', json(200, anIntent({ metadata: { paysaga_payment: 'x' } })), another],
  [
    'another operation’s',
    json(200, anIntent({ metadata: { paysaga_payment: ids.payment, paysaga_operation: 'x' } })),
    another,
  ],
  ['an intent under way', json(200, anIntent({ status: 'processing' })), another],
  ['one that wants the customer', json(200, anIntent({ status: 'requires_action' })), another],
  ['one that is canceled', json(200, anIntent({ status: 'canceled' })), another],
  ['one that took a part', json(200, anIntent({ amount_received: 9_999 })), another],
  ['one that holds a part', json(200, anAuthorized({ amount_capturable: 1 })), another],
  [
    'one that holds what it should have taken',
    json(200, anAuthorized({ capture_method: 'automatic' })),
    another,
  ],
  [
    'a fraction of a unit of ours',
    json(200, anIntent({ currency: 'isk', amount: 10_001, amount_received: 10_001 })),
    another,
  ],
  ['a connection reset', resets, 'connection lost: ECONNRESET'],
  ['a connection closed', closes, 'connection lost: UND_ERR_SOCKET'],
  [
    'a reset within the answer',
    breaksOff(200, '{"id":"pi_1"'),
    expect.stringMatching(/^answered 200, then connection lost: [A-Z_]+$/),
  ],
  ['no answer in time', neverAnswers, expect.stringMatching(/^no answer within 2[0-9]{2} ms$/)],
  [
    'an answer that does not end in time',
    neverEnds(200),
    expect.stringMatching(/^answered 200, then no answer within 2[0-9]{2} ms$/),
  ],
  ['a redirect', text(307, ''), 'answered 307'],
])('a charge has an unknown outcome, and is sent once, after %s', async (_name, script, reason) => {
  stripe.answerInTurn(script);
  expect(await stripe.provider({ deadlineMs: 250 }).charge(chargeRequest)).toEqual({
    kind: 'unknown',
    reason,
  });
  expect(stripe.received).toHaveLength(1);
});
