import { maxMoneyMinor } from './money.ts';

/**
 * Splits an amount by weights without losing a minor unit: the parts sum to the total, and each is
 * less than one minor unit away from its exact share. `allocate(100, [1, 1, 1])` is `[34, 33, 33]`.
 *
 * Source: the method of the largest remainder (Hamilton's). Each part gets its share rounded down;
 * the units that are left go one each to the parts that lost most by that, of equal ones to the
 * first. A weight of zero gets nothing. A negative total is split as the positive one, mirrored.
 *
 * @param weights integers from 0 on, at least one of them above 0
 * @returns minor units, one for each weight, in their order
 * @throws RangeError for a total beyond 10^15, for anything but integers, and for weights of which
 *   none is above 0
 */
export function allocate(totalMinor: number, weights: readonly number[]): number[] {
  if (!Number.isSafeInteger(totalMinor) || Math.abs(totalMinor) > maxMoneyMinor) {
    throw new RangeError('a total must be an integer of at most 10^15 minor units');
  }
  if (!weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0)) {
    throw new RangeError('a weight must be an integer of at least 0');
  }
  const weightSum = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (weightSum === 0n) {
    throw new RangeError('at least one weight must be above 0');
  }

  const total = BigInt(Math.abs(totalMinor));
  const shares = weights.map((weight, index) => {
    const product = total * BigInt(weight);
    return { index, whole: product / weightSum, remainder: product % weightSum };
  });
  const left = total - shares.reduce((sum, { whole }) => sum + whole, 0n);
  // The sort is stable: of equal remainders, the first stays first.
  const roundedUp = new Set(
    shares
      .toSorted((a, b) => Number(b.remainder - a.remainder))
      .slice(0, Number(left))
      .map(({ index }) => index),
  );
  const sign = totalMinor < 0 ? -1n : 1n;
  return shares.map(({ index, whole }) =>
    Number(sign * (whole + (roundedUp.has(index) ? 1n : 0n))),
  );
}
