import { describe, expect, it } from 'vitest';
import { findCardNumbers, looksLikeCardNumber } from './card-data.ts';

// Numbers that card networks publish for tests, in parts: no line of the source holds one.
const groups = ['4111', '1111', '1111', '1111'] as const;
const visa = groups.join('');
const numbers = [
  groups,
  ['5555', '5555', '5555', '4444'],
  ['3782', '822463', '10005'],
  ['3056', '930902', '5904'],
  ['6011', '1111', '1111', '1117'],
  ['3530', '1113', '3330', '0000'],
  ['6205', '5000', '0000', '0000', '004'],
];

describe('a card number', () => {
  it.each(numbers.flatMap((parts) => ['', ' ', '-', '–'].map((between) => parts.join(between))))(
    'of each network is found: %j',
    (text) => {
      expect(looksLikeCardNumber(text)).toBe(true);
    },
  );

  it.each([
    `${groups[0]}-${groups[1]}${groups[2]} ${groups[3]}`,
    [...visa].join(' '),
    [...visa].join('. '),
    `card: ${visa}`,
    `${visa}.`,
    `"${visa}"`,
    `order_${visa}_x`,
    `tok_${visa}`,
    `${visa} 12/29 123`,
    `${groups.join('.')}/12/29`,
    `12 ${visa}`,
    `99-${visa}-99`,
    `é${visa}é`,
    `a1234567-89ab-8def-8123-456789abcdef ${visa}`,
    `${visa}-a1234567-89ab-8def-8123-456789abcdef`,
    `${'0123456789abcdef'.repeat(4)} ${visa}`,
    ['41111111', '1111', '1111', '0000', '000000000000'].join('-'),
  ])('is found in %j', (text) => {
    expect(looksLikeCardNumber(text)).toBe(true);
  });

  it.each(['visa#', 'visa #', '#x', '#exp1229', 'pan#cvc123', '9a#a9', 'cafe#', '#deadbeefs'])(
    'is found with letters next to it: %s',
    (text) => {
      for (const between of ['', ' ', '-', '.']) {
        for (const parts of numbers.filter((one) => one.join('').length >= 15)) {
          expect(looksLikeCardNumber(text.replace('#', parts.join(between)))).toBe(true);
        }
      }
    },
  );

  it.each([
    ['a dot', '.'],
    ['a slash', '/'],
    ['an underscore', '_'],
    ['two spaces', '  '],
    ['two dashes', '--'],
    ['a comma’s cousin, a dot and a space', '. '],
    ['a tab', '\t'],
    ['a line break', '\r\n'],
    ['a no-break space', '\u00a0'],
    ['a narrow no-break space', '\u202f'],
    ['a thin space', '\u2009'],
    ['an ideographic space', '\u3000'],
    ['a no-break hyphen', '\u2011'],
    ['an en dash', '\u2013'],
    ['an em dash', '\u2014'],
    ['a minus sign', '\u2212'],
    ['a soft hyphen', '\u00ad'],
    ['a zero-width space', '\u200b'],
    ['two dashes outside of the basic plane', '\u{10ead}\u{10ead}'],
  ])('is found with %s between its groups', (_name, between) => {
    for (const parts of numbers) {
      expect(looksLikeCardNumber(parts.join(between))).toBe(true);
      expect(looksLikeCardNumber(`to ${parts.join(between)}, 12/29`)).toBe(true);
    }
  });

  it.each([
    '',
    visa.replace(/1$/, '2'),
    `${visa}0000`,
    visa.slice(0, 11),
    `a${numbers[3]?.join('')}`,
    `${numbers[3]?.join('')}a`,
    groups.join('   '),
    groups.join(' - '),
    groups.join(':'),
    groups.join(','),
    groups.join('x'),
    'tok_approve',
    'order 2026-01-01',
    '2026-11-21T08:31:42.123Z',
    '2026-11-21 08:31:42.123',
    // Two addresses whose digits pass the Luhn test.
    '192.168.100.104',
    '192.168.100.120',
    // Digits of a UUID and of hashes, side by side, that pass the Luhn test.
    `a4242424-4242-4242-8242-${'42'.repeat(5)}aa`,
    `abcdefab-abcd-4bcd-abcd-${'42'.repeat(6)}`,
    `ABCDEFAB-ABCD-4BCD-ABCD-${'42'.repeat(6)}`,
    `${'ab0c'.repeat(4)}${visa}`,
    `${'AB0C'.repeat(4)}${visa}${'AB0C'.repeat(8)}`,
    `git: ${visa}${'ab0c'.repeat(6)}.`,
  ])('is not found in %j', (text) => {
    expect(looksLikeCardNumber(text)).toBe(false);
  });

  it('is looked for in time that grows with the text, not with its square', () => {
    for (const part of ['1', '1 ', '1-', '1. ', '1_', '1\u2013', '111-', '1a', '11111111-', 'a ']) {
      const text = part.repeat((32 * 1024) / part.length);
      expect(looksLikeCardNumber(`${text}x`)).toBe(false);
      expect(looksLikeCardNumber(`${text}x ${visa}`)).toBe(true);
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
