import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCardNumbers, looksLikeCardNumber } from './card-data.ts';

/** 11 to 18 digits, with the one behind them that makes them pass (ISO/IEC 7812-1, annex B). */
const cardNumber = fc.stringMatching(/^[0-9]{11,18}$/).map((digits) => {
  const sum = [...digits].reverse().reduce((total, text, index) => {
    const twice = Number(text) * 2;
    return total + (index % 2 === 1 ? Number(text) : twice > 9 ? twice - 9 : twice);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
});

/** A card number with a space, a dash or nothing before each of its digits but the first. */
const writtenCardNumber = fc
  .tuple(
    cardNumber,
    fc.array(fc.constantFrom('', '', '', ' ', '-'), { minLength: 19, maxLength: 19 }),
  )
  .map(([digits, separators]) =>
    [...digits].map((digit, index) => (index === 0 ? '' : separators[index]) + digit).join(''),
  );

/** A card number of today, with none to two separators before each of its digits but the first. */
const looselyWritten = fc
  .tuple(
    cardNumber.filter(({ length }) => length >= 15),
    fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constant('') },
        fc.string({
          unit: fc.constantFrom(' ', '-', '.', '/', '_', '\u00a0', '\u2009', '\u2013', '\u200b'),
          minLength: 1,
          maxLength: 2,
        }),
      ),
      { minLength: 19, maxLength: 19 },
    ),
  )
  .map(([digits, between]) =>
    [...digits].map((digit, index) => (index === 0 ? '' : between[index]) + digit).join(''),
  );

const notADigit = fc.string({ unit: 'grapheme' }).filter((text) => !/^\d|\d$/.test(text));

/** Text that may stand beside a number without being part of its word. */
const before = fc.string({ unit: 'grapheme' }).filter((text) => !/[A-Za-z0-9]$/.test(text));
const after = fc.string({ unit: 'grapheme' }).filter((text) => !/^[A-Za-z0-9]/.test(text));

/** A hash of this length: with a letter, as all but one in three million of the shortest have. */
const hexOf = (length: number) =>
  fc
    .uint8Array({ minLength: length / 2, maxLength: length / 2 })
    .map((bytes) => Buffer.from(bytes).toString('hex'))
    .filter((hash) => /[a-f]/.test(hash));

const uuidWithLetter = fc.uuid().filter((id) => /[a-f]/.test(id));

describe('card data', () => {
  it('is found however a number is written and whatever stands around it', () => {
    fc.assert(
      fc.property(before, writtenCardNumber, after, (left, number, right) => {
        expect(looksLikeCardNumber(left + number + right)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is found however loosely a number of 15 digits is written, between letters as well', () => {
    fc.assert(
      fc.property(notADigit, looselyWritten, notADigit, (left, number, right) => {
        fc.pre(!/^[0-9a-f]{24,}$/i.test(left + number + right));
        expect(looksLikeCardNumber(left + number + right)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is found at any place of a JSON value, in names as well, and never shown', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        writtenCardNumber,
        fc.boolean(),
        (json, number, asName) => {
          const value = {
            around: JSON.parse(json),
            [asName ? number : 'name']: asName ? 1 : number,
          };
          const places = findCardNumbers(value);
          expect(places).toContain(asName ? '/*' : '/name');
          expect(places.join()).not.toContain(number);
        },
      ),
    );
  });

  it('is never seen in a UUID that has a letter', () => {
    fc.assert(
      fc.property(uuidWithLetter, (id) => {
        expect(looksLikeCardNumber(id)).toBe(false);
        expect(looksLikeCardNumber(`order ${id.toUpperCase()}`)).toBe(false);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ['a hash', fc.constantFrom(24, 32, 40, 64, 96, 128).chain(hexOf)],
    ['a ULID', fc.noBias(fc.ulid())],
    ['a time', fc.date({ noInvalidDate: true }).map((date) => date.toISOString())],
    ['a phone number', fc.stringMatching(/^\+?(?:[0-9][-. /]{0,2}){10}[0-9]$/)],
    ['an IPv4 address', fc.ipV4()],
  ])('is never seen in %s', (_name, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        for (const written of [text, text.toUpperCase(), `order ${text}.`, `order_${text}`]) {
          expect(looksLikeCardNumber(written)).toBe(false);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
