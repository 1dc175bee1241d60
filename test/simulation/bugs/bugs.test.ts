import { describe, expect, it } from 'vitest';
import { simulate } from '../run/simulate.ts';
import { republishAsleep } from './bug.ts';
import { bugs } from './bugs.ts';

/** So many seeds have to be enough to find a bug. */
const seeds = 1_000;

describe('a second line of defence that sleeps', () => {
  it('breaks nothing by itself', async () => {
    const asleep = { ...republishAsleep, name: 'republish-asleep', says: 'nobody publishes again' };
    const { failures } = await simulate({ from: 1, seeds: 200, bug: asleep, shrinks: 0 });
    expect(failures).toEqual([]);
  }, 600_000);
});

describe('a bug that is planted', () => {
  it.each(bugs.map((bug) => [bug.name, bug] as const))(
    'is found: %s',
    async (_, bug) => {
      const { failures } = await simulate({
        from: 1,
        seeds,
        bug,
        untilFailure: true,
        shrinks: 0,
      });
      expect(failures.length).toBeGreaterThan(0);
      // An invariant says so, and not a run that cannot go on.
      expect(failures.map(({ broken }) => broken.invariant)).toContainEqual(
        expect.stringMatching(/^[ 1]\d /),
      );
    },
    600_000,
  );
});
