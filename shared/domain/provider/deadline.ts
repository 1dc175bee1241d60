/** How long calls of a PSP may take. */
export interface DeadlineSettings {
  /** When there is time enough. */
  readonly fullMs: number;
  /**
   * A call with less than this is not sent: a PSP that is well can take longer, and would leave us
   * with an unknown outcome for want of our own time.
   */
  readonly leastMs: number;
  /** What has to be left after it, to record what came of it. */
  readonly marginMs: number;
}

/**
 * How long a call may take that is sent now.
 *
 * @param remainingMs until whoever calls is stopped
 */
export function deadlineOf({ fullMs, marginMs }: DeadlineSettings, remainingMs: number): number {
  return Math.min(fullMs, remainingMs - marginMs);
}

/** Tells whether a call may be sent at all. */
export function hasTime(settings: DeadlineSettings, remainingMs: number): boolean {
  return deadlineOf(settings, remainingMs) >= settings.leastMs;
}
