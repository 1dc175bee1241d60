/** What waits for a person. */
export type Letter =
  | {
      /** A message that a consumer or its queue gave up. */
      readonly kind: 'message';
      readonly body: string;
      /** Null when the queue gave it up: nobody was there to say why. */
      readonly errorName: string | null;
      readonly reason: string | null;
      readonly receives: number;
    }
  | {
      /** A range of a stream that a function gave up. */
      readonly kind: 'range';
      readonly shardId: string;
      readonly startSequenceNumber: string;
      readonly endSequenceNumber: string;
      readonly batchSize: number;
    }
  | {
      /** A scheduled run that failed at each try. */
      readonly kind: 'run';
      readonly schedule: string;
    };

/** A dead-letter queue. */
export interface DeadLetters {
  /** The function whose it is. */
  readonly function: string;
  readonly take: (letter: Letter) => void;
  /** All that ever came, those that were redriven since included. */
  readonly all: readonly Letter[];
  /** Those that still wait. */
  readonly waiting: () => readonly Letter[];
  /** Takes one out, to be done again. */
  readonly takeOut: (letter: Letter) => void;
  /** How many were taken out. */
  readonly redriven: () => number;
}

/** @param onLetter told of each that comes */
export function deadLetters(of: string, onLetter: (letter: Letter) => void): DeadLetters {
  const all: Letter[] = [];
  const waiting = new Set<Letter>();
  let redriven = 0;
  return {
    function: of,
    take: (letter) => {
      all.push(letter);
      waiting.add(letter);
      onLetter(letter);
    },
    all,
    waiting: () => [...waiting],
    takeOut: (letter) => {
      redriven += waiting.delete(letter) ? 1 : 0;
    },
    redriven: () => redriven,
  };
}
