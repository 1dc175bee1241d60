/** One measured value beside its reference, both of the same run. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: number;
  /** What the reference is. */
  readonly beside: string;
}

/** The figure's ratio to its reference. */
export function ratioOf({ value, reference }: Figure): number {
  return value / reference;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Figures of one kind, and what has to be said of them. */
export interface Section {
  readonly title: string;
  readonly says: string;
  readonly figures: readonly Figure[];
}

type Call = (index: number) => Promise<unknown> | unknown;

/** The first turns of each only warm up. */
const warmUps = 4;

/**
 * Microseconds of the processor that a call of each takes, the median of batches: what others do on the
 * machine is not counted. They take turns, as its speed varies all the same.
 *
 * @param calls each gets a number that it has not had before
 * @param batch calls of one turn
 */
export async function microseconds<const Calls extends readonly Call[]>(
  calls: Calls,
  { batch = 250, turns = 16 } = {},
): Promise<{ readonly [K in keyof Calls]: number }> {
  const times = calls.map((): number[] => []);
  for (let turn = 0; turn < turns; turn++) {
    for (const [which, call] of calls.entries()) {
      const start = process.cpuUsage();
      for (let i = 0; i < batch; i++) {
        await call(turn * batch + i);
      }
      const { user, system } = process.cpuUsage(start);
      times[which]?.push((user + system) / batch);
    }
  }
  return times.map((of) => median(of.slice(warmUps))) as { [K in keyof Calls]: number };
}
