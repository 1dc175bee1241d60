import { describe, expect, it } from 'vitest';
import { apiEvent } from '../../../test/support/api/api-event.ts';
import {
  expectRefused,
  keyOf,
  leastBody,
  memoryApi,
} from '../../../test/support/api/memory-api.ts';
import { aRequest } from '../../../test/support/payments/payments.ts';

const api = memoryApi();
const least = '"amount":10000,"currency":"EUR","payment_method":"tok_approve"';

describe('a body that does not validate', () => {
  it.each([
    ['a fraction', '"amount":10.5,"currency":"EUR","payment_method":"tok_approve"', '/amount'],
    [
      'a zero fraction',
      '"amount":100.00,"currency":"EUR","payment_method":"tok_approve"',
      '/amount',
    ],
    ['an exponent', '"amount":1e2,"currency":"EUR","payment_method":"tok_approve"', '/amount'],
    [
      'a capital exponent',
      '"amount":1E2,"currency":"EUR","payment_method":"tok_approve"',
      '/amount',
    ],
    ['minus zero', '"amount":-0,"currency":"EUR","payment_method":"tok_approve"', '/amount'],
    ['zero', '"amount":0,"currency":"EUR","payment_method":"tok_approve"', '/amount'],
    ['a negative amount', '"amount":-1,"currency":"EUR","payment_method":"tok_approve"', '/amount'],
    [
      '10^12 + 1',
      '"amount":1000000000001,"currency":"EUR","payment_method":"tok_approve"',
      '/amount',
    ],
    [
      'what a double rounds to 2^53',
      '"amount":9007199254740993,"currency":"EUR","payment_method":"tok_approve"',
      '/amount',
    ],
    [
      'more digits than a double has',
      `"amount":${'9'.repeat(400)},"currency":"EUR","payment_method":"tok_approve"`,
      '/amount',
    ],
    ['a text', '"amount":"100","currency":"EUR","payment_method":"tok_approve"', '/amount'],
    ['no amount', '"currency":"EUR","payment_method":"tok_approve"', '/amount'],
    ['null for an amount', `${least},"amount":null`, '/amount'],
    ['an unknown currency', `${least},"currency":"XXX"`, '/currency'],
    ['a lower-case currency', `${least},"currency":"eur"`, '/currency'],
    ['an inherited currency', `${least},"currency":"toString"`, '/currency'],
    ['an unknown field', `${least},"amout":1`, '/amout'],
    ['an unknown field with an odd name', `${least},"a/b~c":1`, '/a~1b~0c'],
    ['a __proto__', `${least},"__proto__":{"amount":1}`, '/__proto__'],
    ['a constructor', `${least},"constructor":{"prototype":{}}`, '/constructor'],
    ['a metadata __proto__', `${least},"metadata":{"__proto__":"x"}`, '/metadata/__proto__'],
    ['nested metadata', `${least},"metadata":{"a":{"b":"c"}}`, '/metadata/a'],
    ['a number in metadata', `${least},"metadata":{"a":1}`, '/metadata/a'],
    ['a fraction in metadata', `${least},"metadata":{"a":1.5}`, '/metadata/a'],
    ['half a surrogate pair', `${least},"metadata":{"a":"\\ud800"}`, '/metadata/a'],
    ['half a surrogate pair in a name', `${least},"metadata":{"\\udc00":"a"}`, '/metadata/\udc00'],
    [
      'half a surrogate pair in a reference',
      `${least},"merchant_reference":"\\ud800"`,
      '/merchant_reference',
    ],
    ['an object for a text', `${least},"merchant_reference":{"a":1}`, '/merchant_reference'],
  ])('because of %s', async (_name, members, place) => {
    await expectRefused(api, api.pay(`{${members}}`), 400, 'invalid_request', [place]);
  });

  it.each(['null', '5', '1.5', '"text"', 'true', '[]', `[{${least}}]`])(
    'because it is %s and no object',
    async (body) => {
      await expectRefused(api, api.pay(body), 400, 'invalid_request', ['/']);
    },
  );

  it('names every place at once, and a field that breaks two rules once', async () => {
    const answer = await expectRefused(
      api,
      api.pay('{"amount":1e300,"currency":1,"payment_method":"x","merchant_reference":[],"x":1}'),
      400,
      'invalid_request',
      ['/amount', '/currency', '/payment_method', '/merchant_reference', '/x'],
    );
    for (const { message } of answer.json.errors) {
      expect(message).toMatch(/^(?:must|may|is) /);
    }
  });

  it('is not echoed', async () => {
    const { text } = await api.pay({
      ...aRequest,
      currency: 'VALUE-ONE',
      payment_method: 'VALUE-TWO',
      merchant_reference: 'VALUE-THREE'.padEnd(65, '!'),
      metadata: { a: ['VALUE-FOUR'] },
    });
    expect(text).not.toContain('VALUE');
  });

  it('takes an integer that is written as one, whatever its size', async () => {
    const fresh = memoryApi();
    for (const amount of ['1', '100000000008', '1000000000000']) {
      const answer = await fresh.pay(`{${least},"amount":${amount}}`);
      expect([answer.status, answer.json.amount]).toEqual([202, Number(amount)]);
    }
  });
});

describe('a body that is nested too deep', () => {
  it.each([33, 2_000, 16_000])('is refused as such: %i', async (depth) => {
    const body = '['.repeat(depth) + ']'.repeat(depth);
    await expectRefused(api, api.pay(body), 400, 'invalid_request', ['/']);
  });
});

describe('a body that is no JSON', () => {
  it.each([
    ['absent', null],
    ['empty', ''],
    ['blank', '  '],
    ['cut off', `{${least}`],
    ['two objects', `{${least}}{${least}}`],
    ['single-quoted', "{'amount':1}"],
    ['a form', 'amount=1&currency=EUR'],
    ['NaN', `{${least},"amount":NaN}`],
    ['a leading zero', `{${least},"amount":0100}`],
    ['a comma at the end', `{${least},}`],
  ])('because it is %s', async (_name, body) => {
    const answer = await expectRefused(api, api.pay(body), 400, 'malformed_json');
    expect(answer.text).not.toContain('Unexpected');
  });

  it('because its bytes are no UTF-8', async () => {
    const bytes = Buffer.from(`{${least},"merchant_reference":"\u00e9"}`, 'latin1');
    const event = validEvent(bytes.toString('base64'));
    await expectRefused(api, api.post({ ...event, isBase64Encoded: true }), 400, 'malformed_json');
  });
});

describe('a body by its size', () => {
  const sized = (bytes: number, filler: string) => {
    const body = (count: number) => `{${least},"x":"${filler.repeat(count)}"}`;
    const left = bytes - Buffer.byteLength(body(0));
    const text = body(Math.floor(left / Buffer.byteLength(filler)));
    return text + ' '.repeat(bytes - Buffer.byteLength(text));
  };

  it.each(['a', 'é', '€', '😀'])(
    'is read at 32 KiB and refused one byte above, in %s',
    async (filler) => {
      const atLimit = sized(32_768, filler);
      expect(Buffer.byteLength(atLimit)).toBe(32_768);
      await expectRefused(api, api.pay(atLimit), 400, 'invalid_request', ['/x']);
      await expectRefused(api, api.pay(`${atLimit} `), 413, 'body_too_large');
    },
  );

  it.each(['a', '€'])('counts the bytes behind base64, in %s', async (filler) => {
    const encoded = (text: string) => ({
      ...validEvent(Buffer.from(text).toString('base64')),
      isBase64Encoded: true,
    });
    const atLimit = sized(32_768, filler);
    await expectRefused(api, api.post(encoded(atLimit)), 400, 'invalid_request', ['/x']);
    await expectRefused(api, api.post(encoded(`${atLimit} `)), 413, 'body_too_large');
  });

  it('is refused for its size before it is read', async () => {
    await expectRefused(api, api.pay('['.repeat(40_000)), 413, 'body_too_large');
  });
});

describe('a body by its content type', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'APPLICATION/JSON',
    'application/json ; charset=utf-8',
  ])('is read as %s', async (type) => {
    const answer = await memoryApi().pay(leastBody, { headers: { 'Content-Type': type } });
    expect(answer.status).toBe(202);
  });

  it.each([
    '',
    'text/plain',
    'application/jsonp',
    'application/json-patch+json',
    'application/problem+json',
    'text/json',
    'application/json, text/plain',
    'xapplication/json',
    'application/x-www-form-urlencoded',
  ])('is refused as %j', async (type) => {
    await expectRefused(
      api,
      api.pay(leastBody, { headers: { 'Content-Type': type } }),
      415,
      'unsupported_media_type',
    );
  });

  it('is refused without one', async () => {
    const event = apiEvent({
      body: leastBody,
      headers: { Authorization: `Bearer ${keyOf.acme}`, 'Idempotency-Key': 'k' },
    });
    await expectRefused(api, api.post(event), 415, 'unsupported_media_type');
  });

  it('is read in base64', async () => {
    const event = validEvent(Buffer.from(JSON.stringify(leastBody)).toString('base64'));
    const answer = await memoryApi().post({ ...event, isBase64Encoded: true });
    expect(answer.status).toBe(202);
  });
});

describe('what else is refused', () => {
  it.each([
    ['an unknown parameter', { a: ['b'] }, '?/a'],
    ['a parameter that objects inherit', { constructor: ['b'] }, '?/constructor'],
  ])('%s in the query', async (_name, query, place) => {
    await expectRefused(api, api.pay(leastBody, { query }), 400, 'invalid_request', [place]);
  });

  it('a token that no provider of the stage issued', async () => {
    const body = { ...leastBody, payment_method: 'pm_from_elsewhere' };
    const answer = await expectRefused(api, api.pay(body), 400, 'unknown_payment_method', [
      '/payment_method',
    ]);
    expect(answer.text).not.toContain('pm_from_elsewhere');
  });
});

function validEvent(body: string) {
  return apiEvent({
    body,
    headers: {
      Authorization: `Bearer ${keyOf.acme}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': 'k',
    },
  });
}
