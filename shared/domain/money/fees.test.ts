import { describe, expect, it } from 'vitest';
import { maxAmountMinor } from './currency.ts';
import { type FeeOccasion, type FeePlan, feeOfCapture, planOf } from './fees.ts';

const percentOnly: FeePlan = { basisPoints: 290, fixedMinor: {} };
const withFixed: FeePlan = { basisPoints: 290, fixedMinor: { EUR: 30, KWD: 100 } };

function occasion(change: Partial<FeeOccasion>): FeeOccasion {
  return {
    currency: 'EUR',
    capturedBeforeMinor: 0,
    amountMinor: 10_000,
    feesBeforeMinor: 0,
    ...change,
  };
}

/** The fees of captures one after the other, each with the plan that holds then. */
function feesOf(plans: readonly FeePlan[], amounts: readonly number[]): number[] {
  const fees: number[] = [];
  let capturedBeforeMinor = 0;
  for (const [index, amountMinor] of amounts.entries()) {
    const feesBeforeMinor = fees.reduce((sum, fee) => sum + fee, 0);
    const plan = plans[index] ?? (plans.at(-1) as FeePlan);
    fees.push(feeOfCapture(plan, occasion({ capturedBeforeMinor, amountMinor, feesBeforeMinor })));
    capturedBeforeMinor += amountMinor;
  }
  return fees;
}

describe('the fee of a capture', () => {
  it.each([
    ['of EUR 100.00', 10_000, 290],
    ['of the smallest amount', 1, 0],
    ['below a half', 17, 0],
    ['from a half on', 18, 1],
    ['of an exact half', 5_000, 145],
    ['of an exact half that is rounded up', 50, 1],
    ['of one that rounding half to even would leave', 250, 7],
    ['of the largest amount', maxAmountMinor, 29_000_000_000],
    ['just under it', 999_999_999_999, 29_000_000_000],
  ])('%s at 2.9 %%', (_, amountMinor, feeMinor) => {
    expect(feeOfCapture(percentOnly, occasion({ amountMinor }))).toBe(feeMinor);
  });

  it('is exact where a double no longer is', () => {
    const plan = { basisPoints: 9_999, fixedMinor: {} };
    // The product ends in 4999; as a double it would end in 5000, and be rounded up.
    expect(feeOfCapture(plan, occasion({ amountMinor: 999_999_995_001 }))).toBe(999_899_995_001);
    expect(feeOfCapture(plan, occasion({ amountMinor: 999_999_995_000 }))).toBe(999_899_995_001);
  });

  it.each([
    ['EUR', 320],
    ['KWD', 390],
    ['JPY', 290],
  ] as const)('has the fixed part of %s', (currency, feeMinor) => {
    expect(feeOfCapture(withFixed, occasion({ currency }))).toBe(feeMinor);
  });

  it('has the fixed part once, with the first capture', () => {
    expect(feesOf([withFixed], [5_000, 3_000, 2_000])).toEqual([175, 87, 58]);
  });

  it('is in parts what it is in one: the example of docs/money.md', () => {
    expect(feesOf([withFixed], [3_333, 3_333, 3_334])).toEqual([127, 96, 97]);
    expect(feesOf([withFixed], [10_000])).toEqual([320]);
    // Each for itself would be more.
    expect([3_333, 3_333, 3_334].flatMap((part) => feesOf([percentOnly], [part]))).toEqual([
      97, 97, 97,
    ]);
  });

  it('never takes more than the capture brings in, and the rest with the next', () => {
    expect(feesOf([withFixed], [10, 9_990])).toEqual([10, 310]);
    expect(feesOf([withFixed], [10, 5, 9_985])).toEqual([10, 5, 305]);
  });

  it('may be all of it', () => {
    expect(feesOf([{ basisPoints: 10_000, fixedMinor: { EUR: 1 } }], [7, 8])).toEqual([7, 8]);
  });

  it('gives nothing back when the plan became cheaper', () => {
    const cheaper = { basisPoints: 100, fixedMinor: {} };
    expect(feesOf([withFixed, cheaper], [10_000, 1_000])).toEqual([320, 0]);
    expect(feesOf([withFixed, cheaper], [10_000, 1_000, 30_000])).toEqual([320, 0, 90]);
  });

  it.each<Partial<FeeOccasion>>([
    { amountMinor: 0 },
    { amountMinor: -1 },
    { amountMinor: 0.5 },
    { amountMinor: 10 ** 15 + 1 },
    { capturedBeforeMinor: -1 },
    { capturedBeforeMinor: 0.5 },
    { capturedBeforeMinor: 10 ** 15 },
    { feesBeforeMinor: -1 },
    { feesBeforeMinor: Number.NaN },
  ])('is refused for %o', (change) => {
    expect(() => feeOfCapture(withFixed, occasion(change))).toThrow(RangeError);
  });
});

describe('the plan of a tenant', () => {
  const plans = {
    standard: percentOnly,
    negotiated: { volume: withFixed },
    tenants: { acme: 'volume', globex: 'gone', hooli: 'toString' },
  };

  it('is the one that it has negotiated', () => {
    expect(planOf(plans, 'acme')).toBe(withFixed);
  });

  it.each(['initech', 'volume', 'constructor', '__proto__'])(
    'is the standard one of %s',
    (tenant) => {
      expect(planOf(plans, tenant)).toBe(percentOnly);
    },
  );

  it('is never the standard one by a slip', () => {
    expect(() => planOf(plans, 'globex')).toThrow(
      new RangeError('there is no fee plan gone, which globex has'),
    );
    expect(() => planOf(plans, 'hooli')).toThrow(RangeError);
  });
});
