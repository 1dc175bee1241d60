import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slotsToTry } from './bulkhead.ts';

const randoms = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
  minLength: 5,
  maxLength: 5,
});

describe('the slots that a call tries', () => {
  it('are up to five of those that there are, each once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.option(fc.integer({ min: 0, max: 60 })),
        randoms,
        (slots, last, left) => {
          const next = left.values();
          const tried = slotsToTry(slots, last, () => next.next().value ?? 0);
          expect(tried).toHaveLength(Math.min(slots, 5));
          expect(new Set(tried).size).toBe(tried.length);
          expect(tried.every((slot) => slot >= 0 && slot < slots)).toBe(true);
          if (last !== null && last < slots) {
            expect(tried[0]).toBe(last);
          }
        },
      ),
    );
  });

  it('can each be the first one of a process that had none', () => {
    const firsts = [0, 0.25, 0.5, 0.75].map((random) => slotsToTry(4, null, () => random)[0]);
    expect(firsts).toEqual([0, 1, 2, 3]);
  });

  it('begin with the one that the process had last', () => {
    expect(slotsToTry(4, 2, () => 0)).toEqual([2, 0, 1, 3]);
  });
});
