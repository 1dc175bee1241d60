import { describe, expect, it } from 'vitest';
import { allocate } from './allocate.ts';

describe('an allocation', () => {
  it.each([
    ['the unit that is left to the first of equals', 100, [1, 1, 1], [34, 33, 33]],
    ['two units that are left to the first two', 101, [1, 1, 1], [34, 34, 33]],
    ['the unit that is left to the one that lost most', 10, [1, 5, 1], [2, 7, 1]],
    ['not the heaviest, but who lost most', 100, [501, 333, 166], [50, 33, 17]],
    ['nothing to a weight of zero', 7, [0, 1, 0, 1, 0], [0, 4, 0, 3, 0]],
    ['a negative total as its mirror', -100, [1, 1, 1], [-34, -33, -33]],
    ['nothing at all', 0, [1, 2], [0, 0]],
    ['less than there are parts', 2, [1, 1, 1], [1, 1, 0]],
    ['all to a single part', 290, [7], [290]],
    [
      'exactly what no double holds',
      10 ** 12 - 1,
      [2 ** 53 - 1, 2 ** 53 - 2],
      [500_000_000_000, 499_999_999_999],
    ],
  ])('gives %s', (_, totalMinor, weights, parts) => {
    expect(allocate(totalMinor, weights)).toEqual(parts);
  });

  it.each([
    ['no weight', 1, []],
    ['weights of zero alone', 0, [0, 0]],
    ['a negative weight', 1, [2, -1]],
    ['a weight that is no integer', 1, [0.5]],
    ['a weight that a double does not hold exactly', 1, [2 ** 53]],
    ['a total that is no integer', 0.5, [1]],
    ['a total beyond 10^15', 10 ** 15 + 1, [1]],
    ['a total below -10^15', -(10 ** 15) - 1, [1]],
  ])('is refused for %s', (_, totalMinor, weights) => {
    expect(() => allocate(totalMinor, weights)).toThrow(RangeError);
  });
});
