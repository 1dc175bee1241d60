import { describe, expect, it } from 'vitest';
import { captureFeeMinor } from './entry.ts';

describe('the fee of the PSP for a capture', () => {
  it.each([
    [10_000, 120],
    [1, 0],
    [41, 0],
    [42, 1],
    [124, 1],
    [125, 2],
    [1_000_000_000_000, 12_000_000_000],
    [999_999_999_999, 12_000_000_000],
    [999_999_999_958, 11_999_999_999],
  ])('of %i is %i: 1.2 %%, half up', (gross, fee) => expect(captureFeeMinor(gross)).toBe(fee));
});
