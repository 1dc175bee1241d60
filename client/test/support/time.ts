import type { Time } from '../../src/transport/time.ts';

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

export interface PassingTime extends Time {
  /** Lets time go by, from timer to timer, until the work has ended; and is its result. */
  readonly until: <T>(work: Promise<T>) => Promise<T>;
}

/**
 * Time that goes by when nothing else can happen: nobody waits for it.
 *
 * @param busy true while something is under way that takes none
 * @param meanwhile what the rest of the world does before each timer
 */
export function passingTime({
  busy = () => false,
  meanwhile = async () => {},
}: {
  readonly busy?: () => boolean;
  readonly meanwhile?: () => Promise<unknown>;
} = {}): PassingTime {
  const timers = new Set<Timer>();
  let nowMs = 0;
  return {
    now: () => nowMs,
    after: (delayMs, run) => {
      const timer = { atMs: nowMs + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    until: async (work) => {
      let ended = false;
      const end = () => {
        ended = true;
      };
      work.then(end, end);
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (ended) {
          return work;
        }
        if (busy()) {
          continue;
        }
        await meanwhile();
        const [next] = [...timers].sort((a, b) => a.atMs - b.atMs);
        if (!next) {
          throw new Error('nothing is under way, and nobody waits for anything');
        }
        timers.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.run();
      }
    },
  };
}
