import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chargeRequest, ids } from '../../../test/support/psp/stripe.ts';
import { startStripeMock, stripeMock } from '../../../test/support/psp/stripe-mock.ts';
import type { OperationOutcome, Provider } from '../../ports/provider.ts';
import { stripeProvider } from './stripe-provider.ts';

const program = await stripeMock();

/** It takes any key of this form. */
const key = 'sk_test_mock';

interface Exchanged {
  readonly request: string;
  readonly key: string | null;
  readonly status: number;
}

/** What stripe-mock answers, changed to what the next request is to be about. */
type Shape = (path: string, answer: Record<string, unknown>) => unknown;

/**
 * Every call of the adapter against Stripe's own stand-in, which has no state, and checks each request
 * against Stripe's OpenAPI document: what it answers with 200 is a request that Stripe takes.
 */
describe.skipIf(program === null)('what the adapter sends', () => {
  let mock: Awaited<ReturnType<typeof startStripeMock>>;
  let provider: Provider;
  let shape: Shape;
  const exchanged: Exchanged[] = [];

  beforeAll(async () => {
    mock = await startStripeMock(program ?? '');
    provider = stripeProvider({
      apiKey: async () => key,
      baseUrl: mock.url,
      deadlineMs: 20_000,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        const path = new URL(String(input)).pathname;
        const headers = new Headers(init?.headers);
        exchanged.push({
          request: `${init?.method} ${path}`,
          key: headers.get('Idempotency-Key'),
          status: response.status,
        });
        const answer = (await response.json()) as Record<string, unknown>;
        return Response.json(shape(path, answer), { status: response.status });
      },
    });
  });
  afterAll(() => mock?.stop());

  beforeEach(() => {
    exchanged.length = 0;
    shape = (_, answer) => answer;
  });

  const of = { operationId: ids.operation, providerReference: 'pi_1' } as const;
  const read = { request: 'GET /v1/payment_intents/pi_1', key: null, status: 200 };
  const sent = (path: string, key: string = ids.operation) => ({
    request: `POST /v1/${path}`,
    key,
    status: 200,
  });

  it.each([
    ['an automatic charge', chargeRequest],
    ['a manual one', { ...chargeRequest, capture: false }],
    ['one without decimals', { ...chargeRequest, currency: 'JPY' }],
  ])('%s is a request of Stripe’s', async (_name, request) => {
    const outcome = await provider.charge(request);
    expect(exchanged).toEqual([sent('payment_intents', ids.charge)]);
    // It knows no cards: what it answers is an intent that was not paid.
    expect(outcome).toEqual({
      kind: 'unknown',
      reason: 'answered 200 with another intent than asked',
    });
  });

  const capture = { ...of, amountMinor: 500, currency: 'USD' } as const;
  it.each<[string, Shape | null, string, () => Promise<OperationOutcome>]>([
    [
      'a last capture',
      null,
      'payment_intents/pi_1/capture',
      () => provider.capture({ ...capture, final: true }),
    ],
    [
      'a capture of a part',
      null,
      'payment_intents/pi_1/capture',
      () => provider.capture({ ...capture, final: false }),
    ],
    ['a void', null, 'payment_intents/pi_1/cancel', () => provider.void(of)],
    [
      'a void of the rest',
      (_, intent) => ({ ...intent, amount_received: 100 }),
      'payment_intents/pi_1/capture',
      () => provider.void(of),
    ],
    ['a refund', null, 'refunds', () => provider.refund({ ...of, amountMinor: 10 })],
    ['a refund of all', null, 'refunds', () => provider.refund({ ...of, amountMinor: null })],
  ])('%s is a request of Stripe’s', async (_name, shaped, path, ask) => {
    shape = shaped ?? shape;
    expect(await ask()).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(/than asked$/),
    });
    const list = { ...read, request: 'GET /v1/refunds' };
    expect(exchanged).toEqual([read, ...(path === 'refunds' ? [list] : []), sent(path)]);
  });

  it.each(['charge', 'capture', 'void', 'refund'] as const)(
    'an inquiry of a %s is requests of Stripe’s',
    async (kind) => {
      const metadata = { paysaga_payment: ids.payment, paysaga_operation: ids.charge };
      shape = (path, answer) =>
        path.endsWith('/search')
          ? {
              ...answer,
              data: (answer.data as object[]).map((intent) => ({
                ...intent,
                id: 'pi_1',
                status: 'processing',
                metadata,
              })),
            }
          : { ...answer, ...(answer.object === 'payment_intent' && { metadata }) };
      await provider.inquire({
        kind,
        operationId: kind === 'charge' ? ids.charge : ids.operation,
        reference: ids.payment,
        providerReference: null,
        amountMinor: kind === 'void' ? null : 500,
        currency: 'USD',
      });
      expect(exchanged).toEqual([
        { ...read, request: 'GET /v1/payment_intents/search' },
        read,
        ...(kind === 'refund' ? [{ ...read, request: 'GET /v1/refunds' }] : []),
      ]);
    },
  );

  it('would be refused if it were not: the stand-in does check', async () => {
    const { status } = await fetch(`${mock.url}/v1/payment_intents`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}` },
      body: new URLSearchParams({ amount: '1', currency: 'eur', capture: 'true' }),
    });
    expect(status).toBe(400);
  });
});
