/** How often a step is tried again, and how long it waits before each try. Full jitter, always. */
export interface RetryPolicy {
  /** Tries after the first. */
  readonly retries: number;
  readonly firstDelayMs: number;
  /** Each delay is this many times the one before, up to `maxDelayMs`. */
  readonly backoffRate: number;
  readonly maxDelayMs: number;
}

/**
 * Where the saga goes when a step does not succeed:
 * - `undo`: the step had its effect; undo it, then the steps before it, then fail the payment
 * - `undo-earlier`: the step had no effect; undo the steps before it, then fail the payment
 * - `suspend`: nobody knows; record that, touch nothing, leave the payment to the inquiry
 * - `stop`: another execution owns the payment; end without doing anything
 * - `halt`: the execution fails, which raises an alarm; for what only a person can put right
 */
export type Route = 'undo' | 'undo-earlier' | 'suspend' | 'stop' | 'halt';

/** What a step can answer other than success: an error by this name, and where it leads. */
export interface Outcome {
  readonly route: Route;
  /** Given when trying again is safe and useful: the PSP said that it processed nothing. */
  readonly retry?: RetryPolicy;
}

/** One task of a saga: a function that does one thing once, however often it is called. */
export interface SagaTask {
  readonly name: string;
  readonly does: string;
  /** After this many ms the try counts as a fault. */
  readonly timeoutMs: number;
  readonly outcomes: Readonly<Record<string, Outcome>>;
  /** Any other error: a crash, a timeout, a throttle. Tried again by this policy, then routed. */
  readonly fault: { readonly retry: RetryPolicy; readonly route: Route };
}

export interface SagaStep extends SagaTask {
  /** What undoes the step, idempotent as well; absent when there is nothing to undo. */
  readonly undo?: SagaTask;
}

/** A saga: its steps in order, what ends it badly, and what suspends it. */
export interface Saga {
  readonly name: string;
  /** What it moves: an id of this is in the input of each of its tasks. */
  readonly subject: 'payment' | 'payout';
  /** The types of the events that start it: for the first time, and anew. */
  readonly startedBy: readonly [first: string, ...anew: string[]];
  readonly steps: readonly SagaStep[];
  readonly fail: SagaTask;
  readonly suspend: SagaTask;
}

/*
 * Timeouts and retries together keep the worst way through each saga, every try of every task
 * running into its timeout, below the 5 minutes of an EXPRESS execution; a test holds that.
 */

/** For work inside our own account: short, quick, and long enough to outlive a throttle. */
export const quick: RetryPolicy = {
  retries: 3,
  firstDelayMs: 1_000,
  backoffRate: 2,
  maxDelayMs: 4_000,
};

/** For a PSP or a bank that says it is busy and has processed nothing. */
export const patient: RetryPolicy = {
  retries: 3,
  firstDelayMs: 1_000,
  backoffRate: 2,
  maxDelayMs: 4_000,
};

/** Another execution owns what this one would change. */
export const superseded = { Superseded: { route: 'stop' } } as const satisfies Record<
  string,
  Outcome
>;
