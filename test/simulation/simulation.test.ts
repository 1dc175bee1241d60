import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { missedPoints, textOf } from './run/report.ts';
import { simulate } from './run/simulate.ts';

/** As many as `npm run simulate` runs when it is not told how many. */
const seeds = 1_000;

describe('the pipeline, in virtual time and with all that can go wrong', () => {
  it('keeps every invariant, and meets every crash point that there is', async () => {
    const report = await simulate({ from: 1, seeds, workers: Math.min(availableParallelism(), 2) });
    expect(report.failures, textOf(report)).toEqual([]);
    expect(missedPoints(report)).toEqual([]);
    expect(report.seeds).toBe(seeds);
  }, 1_200_000);
});
