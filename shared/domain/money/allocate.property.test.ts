import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from './allocate.ts';

const total = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.integer({ min: 0, max: 10 ** 12 }),
  fc.integer({ min: 10 ** 12 - 10, max: 10 ** 12 }),
);
const weight = fc.oneof(fc.nat(5), fc.nat(10_000), fc.maxSafeNat());
const weights = fc
  .array(weight, { minLength: 1, maxLength: 12 })
  .filter((given) => given.some((one) => one > 0));

const sumOf = (values: readonly number[]) => values.reduce((sum, one) => sum + BigInt(one), 0n);

describe('an allocation', () => {
  it('loses nothing, and is nowhere a whole minor unit away from the exact share', () => {
    fc.assert(
      fc.property(total, weights, (totalMinor, given) => {
        const parts = allocate(totalMinor, given);
        expect(sumOf(parts)).toBe(BigInt(totalMinor));
        const whole = sumOf(given);
        for (const [index, part] of parts.entries()) {
          const exact = BigInt(totalMinor) * BigInt(given[index] as number);
          const off = BigInt(part) * whole - exact;
          expect(off > -whole && off < whole).toBe(true);
          expect(given[index] === 0 && part !== 0).toBe(false);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('rounds up those that would lose most, of equal ones the first', () => {
    fc.assert(
      fc.property(total, weights, (totalMinor, given) => {
        const whole = sumOf(given);
        const shares = allocate(totalMinor, given).map((part, index) => {
          const exact = BigInt(totalMinor) * BigInt(given[index] as number);
          return { index, loss: exact % whole, up: BigInt(part) * whole > exact };
        });
        for (const up of shares.filter((share) => share.up)) {
          for (const down of shares.filter((share) => !share.up)) {
            expect(up.loss > down.loss || (up.loss === down.loss && up.index < down.index)).toBe(
              true,
            );
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('of a negative total is the mirror of the positive one', () => {
    fc.assert(
      fc.property(total, weights, (totalMinor, given) => {
        expect(allocate(-totalMinor, given)).toEqual(
          allocate(totalMinor, given).map((part) => 0 - part),
        );
      }),
    );
  });

  it('looks at the proportion of the weights alone', () => {
    fc.assert(
      fc.property(
        total,
        fc.array(fc.nat(10_000), { minLength: 1, maxLength: 12 }).map((given) => [1, ...given]),
        fc.integer({ min: 1, max: 10 ** 9 }),
        (totalMinor, given, factor) => {
          expect(
            allocate(
              totalMinor,
              given.map((one) => one * factor),
            ),
          ).toEqual(allocate(totalMinor, given));
        },
      ),
    );
  });
});
