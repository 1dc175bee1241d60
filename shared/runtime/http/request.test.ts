import { describe, expect, it } from 'vitest';
import { correlationIdOf, Headers, paymentIdOf } from './request.ts';

function headersOf(
  headers: Record<string, string | undefined> | null,
  multiValueHeaders: Record<string, string[] | undefined> | null,
): Headers {
  return new Headers({ headers, multiValueHeaders } as ConstructorParameters<typeof Headers>[0]);
}

describe('headers', () => {
  it('are found whatever the case of their name', () => {
    const headers = headersOf({}, { 'X-ThInG': ['a'] });
    expect([headers.get('x-thing'), headers.all('x-thing')]).toEqual(['a', ['a']]);
  });

  it('keep the values of a header that comes twice, in one case or in two', () => {
    expect(headersOf({ A: 'z' }, { A: ['y', 'z'] }).all('a')).toEqual(['y', 'z']);
    expect(headersOf(null, { A: ['y'], a: ['z'] }).all('a')).toEqual(['y', 'z']);
    expect(headersOf({ A: 'y', a: 'z' }, null).all('a')).toEqual(['y', 'z']);
    expect(headersOf(null, { A: ['y', 'z'] }).get('a')).toBe('z');
  });

  it('do not count a header twice that both forms have', () => {
    expect(headersOf({ A: 'y' }, { a: ['y'] }).all('a')).toEqual(['y']);
    expect(headersOf({ a: 'y' }, null).all('a')).toEqual(['y']);
    expect(headersOf({ a: 'y' }, {}).all('a')).toEqual(['y']);
  });

  it('are none where there are none', () => {
    for (const headers of [headersOf(null, null), headersOf({ a: undefined }, { a: undefined })]) {
      expect([headers.get('a'), headers.all('a'), headers.all('__proto__')]).toEqual([
        undefined,
        [],
        [],
      ]);
    }
  });
});

describe('the correlation id', () => {
  it.each(['a', 'A-1_b.c:d', 'x'.repeat(64), 'b7e0a1c2-3d4e-4f5a-8b6c-7d8e9f0a1b2c'])(
    'is the client’s when it is %s',
    (given) => {
      expect(correlationIdOf(headersOf(null, { 'X-Correlation-Id': [given] }), 'r')).toBe(given);
    },
  );

  it.each([
    '',
    'x'.repeat(65),
    'a b',
    'a\r\nSet-Cookie: a=b',
    'é',
    '"a"',
    '4242'.repeat(4),
    Array(4).fill('4242').join('-'),
  ])('is the request’s when the client sends %j', (given) => {
    expect(correlationIdOf(headersOf(null, { 'X-Correlation-Id': [given] }), 'r')).toBe('r');
  });

  it('is the request’s without one', () => {
    expect(correlationIdOf(headersOf(null, null), 'r')).toBe('r');
  });
});

describe('the payment id of a path', () => {
  const id = '4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd';

  it('is what has the form of one', () => {
    expect(paymentIdOf({ path: { payment_id: id } })).toBe(id);
  });

  it.each([
    '',
    'a',
    id.toUpperCase(),
    ` ${id}`,
    `${id}\n`,
    `${id}#EVENT`,
    id.replaceAll('-', ''),
    `../${id}`,
  ])('is not %j: it is not found, like an id of nobody', (payment_id) => {
    expect(() => paymentIdOf({ path: { payment_id } })).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
    expect(() => paymentIdOf({ path: {} })).toThrow(expect.objectContaining({ code: 'not_found' }));
  });
});
