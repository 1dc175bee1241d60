import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks until the answer is not null, or the deadline passes.
 *
 * @throws Error naming what was waited for
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined>,
  { withinMs = 60_000, everyMs = 100 } = {},
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) {
      return answer;
    }
    if (performance.now() > deadline) {
      throw new Error(`${what}: not within ${withinMs} ms`);
    }
    await delay(everyMs);
  }
}
