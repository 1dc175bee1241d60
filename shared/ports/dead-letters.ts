import type { DeadLetterEdge } from '../contracts/dead-letters/edge.ts';
import type { Letter, StreamRange, Subject } from '../domain/dead-letter/letter.ts';
import type { Currency } from '../domain/money/currency.ts';

/** A letter that is out of everybody else's sight for a while. */
export interface TakenLetter extends Letter {
  /** Of this taking: who takes it again gets another. */
  readonly receipt: string;
}

/** What was taken of a queue. */
export interface TakenLetters {
  /** By when they came, the oldest first. */
  readonly letters: readonly TakenLetter[];
  /** True when there may be more than were asked for. */
  readonly more: boolean;
  /** As many as somebody else has taken, who reads or redrives them. About so many: SQS counts late. */
  readonly takenByOthers: number;
}

/** An edge whose letters are messages that can be sent back to where they came from. */
export type SourceEdge = Extract<DeadLetterEdge, { source_url: string }>;

/**
 * The queues of dead letters. What is taken and neither removed nor given back comes into sight again
 * after two minutes, so whoever crashes leaves all of it there.
 */
export interface LetterQueues {
  /** Takes all that there is, up to a limit. */
  readonly take: (edge: DeadLetterEdge, limit: number) => Promise<TakenLetters>;
  readonly giveBack: (edge: DeadLetterEdge, letters: readonly TakenLetter[]) => Promise<void>;
  /**
   * Keeps a letter for two minutes from now.
   *
   * @returns false when it is not held any more: it is in sight, or somebody else's, or gone
   */
  readonly keep: (edge: DeadLetterEdge, letter: TakenLetter) => Promise<boolean>;
  /** Sends a letter's body, as it is, to where it came from. */
  readonly sendBack: (edge: SourceEdge, body: string) => Promise<void>;
  /** Puts a letter among those of an edge. @returns its id */
  readonly put: (
    edge: DeadLetterEdge,
    letter: { readonly body: string; readonly errorName: string; readonly reason: string },
  ) => Promise<string>;
  readonly remove: (edge: DeadLetterEdge, letter: TakenLetter) => Promise<void>;
}

/** About how many letters an edge has, those that somebody has taken among them. */
export type CountLetters = (edge: Pick<DeadLetterEdge, 'queue_url'>) => Promise<number>;

/** A record of a stream, as Lambda gives it to a function. */
export interface StreamRecord {
  /** Its place in the shard: decimal digits. */
  readonly sequence: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** Reads a range back, in its order; `trimmed` when the stream has not all of it any more. */
export type ReadStreamRange = (range: StreamRange) => Promise<readonly StreamRecord[] | 'trimmed'>;

/**
 * What became of a batch:
 * - `done`: all of it
 * - `stopped`: the first `done` records are, and there is at least one of them
 * - `failed`: nothing is, or nobody knows; with what the function threw
 */
export type BatchAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped'; readonly done: number }
  | { readonly kind: 'failed'; readonly errorName: string; readonly reason: string };

/**
 * Gives a function of a stream records of one shard, as its mapping would, and says that they are
 * redriven.
 *
 * @throws when the function could not be asked
 */
export type InvokeStreamFunction = (
  functionName: string,
  shardId: string,
  records: readonly StreamRecord[],
) => Promise<BatchAnswer>;

/** A payment or payout as it is now, and what came to it. */
export interface Story {
  readonly status: string;
  readonly version: number;
  readonly amountMinor: number;
  readonly currency: Currency;
  /** From the first on. */
  readonly events: readonly {
    readonly id: string;
    readonly sequence: number;
    readonly type: string;
    /** RFC 3339. */
    readonly time: string;
  }[];
}

/** Null when there is no such payment or payout; and for a conversion, which has no story. */
export type ReadStory = (subject: Subject) => Promise<Story | null>;
