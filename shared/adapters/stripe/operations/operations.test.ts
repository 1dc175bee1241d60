import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  json,
  neverAnswers,
  resets,
  type Script,
  text,
} from '../../../../test/support/psp/scripted-psp.ts';
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
  rejected,
  scriptedStripe,
  stripeError,
  unknown,
} from '../../../../test/support/psp/stripe.ts';
import type { OperationOutcome, Provider } from '../../../ports/provider.ts';

let stripe: Awaited<ReturnType<typeof scriptedStripe>>;
beforeAll(async () => {
  stripe = await scriptedStripe();
});
afterAll(() => stripe.close());

const captureRequest = { ...anOperation, amountMinor: 10_000, currency: 'EUR', final: true };

/** Short only where nothing answers: a busy machine may be slower than that with an answer. */
const untilNoAnswer = (script: Script, ms: number) => (script === neverAnswers ? ms : 10_000);

interface Asked {
  readonly run: (provider: Provider) => Promise<OperationOutcome>;
  readonly before: object;
  readonly after: object;
  /** True where the refunds that there are already are read in between. */
  readonly lists?: true;
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
}

const mark = `metadata[${ids.operation}]`;
const asked: Readonly<Record<string, Asked>> = {
  'a capture of all': {
    run: ({ capture }) => capture({ ...captureRequest, final: false }),
    before: anAuthorized(),
    after: aCaptured(),
    url: '/v1/payment_intents/pi_1/capture',
    form: { amount_to_capture: '10000', [mark]: 'capture 10000' },
  },
  'a last capture of a part': {
    run: ({ capture }) => capture({ ...captureRequest, amountMinor: 6_000 }),
    before: anAuthorized(),
    after: aCaptured(6_000),
    url: '/v1/payment_intents/pi_1/capture',
    form: { amount_to_capture: '6000', [mark]: 'capture 6000' },
  },
  'a capture of a part': {
    run: ({ capture }) => capture({ ...captureRequest, amountMinor: 6_000, final: false }),
    before: anAuthorized(),
    after: aCaptured(6_000, { status: 'requires_capture', amount_capturable: 4_000 }),
    url: '/v1/payment_intents/pi_1/capture',
    form: { amount_to_capture: '6000', final_capture: 'false', [mark]: 'capture 6000' },
  },
  'a void': {
    run: (provider) => provider.void(anOperation),
    before: anAuthorized(),
    after: anAuthorized({ status: 'canceled', amount_capturable: 0 }),
    url: '/v1/payment_intents/pi_1/cancel',
    form: {},
  },
  'a void of what a part was captured of': {
    run: (provider) => provider.void(anOperation),
    before: anAuthorized({ amount_capturable: 4_000, amount_received: 6_000 }),
    after: anAuthorized({ status: 'succeeded', amount_capturable: 0, amount_received: 6_000 }),
    url: '/v1/payment_intents/pi_1/capture',
    form: { amount_to_capture: '0', final_capture: 'true', [mark]: 'void 0' },
  },
  'a refund': {
    run: ({ refund }) => refund({ ...anOperation, amountMinor: 1_000 }),
    before: anIntent(),
    after: aRefund({ amount: 1_000, charge: aCharge({ amount_refunded: 1_000 }) }),
    lists: true,
    url: '/v1/refunds',
    form: {
      payment_intent: 'pi_1',
      amount: '1000',
      'metadata[paysaga_payment]': ids.payment,
      'metadata[paysaga_operation]': ids.operation,
      'expand[0]': 'charge',
    },
  },
  'a refund of all': {
    run: ({ refund }) => refund({ ...anOperation, amountMinor: null }),
    before: anIntent(),
    after: aRefund(),
    lists: true,
    url: '/v1/refunds',
    form: {
      payment_intent: 'pi_1',
      'metadata[paysaga_payment]': ids.payment,
      'metadata[paysaga_operation]': ids.operation,
      'expand[0]': 'charge',
    },
  },
};

describe.each(Object.entries(asked))('%s', (_name, { run, before, after, lists, url, form }) => {
  const reads = [json(200, before), ...(lists ? [json(200, aList([]))] : [])];
  const after200 = (script: Script) => stripe.answerInTurn(...reads, script);

  it('is done, by a request with its operation id as the idempotency key', async () => {
    after200(json(200, after));
    expect(await run(stripe.provider())).toEqual(done);
    expect(stripe.received.map((request) => [request.method, request.url])).toEqual([
      ['GET', '/v1/payment_intents/pi_1'],
      ...(lists
        ? [['GET', '/v1/refunds?payment_intent=pi_1&limit=100&expand[0]=data.charge']]
        : []),
      ['POST', url],
    ]);
    for (const { headers } of stripe.received.slice(0, -1)) {
      expect(headers).not.toHaveProperty('idempotency-key');
    }
    expect(stripe.received.at(-1)?.headers['idempotency-key']).toBe(ids.operation);
    expect(stripe.form(reads.length)).toEqual(form);
  });

  it.each([
    ['500', stripeError(500, { type: 'api_error' })],
    ['404 of a gateway', json(404, { message: 'Not found' })],
    [
      '404 of Stripe',
      stripeError(404, { type: 'invalid_request_error', code: 'resource_missing' }),
    ],
    ['401', stripeError(401, { type: 'invalid_request_error' })],
    ['429', stripeError(429, {})],
    ['no intent', json(200, { id: 'pi_1' })],
    ['another intent', json(200, { ...before, id: 'pi_2' })],
    ['a reset', resets],
    ['no answer', neverAnswers],
  ])('is not sent when the intent cannot be read: %s', async (_case, script) => {
    stripe.answerInTurn(script);
    expect(await run(stripe.provider({ deadlineMs: untilNoAnswer(script, 100) }))).toEqual({
      kind: 'busy',
      reason: expect.stringMatching(/^not sent, as the charge could not be read: /),
    });
    expect(stripe.received).toHaveLength(1);
  });

  it.each([
    ['500', stripeError(500, { type: 'api_error' }), unknown('answered 500')],
    ['502', text(502, '<html>'), unknown('answered 502')],
    ['a reset', resets, unknown('connection lost: ECONNRESET')],
    ['no answer', neverAnswers, { kind: 'unknown', reason: expect.stringMatching(/^no answer/) }],
    [
      'a key in use',
      stripeError(409, { type: 'idempotency_error', code: 'idempotency_key_in_use' }),
      unknown('answered 409 idempotency_key_in_use'),
    ],
    ['429', stripeError(429, {}), { kind: 'busy', reason: 'answered 429' }],
    [
      'a rejection',
      stripeError(400, { type: 'invalid_request_error', code: 'charge_disputed' }),
      rejected('charge_disputed'),
    ],
    [
      'a decline',
      stripeError(402, { type: 'card_error', code: 'card_declined', decline_code: 'do_not_honor' }),
      { kind: 'declined', code: 'do_not_honor', message: 'No.' },
    ],
    ['no object', json(200, {}), { kind: 'unknown', reason: expect.stringMatching(/than asked$/) }],
  ])('is sent once, whatever comes: %s', async (_case, script, outcome) => {
    after200(script);
    expect(await run(stripe.provider({ deadlineMs: untilNoAnswer(script, 250) }))).toEqual(outcome);
    expect(stripe.received).toHaveLength(reads.length + 1);
  });

  it('is not sent when reading took all the time', async () => {
    stripe.answerInTurn((response) => {
      // Later than its deadline by the clock of the adapter, which is the caller's.
      nowMs += 1_000;
      json(200, before)(response);
    });
    const { now } = performance;
    let nowMs = 0;
    performance.now = () => nowMs;
    try {
      expect(await run(stripe.provider({ deadlineMs: 500 }))).toEqual({
        kind: 'busy',
        reason: expect.stringMatching(/^not sent/),
      });
    } finally {
      performance.now = now;
    }
    expect(stripe.received).toHaveLength(1);
  });
});

describe('an operation', () => {
  it('keeps a reference of Stripe within its path', async () => {
    stripe.answerInTurn(json(200, anIntent()));
    await stripe.provider().void({ ...anOperation, providerReference: 'pi/../1' });
    expect(stripe.received[0]?.url).toBe('/v1/payment_intents/pi%2F..%2F1');
  });
});
