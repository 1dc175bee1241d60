/**
 * Which events of one payment a projection has taken: all up to a sequence, and some beyond it that came
 * early. As events come nearly in order, `beyond` is nearly always empty: a payment of 10,000 events
 * takes one number.
 */
export interface Taken {
  /** Each sequence from 1 to this; 0 for none. */
  readonly upTo: number;
  /** Ascending, each greater than `upTo + 1`. */
  readonly beyond: readonly number[];
}

export const nothingTaken: Taken = { upTo: 0, beyond: [] };

export function hasTaken({ upTo, beyond }: Taken, sequence: number): boolean {
  return sequence <= upTo || beyond.includes(sequence);
}

/**
 * Takes one event.
 *
 * @returns `fresh`: false when it was taken before, and `taken` is what it was
 */
export function take(
  taken: Taken,
  sequence: number,
): { readonly fresh: boolean; readonly taken: Taken } {
  if (hasTaken(taken, sequence)) {
    return { fresh: false, taken };
  }
  const beyond = [...taken.beyond, sequence].sort((a, b) => a - b);
  let { upTo } = taken;
  while (beyond[0] === upTo + 1) {
    upTo += 1;
    beyond.shift();
  }
  return { fresh: true, taken: { upTo, beyond } };
}

/** All of them, in whatever order. */
export function takenOf(sequences: Iterable<number>): Taken {
  let all = nothingTaken;
  for (const sequence of [...sequences].sort((a, b) => a - b)) {
    all = take(all, sequence).taken;
  }
  return all;
}

/** As one text, `7` or `7,9,12`: equal texts are equal, so that a condition can compare them. */
export function takenText({ upTo, beyond }: Taken): string {
  return [upTo, ...beyond].join(',');
}

/** The other way round. */
export function takenFromText(text: string): Taken {
  const [upTo = 0, ...beyond] = text.split(',').map(Number);
  return { upTo, beyond };
}
