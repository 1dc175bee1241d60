import { describe, expect, it } from 'vitest';
import { findCardNumbers, looksLikeCardNumber } from './card-data.ts';

// Numbers that card networks publish for tests.
const visa = '4242424242424242';

describe('a card number', () => {
  it.each([
    visa,
    '5555555555554444',
    '378282246310005',
    '30569309025904',
    '6011111111111117',
    '3530111333300000',
    '6205500000000000004',
    '4242 4242 4242 4242',
    '4242-4242-4242-4242',
    '3782 822463 10005',
    '4242-42424242 4242',
    '4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2',
    `card: ${visa}`,
    `${visa}.`,
    `"${visa}"`,
    `order_${visa}_x`,
    `tok_${visa}`,
    `${visa} 12/29 123`,
    `12 ${visa}`,
    `99-${visa}-99`,
    `é${visa}é`,
    `a1234567-89ab-8def-8123-456789abcdef ${visa}`,
    `${visa}-a1234567-89ab-8def-8123-456789abcdef`,
    '42424242-4242-4242-0000-000000000000',
  ])('is found in %j', (text) => {
    expect(looksLikeCardNumber(text)).toBe(true);
  });

  it.each([
    '',
    '4242424242424241',
    '42424242424',
    '42424242424242424242',
    `${visa}a`,
    `a${visa}`,
    'tok_approve',
    'order 2026-01-01',
    '192.168.100.101',
    '4242/4242/4242/4242',
    // Digits of a UUID, side by side, that pass the Luhn test.
    'a4242424-4242-4242-8242-4242424242aa',
    'abcdefab-abcd-4bcd-abcd-424242424242',
    'ABCDEFAB-ABCD-4BCD-ABCD-424242424242',
  ])('is not found in %j', (text) => {
    expect(looksLikeCardNumber(text)).toBe(false);
  });

  it('is looked for in time that grows with the text, not with its square', () => {
    for (const text of ['1 '.repeat(16_000), `${'1'.repeat(32_000)}a`, '1-'.repeat(16_000)]) {
      expect(looksLikeCardNumber(`${text}x`)).toBe(false);
    }
  });
});

describe('the places of card numbers in a JSON value', () => {
  it('are pointers, wherever the number stands', () => {
    expect(
      findCardNumbers({
        a: visa,
        b: [1, { c: Number(visa) }],
        'd/e~f': visa,
        g: null,
        h: true,
      }),
    ).toEqual(['/a', '/b/1/c', '/d~1e~0f']);
    expect(findCardNumbers(visa)).toEqual(['/']);
    expect(findCardNumbers([[visa]], '?')).toEqual(['?/0/0']);
  });

  it('never show a name that is one', () => {
    expect(findCardNumbers({ [visa]: { [visa]: visa } })).toEqual(['/*', '/*/*', '/*/*']);
  });

  it('are found under names that objects inherit', () => {
    const value = JSON.parse(`{"__proto__":{"constructor":"${visa}"}}`);
    expect(findCardNumbers(value)).toEqual(['/__proto__/constructor']);
  });

  it('are none where an amount can be: one of 12 digits in ten passes the Luhn test', () => {
    expect(findCardNumbers({ amount: 100_000_000_008 })).toEqual([]);
    expect(findCardNumbers({ amount: 10 ** 12 })).toEqual([]);
    expect(findCardNumbers({ amount: Number(visa) })).toEqual(['/amount']);
    expect(findCardNumbers({ amount: '100000000008' })).toEqual(['/amount']);
  });
});
