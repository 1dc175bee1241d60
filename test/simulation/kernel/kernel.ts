import { agenda } from './agenda.ts';

/** Virtual time, and what is to happen in it, one thing after the other. */
export interface Kernel {
  /** Virtual milliseconds since the run began. */
  readonly now: () => number;
  /**
   * Has something happen after a while, unless `act` says false: then it was not worth a step. The
   * key is its own, and decides between two of one instant.
   */
  readonly after: (
    delayMs: number,
    key: string,
    act: () => unknown,
    options?: { readonly recurring?: boolean },
  ) => void;
  /** How much is to happen that does not come round by the clock. */
  readonly pending: () => number;
  /** How many things have happened. */
  readonly steps: () => number;
  /**
   * Has happen what is to happen, until nothing is left or `isOver` says so. After each step
   * everything that it set going has come to where it waits for a turn of its own.
   *
   * @throws what `afterStep` throws, and Error for a run that does not end
   */
  readonly run: (isOver: () => boolean, afterStep?: () => void | Promise<void>) => Promise<void>;
}

/** A macrotask comes after every microtask, those that microtasks made included. */
const drained = () => new Promise<void>((resolve) => setImmediate(resolve));

/** @param mostSteps more than any run that ends: what goes on after so many is a loop */
export function kernel(mostSteps = 60_000): Kernel {
  const coming = agenda();
  let nowMs = 0;
  let steps = 0;
  return {
    now: () => nowMs,
    after: (delayMs, key, act, { recurring = false } = {}) => {
      coming.add({ atMs: nowMs + delayMs, key, act, recurring });
    },
    pending: coming.pending,
    steps: () => steps,
    run: async (isOver, afterStep) => {
      while (!isOver()) {
        const next = coming.next();
        if (!next) {
          return;
        }
        nowMs = next.atMs;
        if (next.act() === false) {
          continue;
        }
        if (++steps > mostSteps) {
          throw new Error(`the run does not end: ${steps} steps, and then ${next.key}`);
        }
        await drained();
        await afterStep?.();
      }
    },
  };
}
