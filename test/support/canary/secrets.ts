import fc from 'fast-check';

/** Something that nobody may keep, and by which it is found again. */
export interface Canary {
  readonly what: 'a card number' | 'a check value' | 'an API key';
  /** As it is sent, in a text. */
  readonly text: string;
  /** As the value of a field that is named for it. */
  readonly field: readonly [name: string, value: string];
  /** What is searched for: no place has it but by this test. */
  readonly marks: readonly string[];
}

/** With the digit behind it that makes it pass (ISO/IEC 7812-1, annex B). */
function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

/** As the networks' begin: with 14, 15, 16 and 19 digits, in the groups of each. */
const cards: fc.Arbitrary<Canary> = fc
  .oneof(
    fc.tuple(fc.constant('4'), digits(14), fc.constant([4, 4, 4, 4])),
    fc.tuple(fc.constant('55'), digits(13), fc.constant([4, 4, 4, 4])),
    fc.tuple(fc.constant('37'), digits(12), fc.constant([4, 6, 5])),
    fc.tuple(fc.constant('36'), digits(11), fc.constant([4, 6, 4])),
    fc.tuple(fc.constant('62'), digits(16), fc.constant([4, 4, 4, 4, 3])),
  )
  .chain(([start, rest, lengths]) => {
    const number = withCheckDigit(start + rest);
    const groups = lengths.map((length, index) => {
      const from = lengths.slice(0, index).reduce((sum, one) => sum + one, 0);
      return number.slice(from, from + length);
    });
    return fc.constantFrom('', '', '-', ' ', '.', ' - ').map((between) => {
      const text = groups.join(between);
      return {
        what: 'a card number',
        text,
        field: ['number', text],
        marks: [...new Set([number, text])],
      };
    });
  });

const mark = fc.string({
  unit: fc.constantFrom(...'bcdfghjkmnpqrstvwxz'),
  minLength: 20,
  maxLength: 20,
});

const checkValues: fc.Arbitrary<Canary> = fc
  .tuple(
    mark,
    fc.constantFrom('cvv', 'CVC', 'card_security_code', 'securityCode', 'cvv2', 'cid'),
    fc.integer({ min: 100, max: 9_999 }),
  )
  .map(([own, name, value]) => ({
    what: 'a check value',
    text: `${own} cvv: ${value}`,
    field: [name, own],
    marks: [own],
  }));

const apiKeys: fc.Arbitrary<Canary> = fc
  .string({
    unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'),
    minLength: 43,
    maxLength: 43,
  })
  .map((own) => {
    const key = `paysaga_local_${own}`;
    return { what: 'an API key', text: key, field: ['api_key', key], marks: [own] };
  });

/** Fifty of them, the same for the same seed: none is in the source. */
export function canaries(seed: number): Canary[] {
  const some = (arbitrary: fc.Arbitrary<Canary>, numRuns: number) =>
    fc.sample(fc.noBias(arbitrary), { seed, numRuns });
  const made = [...some(cards, 28), ...some(checkValues, 12), ...some(apiKeys, 10)];
  return made.map((_, index) => made[(index * 7) % made.length] as Canary);
}
