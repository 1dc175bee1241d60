/** What the client knows of time. Tests put another one in its place. */
export interface Time {
  /** Milliseconds since some moment; never goes back. */
  readonly now: () => number;
  /** Runs something once, after so many milliseconds. @returns what cancels it */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

export const realTime: Time = {
  now: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Waits; an abort ends it early. */
export function pause(time: Time, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = time.after(delayMs, end);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) {
      end();
    }
  });
}
