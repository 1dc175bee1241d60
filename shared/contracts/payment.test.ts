import { describe, expect, it } from 'vitest';
import { currencies, maxAmountMinor } from '../domain/money/currency.ts';
import { CreatePayment } from './payment.ts';

const least = { amount: 1, currency: 'EUR', payment_method: 'tok_approve' };

function placesOf(body: unknown): string[] {
  const issues = CreatePayment.safeParse(body).error?.issues ?? [];
  for (const { message } of issues) {
    expect(message).toMatch(/^(?:must|may|is) /);
  }
  return [...new Set(issues.map(({ path }) => path.join('/')))];
}

describe('the body of POST /payments', () => {
  it('gets its defaults', () => {
    expect(CreatePayment.parse(least)).toEqual({
      ...least,
      capture_method: 'automatic',
      merchant_reference: null,
      customer: null,
      metadata: {},
    });
  });

  it.each([
    ['the largest amount', { amount: maxAmountMinor }],
    ['every currency', {}],
    ['a null reference', { merchant_reference: null }],
    ['a reference of 64 characters', { merchant_reference: 'r'.repeat(64) }],
    ['a token of the longest form', { payment_method: `abcdefgh_${'A'.repeat(120)}` }],
    [
      'twenty entries of metadata at their longest',
      {
        metadata: Object.fromEntries(
          Array.from({ length: 20 }, (_, index) => [`${index}`.padStart(40, 'k'), 'v'.repeat(200)]),
        ),
      },
    ],
    ['names that objects inherit', { metadata: { constructor: 'a', toString: 'b', '': 'c' } }],
  ])('may have %s', (name, part) => {
    const { '': _, ...metadata } = ('metadata' in part ? part.metadata : {}) as Record<
      string,
      string
    >;
    const given = { ...least, ...part, ...('metadata' in part ? { metadata } : {}) };
    for (const currency of name === 'every currency' ? currencies : ['EUR']) {
      expect(CreatePayment.parse({ ...given, currency })).toMatchObject({ ...given, currency });
    }
  });

  it.each([
    ['amount', [0, -1, 10.5, '100', maxAmountMinor + 1, null, true, [], {}, 1e300, Number.NaN]],
    ['currency', ['eur', 'EURO', 'XXX', 'XAU', '', null, 978, ['EUR'], '__proto__', 'toString']],
    [
      'payment_method',
      [
        '',
        'approve',
        'tok_',
        'TOK_approve',
        'tok_a b',
        'tok_é',
        `tok_${'a'.repeat(121)}`,
        'tok_a\n',
      ],
    ],
    ['capture_method', ['', 'AUTOMATIC', 'later', null, true]],
    ['merchant_reference', ['', 'r'.repeat(65), 1, [], {}]],
    ['metadata', [null, 'a', 1, [], [['a', 'b']]]],
  ])('may not have a %s that is none', (field, values) => {
    for (const value of values) {
      expect(placesOf({ ...least, [field]: value })).toEqual([field]);
    }
  });

  it.each(['amount', 'currency', 'payment_method'])('needs %s', (field) => {
    expect(placesOf({ ...least, [field]: undefined })).toEqual([field]);
  });

  it.each([
    [{ a: 1 }, 'metadata/a'],
    [{ a: null }, 'metadata/a'],
    [{ a: { b: 'c' } }, 'metadata/a'],
    [{ a: 'v'.repeat(201) }, 'metadata/a'],
    [{ '': 'a' }, 'metadata/'],
    [{ ['k'.repeat(41)]: 'a' }, `metadata/${'k'.repeat(41)}`],
    [Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, ''])), 'metadata'],
  ])('may not have metadata %j', (metadata, place) => {
    expect(placesOf({ ...least, metadata })).toEqual([place]);
  });

  it('may not have a member that it would lose without a word', () => {
    const withProto = JSON.parse('{"__proto__":"a","b":"c"}');
    expect(placesOf({ ...least, metadata: withProto })).toEqual(['metadata/__proto__']);
  });
});
