/** When a webhook is tried again, and when its endpoint is given up: data of the stage. */
export interface WebhookTerms {
  /** The wait after each failed try, in ms; after as many failed tries and one more it is given up. */
  readonly retryWaitsMs: readonly number[];
  /** How long an endpoint may fail, without one success, before it is disabled. */
  readonly disableAfterMs: number;
  /** How long the old secret stays valid beside a new one, when nothing else is asked for. */
  readonly secretOverlapMs: number;
  /** After how long a message to the deliverer is taken for lost, and sent again. */
  readonly lostAfterMs: number;
  /** How long the delivery log is kept. */
  readonly keepMs: number;
}

/** What one message may wait in the queue. Source: SQS, DelaySeconds. */
export const longestDelayMs = 900_000;

/**
 * The wait after a failed try, in ms; null when there is no further one.
 *
 * @param failed how many tries of this round have failed: 1 or more
 */
export function waitAfter({ retryWaitsMs }: WebhookTerms, failed: number): number | null {
  return retryWaitsMs[failed - 1] ?? null;
}
