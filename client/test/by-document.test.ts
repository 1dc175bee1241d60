import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentClient } from '../../test/support/api/document-call.ts';
import { keyOf, memoryApi } from '../../test/support/api/memory-api.ts';
import { memoryFetch } from '../../test/support/api/memory-fetch.ts';
import { baseUrl } from './support/scripted.ts';

const document = JSON.parse(
  readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'),
);
const body = { amount: 2_500, currency: 'BRL', payment_method: 'tok_approve' };

/** A call written from the document alone, over the real handlers. */
function calling(change: (answer: Record<string, unknown>) => unknown = (answer) => answer) {
  const { fetch } = memoryFetch(memoryApi(), baseUrl);
  const changed: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    return new Response(
      JSON.stringify(change((await answer.json()) as Record<string, unknown>)),
      answer,
    );
  };
  return documentClient(document, { fetch: changed, baseUrl, apiKey: keyOf.acme });
}

describe('a call written only from docs/openapi.json', () => {
  it('makes a payment, reads it, and is refused, as the document says', async () => {
    const call = calling();
    const made = await call('createPayment', { body });
    expect(made).toMatchObject({ status: 202, json: { object: 'payment', currency: 'BRL' } });
    const parameters = { payment_id: String(made.json.id) };
    expect(await call('getPayment', { parameters })).toMatchObject({
      status: 200,
      json: made.json,
    });
    expect(await call('listPaymentEvents', { parameters })).toMatchObject({ status: 200 });
    expect(await call('capturePayment', { parameters })).toMatchObject({
      status: 409,
      json: { code: 'invalid_state' },
    });
    const stranger = { payment_id: '4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd' };
    expect(await call('getPayment', { parameters: stranger })).toMatchObject({
      status: 404,
      json: { code: 'not_found' },
    });
    expect(await call('createPayment', { body: { ...body, amount: 0 } })).toMatchObject({
      status: 400,
      json: { code: 'invalid_request' },
    });
  });

  it.each<[string, (answer: Record<string, unknown>) => unknown]>([
    ['lacks a member', ({ status: _, ...rest }) => rest],
    ['has a member of another type', (answer) => ({ ...answer, amount: '2500' })],
    ['has a text of another form', (answer) => ({ ...answer, created: 'yesterday' })],
  ])('does not believe an answer that %s', async (_name, change) => {
    await expect(calling(change)('createPayment', { body })).rejects.toThrow(/createPayment 202/);
  });
});
