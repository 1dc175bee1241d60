import * as fc from 'fast-check';

export type Fault = 'before' | 'after' | 'none';

class Crash extends Error {
  override readonly name = 'Crash';
}

/** Dies before or after each effect, as the plan says; the plan's end is the end of the crashes. */
export function crashing<Args extends readonly unknown[], Result>(
  plan: Iterator<Fault>,
  effect: (...args: Args) => Promise<Result>,
) {
  return async (...args: Args): Promise<Result> => {
    const fault = plan.next().value ?? 'none';
    if (fault === 'before') {
      throw new Crash('before');
    }
    const result = await effect(...args);
    if (fault === 'after') {
      throw new Crash('after');
    }
    return result;
  };
}

const faults = (maxLength: number) =>
  fc.array(fc.constantFrom<Fault>('before', 'after', 'none', 'none', 'none'), { maxLength });

/** Which effects of a run are cut short: now and then, or a few in a row as well, as in an outage. */
export const crashPlans: fc.Arbitrary<readonly Fault[]> = fc.oneof(
  faults(24),
  fc
    .tuple(faults(12), fc.integer({ min: 3, max: 10 }), faults(8))
    .map(([before, length, after]) => [
      ...before,
      ...Array<Fault>(length).fill('before'),
      ...after,
    ]),
);
