import type { Context } from 'aws-lambda';

/** What Lambda does with a function. */
// biome-ignore lint/suspicious/noExplicitAny: each has a kind of event of its own.
export type Handler = (event: any, context: Context) => Promise<unknown>;

/**
 * The job of one function, without I/O: its ports answer at once, and always the same. Both handlers
 * are around the same use case.
 */
export interface Job {
  /** The function's name. */
  readonly name: string;
  readonly house: Handler;
  readonly powertools: Handler;
  /** An event that has not been handled before, by its number. */
  readonly event: (index: number) => unknown;
  /** Throws for an answer that is not that of a job well done. */
  readonly check: (answer: unknown) => void;
}
