import { coverage } from '../kernel/coverage.ts';
import { diceOf } from '../kernel/dice.ts';
import { type FaultPlan, faults } from '../kernel/faults.ts';
import { kernel } from '../kernel/kernel.ts';
import type { Core, Effect, Process } from '../kernel/process.ts';
import { timeline } from '../kernel/timeline.ts';

/** The parts of a run in which nothing goes wrong but what a test plans. */
export function aCore(plan: Partial<FaultPlan> = {}, seed = 1): Core {
  const dice = diceOf(seed);
  const time = kernel();
  return {
    seed,
    dice,
    kernel: time,
    faults: faults(dice, time.now, {
      rates: {},
      outages: [],
      focus: null,
      untilMs: Number.POSITIVE_INFINITY,
      ...plan,
    }),
    timeline: timeline(time.now, new Map()),
    coverage: coverage(),
    acting: { key: '' },
  };
}

/** Runs until nothing is left to happen. */
export function runAll({ kernel: time }: Core): Promise<void> {
  return time.run(() => false);
}

/** An effect that has every way to fail. */
export function anEffect<T>(name: string, act: () => T | Promise<T>): Effect<T> {
  return {
    name,
    kinds: ['throttle', 'conflict', 'lost_answer', 'late'],
    conflict: 'conflict' as T,
    act: async () => act(),
    say: () => '',
  };
}

/** A function that adds one to a number, by a read and a write that does not look again. */
export function increment(process: Pick<Process, 'effect'>, cell: { value: number }) {
  return async (): Promise<void> => {
    const before = await process.effect(anEffect('cell.read', () => cell.value));
    await process.effect(
      anEffect('cell.write', () => {
        cell.value = before + 1;
      }),
    );
  };
}
