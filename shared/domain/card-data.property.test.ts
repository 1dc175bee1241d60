import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCardData, looksLikeCardNumber } from './card-data.ts';

/** 11 to 18 digits as numbers of cards begin, with the one behind them that makes them pass (ISO/IEC 7812-1, annex B). */
const cardNumber = fc
  .oneof(
    fc.stringMatching(/^[3-6][0-9]{10,12}$/),
    fc.stringMatching(/^(?:[13-9][0-9]|2[1-9])[0-9]{12,16}$/),
  )
  .map((digits) => {
    const sum = [...digits].reverse().reduce((total, text, index) => {
      const twice = Number(text) * 2;
      return total + (index % 2 === 1 ? Number(text) : twice > 9 ? twice - 9 : twice);
    }, 0);
    return `${digits}${(10 - (sum % 10)) % 10}`;
  });

/** A group of a date's form, which no number of a card is written in. */
const aDate = /(?<!\d)(?:19|20)\d\d([-./]?)\d\d\1\d\d(?:\d{4,9})?(?!\d)|\d\d([-./])\d\d\2(?:19|20)/;

/** A card number with a space, a dash or nothing before each of its digits but the first. */
const writtenCardNumber = fc
  .tuple(
    cardNumber,
    fc.array(fc.constantFrom('', '', '', ' ', '-'), { minLength: 19, maxLength: 19 }),
  )
  .map(([digits, separators]) =>
    [...digits].map((digit, index) => (index === 0 ? '' : separators[index]) + digit).join(''),
  )
  .filter((text) => !aDate.test(text));

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
  )
  .filter((text) => !aDate.test(text));

const notADigit = fc
  .string({ unit: 'grapheme' })
  .filter((text) => !/^\p{N}|\p{N}$/u.test(text.normalize('NFKC')));

/** Text that may stand beside a number without being part of its word. */
const before = fc
  .string({ unit: 'grapheme' })
  .filter((text) => !/[A-Za-z\p{N}]$|\+\(?$/u.test(text.normalize('NFKC')));
const after = fc
  .string({ unit: 'grapheme' })
  .filter((text) => !/^[A-Za-z\p{N}]/u.test(text.normalize('NFKC')));

/** A hash of this length: with a letter, as all but one in three million of the shortest have. */
const hexOf = (length: number) =>
  fc
    .uint8Array({ minLength: length / 2, maxLength: length / 2 })
    .map((bytes) => Buffer.from(bytes).toString('hex'))
    .filter((hash) => /[a-f]/.test(hash));

const dates = fc.date({
  min: new Date('1900-01-01'),
  max: new Date('2099-12-31'),
  noInvalidDate: true,
});
const betweenDates = fc.constantFrom(' ', '/', '-', ' - ', '..', '_', ' to ', ', ');
const dateForms = fc.constantFrom(
  'ymd',
  'y-m-d',
  'y/m/d',
  'y.m.d',
  'd.m.y',
  'd/m/y',
  'm/d/y',
  'm-d-y',
);

function formed(date: Date, form: string): string {
  const [y = '', m = '', d = ''] = date.toISOString().slice(0, 10).split('-');
  return form.replace('y', y).replace('m', m).replace('d', d);
}

function twoDates([from, to, between, form]: [Date, Date, string, string]): string {
  return formed(from, form) + between + formed(to, form);
}

function numbered([date, form, number]: [Date, string, number]): string {
  return `${formed(date, form)}-${String(number).padStart(6, '0')}`;
}

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
          const places = findCardData(value);
          expect(places.map(({ path }) => path)).toContain(asName ? '/*' : '/name');
          expect(JSON.stringify(places)).not.toContain(number);
        },
      ),
    );
  });

  it('is never seen in a UUID', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(looksLikeCardNumber(id)).toBe(false);
        expect(looksLikeCardNumber(`order ${id.toUpperCase()}`)).toBe(false);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ['a hash', fc.constantFrom(24, 32, 40, 64, 96, 128).chain(hexOf)],
    ['a ULID', fc.noBias(fc.ulid())],
    ['a time', dates.map((date) => date.toISOString())],
    ['two dates', fc.tuple(dates, dates, betweenDates, dateForms).map(twoDates)],
    [
      'a date and a number of six digits',
      fc.tuple(dates, dateForms, fc.nat(999_999)).map(numbered),
    ],
    ['a time in digits alone', dates.map((date) => date.toISOString().replace(/\D/g, ''))],
    ['a phone number', fc.stringMatching(/^\+?(?:[0-9][-. /]{0,2}){10}[0-9]$/)],
    ['a phone number with a plus', fc.stringMatching(/^\+[1-9](?:[-. ]?[0-9]){7,12}$/)],
    ['an IPv4 address', fc.ipV4()],
    ['an amount', fc.integer({ min: 1, max: 10 ** 12 }).map((amount) => ({ amount }))],
  ])('is never seen in %s', (_name, arbitrary) => {
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<unknown>, (value) => {
        const written =
          typeof value === 'string'
            ? [value, value.toUpperCase(), `order ${value}.`, `order_${value}`]
            : [value];
        expect(findCardData(written)).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });

  /** Of so many order ids, how many are refused: what only digits can tell from a card's, one in ten. */
  it.each([
    ['up to eleven digits', /^[0-9]{1,11}$/, 0],
    ['a prefix and up to fourteen digits', /^(?:ORD|inv|SO)[0-9]{6,14}$/, 0],
    ['letters and digits by turns', /^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$/, 0.001],
    ['twelve digits behind a year', /^INV-20[0-9]{2}-0{0,6}[0-9]{6}$/, 0],
    ['a number in a field of fixed width', /^0{6,14}[0-9]{1,11}$/, 0],
    ['zeros', /^0{1,30}$/, 0],
    ['a time in milliseconds', /^1[0-9]{12}$/, 0],
    ['three groups of digits, as some shops have them', /^[0-9]{3}-[0-9]{7}-[0-9]{7}$/, 0.22],
    ['thirteen digits', /^[1-9][0-9]{12}$/, 0.06],
  ])('is seen in few order ids of the form: %s', (_name, form, share) => {
    const ids = fc.sample(fc.noBias(fc.stringMatching(form)), { numRuns: 4_000, seed: 7 });
    expect(ids.filter(looksLikeCardNumber).length / ids.length).toBeLessThanOrEqual(share);
  });
});
