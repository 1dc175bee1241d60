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

/** Text that may stand beside a number without being part of its word. */
const before = fc.string({ unit: 'grapheme' }).filter((text) => !/[A-Za-z0-9]$/.test(text));
const after = fc.string({ unit: 'grapheme' }).filter((text) => !/^[A-Za-z0-9]/.test(text));

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
});
