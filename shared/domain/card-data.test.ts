import { describe, expect, it } from 'vitest';
import { findCardData, looksLikeCardNumber } from './card-data.ts';

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
    `https://shop.example/?q=${encodeURIComponent(groups.join(' '))}`,
    `100%25 of %zz, ${[...visa].map((digit) => `%3${digit}`).join('')}`,
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
    ['three spaces', '   '],
    ['a dash between spaces', ' - '],
    ['a comma and a space', ', '],
    ['a colon', ':'],
    ['a bar and a quote', '|"'],
    ['eight stars', '********'],
    ['the end of a JSON list', '"], ["'],
    ['a combining mark', '\u0301'],
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
    groups.join('x'),
    groups.join('---------'),
    // Not in the groups of a card, and not as a network's begin.
    ['4111', '11111111', '1111'].join(' - '),
    ['9111', '1111', '1111', '1116'].join(', '),
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

  /** The digits and the one behind them that makes them pass. */
  const passing = (digits: string) =>
    [...'0123456789'].map((last) => digits + last).filter(looksLikeCardNumber);

  it('begins as numbers of its length can', () => {
    const begins = (length: number) =>
      [...'123456789']
        .filter((first) => passing(first + '5'.repeat(length - 2)).length > 0)
        .join('');
    expect([12, 13, 14].map(begins)).toEqual(Array(3).fill('3456'));
    expect([15, 16, 17, 18, 19].map(begins)).toEqual(Array(5).fill('123456789'));
  });

  it('counts without the zeros before it, and none is all zeros', () => {
    for (let zeros = 0; zeros <= 3; zeros++) {
      expect(looksLikeCardNumber('0'.repeat(zeros) + visa)).toBe(true);
    }
    for (let length = 12; length <= 19; length++) {
      expect(looksLikeCardNumber('0'.repeat(length))).toBe(false);
    }
    expect(looksLikeCardNumber(Array(4).fill('0000').join('-'))).toBe(false);
  });

  it('is not seen in what has the digits of the year before it', () => {
    expect(passing('INV-2026-00000010000')).toEqual([]);
    expect(passing('202600000010000')).toEqual([]);
    expect(passing('222100000010000')).toHaveLength(1);
  });

  it('is never seen in a time in milliseconds, as a text and as a number', () => {
    const from = Date.parse('2026-11-21T00:00:00.000Z');
    for (let n = 0; n < 1_000; n++) {
      const ms = from + n * 86_399_999;
      expect(findCardData([ms, String(ms), `at ${ms}`, `order-${ms}`])).toEqual([]);
    }
  });

  it.each([
    ['full-width', 0xff10],
    ['Arabic-Indic', 0x0660],
    ['Devanagari', 0x0966],
    ['bold mathematical', 0x1d7ce],
    ['Tai Tham, behind another set of ten,', 0x1a90],
    ['segmented', 0x1fbf0],
  ])('is found in %s digits', (_name, zero) => {
    for (const between of ['', ' ', '-']) {
      const written = groups
        .map((group) => [...group].map((digit) => String.fromCodePoint(zero + Number(digit))))
        .map((group) => group.join(''))
        .join(between);
      expect(looksLikeCardNumber(`card ${written}.`)).toBe(true);
    }
  });

  it('is found in raised, lowered and circled digits', () => {
    for (const one of ['\u00b9', '\u2081', '\u2460']) {
      expect(looksLikeCardNumber(visa.replaceAll('1', one).replace('4', '\u2074'))).toBe(true);
    }
  });

  it('is found next to a date, an id or a phone number', () => {
    for (const other of ['2026-11-21', '20261121', '21.11.2026', '+49 30 1234567', '11/21/2026']) {
      for (const text of [`${visa} ${other}`, `${other} ${visa}`, `${other}-${visa}`]) {
        expect(looksLikeCardNumber(text)).toBe(true);
      }
    }
  });

  it('is looked for in time that grows with the text, not with its square', () => {
    for (const part of ['1', '1 ', '1-', '1. ', '1_', '1\u2013', '111-', '1a', '11111111-', 'a ']) {
      const text = part.repeat((32 * 1024) / part.length);
      expect(looksLikeCardNumber(`${text}x`)).toBe(false);
      expect(looksLikeCardNumber(`${text}x ${visa}`)).toBe(true);
    }
  });
});
