import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxAmountMinor } from './currency.ts';
import { type FeePlan, feeOfCapture } from './fees.ts';

const planOf = (basisPoints: number, fixed: number): FeePlan => ({
  basisPoints,
  fixedMinor: { EUR: fixed },
});
const basisPoints = fc.nat(10_000);
const fixed = fc.oneof(fc.constant(0), fc.nat(100), fc.nat(10_000));
const plan = fc.tuple(basisPoints, fixed).map(([percent, minor]) => planOf(percent, minor));
const amount = fc.oneof(
  fc.integer({ min: 1, max: 50 }),
  fc.integer({ min: 1, max: 100_000 }),
  fc.integer({ min: 1, max: maxAmountMinor / 10 }),
);
const amounts = fc.array(amount, { minLength: 1, maxLength: 10 });

/** Each capture with its fee, one after the other. */
function capture(given: FeePlan, captures: readonly number[]) {
  let capturedBeforeMinor = 0;
  let feesBeforeMinor = 0;
  return captures.map((amountMinor) => {
    const fee = feeOfCapture(given, {
      currency: 'EUR',
      capturedBeforeMinor,
      amountMinor,
      feesBeforeMinor,
    });
    capturedBeforeMinor += amountMinor;
    feesBeforeMinor += fee;
    return { amountMinor, fee, capturedMinor: capturedBeforeMinor, feesMinor: feesBeforeMinor };
  });
}

/** What is due for a sum, in ten-thousandths of a minor unit and without rounding. */
const exactDue = (given: FeePlan, capturedMinor: number) =>
  BigInt(capturedMinor) * BigInt(given.basisPoints) + BigInt(given.fixedMinor.EUR ?? 0) * 10_000n;

describe('the fees of captures in parts', () => {
  it('are what one capture of the whole costs, wherever the limit does not hold', () => {
    let compared = 0;
    fc.assert(
      fc.property(plan, amounts, (given, parts) => {
        const last = capture(given, parts).at(-1);
        const whole = capture(given, [parts.reduce((sum, part) => sum + part, 0)])[0];
        const limited = last?.fee === last?.amountMinor;
        compared += limited ? 0 : 1;
        expect(limited ? true : last?.feesMinor === whole?.feesMinor).toBe(true);
        // Even with it, parts never cost more than the whole.
        expect(Number(last?.feesMinor) <= Number(whole?.feesMinor)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(compared).toBeGreaterThan(1_000);
  });

  it('are within half a minor unit of what is due, rounded half up, or all that came in', () => {
    fc.assert(
      fc.property(plan, amounts, (given, parts) => {
        for (const { amountMinor, fee, capturedMinor, feesMinor } of capture(given, parts)) {
          const off = BigInt(feesMinor) * 10_000n - exactDue(given, capturedMinor);
          expect(off <= 5_000n).toBe(true);
          expect(off > -5_000n || fee === amountMinor).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('are never negative, and never more than their captures', () => {
    fc.assert(
      fc.property(plan, amounts, (given, parts) => {
        for (const { amountMinor, fee, capturedMinor, feesMinor } of capture(given, parts)) {
          expect(Number.isSafeInteger(fee) && fee >= 0 && fee <= amountMinor).toBe(true);
          expect(feesMinor <= capturedMinor).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('stay in these bounds when the plan changes between two captures', () => {
    fc.assert(
      fc.property(plan, plan, amounts, amount, (before, after, parts, amountMinor) => {
        const last = capture(before, parts).at(-1);
        const fee = feeOfCapture(after, {
          currency: 'EUR',
          capturedBeforeMinor: Number(last?.capturedMinor),
          amountMinor,
          feesBeforeMinor: Number(last?.feesMinor),
        });
        expect(fee >= 0 && fee <= amountMinor).toBe(true);
      }),
    );
  });
});

describe('the fee of one capture', () => {
  it('is never less for more money, for a higher percentage, or for a higher fixed part', () => {
    fc.assert(
      fc.property(
        fc.tuple(amount, amount),
        fc.tuple(basisPoints, basisPoints),
        fc.tuple(fixed, fixed),
        (minors, percents, fixes) => {
          const fee = (pick: (a: number, b: number) => number) =>
            capture(planOf(pick(...percents), pick(...fixes)), [pick(...minors)])[0]?.fee;
          expect(fee(Math.min)).toBeLessThanOrEqual(fee(Math.max) as number);
        },
      ),
    );
  });
});
