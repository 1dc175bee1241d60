import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { json, neverAnswers, resets, text } from '../../../test/support/psp/scripted-psp.ts';
import {
  aCharge,
  aList,
  anAuthorized,
  anInquiry,
  anIntent,
  captureBefore,
  done,
  found,
  ids,
  marked,
  notFound,
  scriptedStripe,
  stripeError,
  unavailable,
} from '../../../test/support/psp/stripe.ts';

let stripe: Awaited<ReturnType<typeof scriptedStripe>>;
beforeAll(async () => {
  stripe = await scriptedStripe();
});
afterAll(() => stripe.close());

const ask = (...asked: Parameters<typeof anInquiry>) =>
  stripe.provider({ deadlineMs: 500 }).inquire(anInquiry(...asked));

const kinds = ['charge', 'capture', 'void', 'refund'] as const;

describe('an inquiry', () => {
  it.each(kinds)(
    'searches by our payment id, reads the intent, and changes nothing: %s',
    async (kind) => {
      stripe.answerInTurn(...found(anIntent()), json(200, aList([])));
      await ask(kind);
      expect(stripe.received.map(({ method }) => method)).toEqual(
        kind === 'refund' ? ['GET', 'GET', 'GET'] : ['GET', 'GET'],
      );
      const urls = stripe.received.map(({ url }) => decodeURIComponent(url ?? ''));
      expect(urls[0]).toBe(
        `/v1/payment_intents/search?query=metadata["paysaga_payment"]:"${ids.payment}"&limit=100`,
      );
      expect(urls[1]).toBe('/v1/payment_intents/pi_1?expand[0]=latest_charge');
      expect(urls[2] ?? '').toMatch(/^$|^\/v1\/refunds\?payment_intent=pi_1&limit=100$/);
    },
  );

  it.each([
    ['500', stripeError(500, { type: 'api_error' }), 'answered 500'],
    [
      '404',
      stripeError(404, { type: 'invalid_request_error', code: 'resource_missing' }),
      'resource_missing',
    ],
    ['404 of a gateway', json(404, { message: 'Not found' }), 'answered 404'],
    ['401', stripeError(401, { type: 'invalid_request_error' }), 'answered 401'],
    ['429', stripeError(429, { code: 'rate_limit' }), 'answered 429 rate_limit'],
    ['no JSON', text(200, '<html>'), 'answered 200'],
    ['no list', json(200, {}), expect.any(String)],
    ['a reset', resets, 'connection lost: ECONNRESET'],
    ['no answer', neverAnswers, expect.stringMatching(/^no answer within/)],
  ])('says nothing, wherever there is %s', async (_name, script, reason) => {
    for (const before of [[], found(anIntent()).slice(0, 1)]) {
      stripe.answerInTurn(...before, script);
      expect(await ask('charge')).toEqual(unavailable(reason));
    }
    stripe.answerInTurn(...found(anIntent()), script);
    expect(await ask('refund')).toEqual(unavailable(reason));
  });

  it('says nothing when the search shows what was not asked for, or more than it can', async () => {
    const reason = 'answered 200 with a body that is no list of the reference’s intents';
    for (const list of [
      aList([anIntent({ metadata: {} })]),
      aList([anIntent(), { id: 'pi_2' }]),
      aList([anIntent()], { has_more: true }),
    ]) {
      stripe.answerInTurn(json(200, list));
      expect(await ask('charge')).toEqual(unavailable(reason));
    }
  });

  it('reads the intent that is on record, without a search', async () => {
    stripe.answerInTurn(json(200, anIntent()));
    expect(await ask('charge', { providerReference: 'pi_1' })).toMatchObject({ kind: 'approved' });
    expect(stripe.received).toHaveLength(1);
    stripe.answerInTurn(json(200, anIntent({ metadata: {} })));
    expect(await ask('charge', { providerReference: 'pi_1' })).toEqual(
      unavailable('the charge is of another payment'),
    );
  });

  it('says nothing when what is read is another than was found', async () => {
    stripe.answerInTurn(...found(anIntent({ id: 'pi_2' })));
    expect(await ask('capture')).toEqual(unavailable('answered 200 with a body that is no intent'));
  });

  it('does not take a reference for a part of the query', async () => {
    stripe.answerInTurn(json(200, aList([])));
    await ask('charge', { reference: 'x" OR status:"succeeded' });
    expect(new URL(stripe.received[0]?.url ?? '', 'http://x').searchParams.get('query')).toBe(
      String.raw`metadata["paysaga_payment"]:"x\" OR status:\"succeeded"`,
    );
  });
});

describe('an inquiry of a charge', () => {
  const approved = {
    kind: 'approved',
    providerReference: 'pi_1',
    amountMinor: 10_000,
    currency: 'EUR',
    captured: true,
    authorizedUntil: null,
  };
  const authorized = { ...approved, captured: false, authorizedUntil: captureBefore.ours };

  it('finds nothing where the search does not', async () => {
    stripe.answerInTurn(json(200, aList([])));
    expect(await ask('charge')).toEqual(notFound);
    stripe.answerInTurn(
      json(200, aList([anIntent({ metadata: { paysaga_payment: ids.payment } })])),
    );
    expect(await ask('charge')).toEqual(notFound);
  });

  it.each([
    ['captured', anIntent(), approved],
    ['over another amount', anIntent({ amount: 9_999 }), { ...approved, amountMinor: 9_999 }],
    ['authorized', anAuthorized(), authorized],
    ['captured later', anAuthorized({ status: 'succeeded', amount_received: 6_000 }), authorized],
    ['voided later', anAuthorized({ status: 'canceled', amount_capturable: 0 }), authorized],
  ])('is what the charge left: %s', async (_name, intent, outcome) => {
    stripe.answerInTurn(...found(intent));
    expect(await ask('charge')).toEqual(outcome);
  });

  it.each([
    ['requires_payment_method', 'lost_card'],
    ['canceled', 'lost_card'],
  ])('is a decline where that is what it was left with: %s', async (status, code) => {
    stripe.answerInTurn(
      ...found(
        anIntent({
          status,
          latest_charge: aCharge({ status: 'failed' }),
          last_payment_error: { code: 'card_declined', decline_code: 'lost_card', message: 'No.' },
        }),
      ),
    );
    expect(await ask('charge')).toEqual({ kind: 'declined', code, message: 'No.' });
  });

  it.each([
    ['processing', {}],
    ['requires_action', {}],
    ['requires_confirmation', {}],
    ['requires_payment_method', {}],
    ['canceled', { latest_charge: null }],
    ['canceled', { capture_method: 'manual', latest_charge: aCharge({ status: 'failed' }) }],
    // The card was declined once, and is being tried again by somebody.
    ['processing', { last_payment_error: { code: 'card_declined' } }],
  ])('says nothing of one that is %s, %j', async (status, patch) => {
    stripe.answerInTurn(...found(anIntent({ status, ...patch })));
    expect(await ask('charge')).toEqual(unavailable(`the charge is ${status} there`));
  });

  it('says nothing of one that is there twice, or is read as another', async () => {
    stripe.answerInTurn(json(200, aList([anIntent(), anIntent({ id: 'pi_2' })])));
    expect(await ask('charge')).toEqual(unavailable('the operation is on record more than once'));
    stripe.answerInTurn(...found(anIntent({ metadata: {} })));
    expect(await ask('charge')).toEqual(unavailable('the charge is of another payment'));
  });
});

describe('the payment that a charge is of', () => {
  const referenceOf = () => stripe.provider().referenceOf?.('pi_1');

  it.each([
    ['ours', anIntent(), ids.payment],
    ['not ours', anIntent({ metadata: {} }), null],
  ])('is what its intent says, which is %s', async (_name, intent, reference) => {
    stripe.answerInTurn(json(200, intent));
    expect(await referenceOf()).toBe(reference);
  });

  it.each([
    ['answered 500', stripeError(500, { type: 'api_error' })],
    ['answered 401', stripeError(401, { type: 'invalid_request_error', message: 'Key rk_1' })],
    ['a body that is not the intent', json(200, anIntent({ id: 'pi_2' }))],
  ])('is not known, for a reason without what Stripe said: %s', async (reason, script) => {
    stripe.answerInTurn(script);
    const error = await Promise.resolve(referenceOf()).catch((thrown: Error) => thrown);
    expect(String(error)).toContain(reason);
    expect(String(error)).not.toContain('rk_1');
  });
});

describe('an inquiry of an operation', () => {
  it.each(['capture', 'void', 'refund'] as const)(
    'says nothing while its charge is not found: %s',
    async (kind) => {
      for (const intents of [
        [],
        [anIntent(), anIntent({ id: 'pi_2' })],
        [anIntent({ status: 'requires_payment_method' })],
      ]) {
        stripe.answerInTurn(json(200, aList(intents)));
        expect(await ask(kind)).toEqual(unavailable('the charge itself is not found'));
      }
    },
  );

  it('passes over a charge that was declined before', async () => {
    stripe.answerInTurn(
      json(200, aList([anIntent({ id: 'pi_0', status: 'requires_payment_method' }), anIntent()])),
      json(200, anIntent(marked({ [ids.operation]: 'capture 10000' }))),
    );
    expect(await ask('capture')).toEqual(done);
  });

  const open = anAuthorized();
  const rejected = (message: string, code = 'provider_rejected') => ({
    kind: 'declined',
    code,
    message,
  });
  it.each([
    ['capture', 'has its mark', { ...open, ...marked({ [ids.operation]: 'capture 10000' }) }, done],
    [
      'capture',
      'has another amount under its id',
      { ...open, ...marked({ [ids.operation]: 'capture 9999' }) },
      unavailable('the operation is on record as another one'),
    ],
    [
      'capture',
      'is in another currency',
      { ...open, currency: 'usd', ...marked({ [ids.operation]: 'capture 10000' }) },
      unavailable('the operation is on record as another one'),
    ],
    ['capture', 'can still be captured', open, notFound],
    ['capture', 'is closed without it', anIntent(), rejected('payment_intent_unexpected_state')],
    [
      'capture',
      'was let go of at its end',
      { ...open, status: 'canceled', cancellation_reason: 'expired' },
      rejected('charge_expired_for_capture', 'authorization_expired'),
    ],
    ['void', 'is canceled', { ...open, status: 'canceled' }, done],
    [
      'void',
      'was released under its id',
      { ...open, status: 'succeeded', ...marked({ [ids.operation]: 'void 0' }) },
      done,
    ],
    ['void', 'can still be voided', open, notFound],
    ['void', 'is captured', anIntent(), rejected('payment_intent_unexpected_state')],
  ] as const)('of a %s, where the intent %s', async (kind, _name, intent, finding) => {
    stripe.answerInTurn(...found(intent));
    expect(await ask(kind, kind === 'void' ? { amountMinor: null } : {})).toEqual(finding);
  });

  it('of a capture of no amount says nothing', async () => {
    stripe.answerInTurn(...found({ ...open, ...marked({ [ids.operation]: 'capture 10000' }) }));
    expect(await ask('capture', { amountMinor: null })).toMatchObject({ kind: 'unavailable' });
  });
});
