import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, sequence } from './commands.ts';
import { invariantsOf } from './invariants.ts';
import { type Fate, lifecycleWorld } from './world.ts';

/** Sequences of up to 30 commands. Together with the other half it is 10,000. */
const numRuns = 5_000;

describe.each([1, 2])('the life of payments, half %d', (half) => {
  it('keeps every invariant after each of what happens, legal or not', async () => {
    const fates = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(sequence, async (commands) => {
        const world = lifecycleWorld();
        const checkInvariants = invariantsOf(world);
        for (const command of commands) {
          const fate = await world.carryOut(command);
          note(fates, command.kind, fate);
          await checkInvariants();
        }
        await world.foldAll();
        await checkInvariants();
      }),
      { numRuns, seed: half },
    );
    // Each kind of command came to something, and what can be refused was.
    for (const [kind, least] of Object.entries(taken)) {
      expect(fates.get(`${kind} taken`) ?? 0, `${kind} taken`).toBeGreaterThan(least);
    }
    for (const kind of refusable) {
      expect(fates.get(`${kind} refused`) ?? 0, `${kind} refused`).toBeGreaterThan(50);
    }
  }, 600_000);
});

const taken: Partial<Record<Command['kind'], number>> = {
  pay: numRuns,
  capture: 500,
  cancel: 200,
  refund: 500,
  'refund twice': 200,
  expire: 100,
  inquire: 200,
  dispute: 200,
  'dispute end': 50,
  settle: 500,
  payout: 500,
  'payout end': 100,
  fold: 1_000,
};

const refusable: readonly Command['kind'][] = [
  'capture',
  'cancel',
  'refund',
  'inquire',
  'dispute',
  'dispute end',
  'payout end',
];

function note(fates: Map<string, number>, kind: string, fate: Fate): void {
  fates.set(`${kind} ${fate}`, (fates.get(`${kind} ${fate}`) ?? 0) + 1);
}
