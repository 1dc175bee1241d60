import { setTimeout as delay } from 'node:timers/promises';
import { logger } from '../../observability.ts';
import type { Headers, HttpResponse } from '../request.ts';

/** The longest that a request is held open, in seconds. */
const maxWaitSeconds = 10;

const pollEveryMs = 150;

/**
 * How long the client wants to wait for the outcome, in whole seconds, from `Prefer: wait=N`
 * (RFC 7240, section 4.3); 0 without it. More than 10 is 10; a preference that makes no sense is
 * ignored, as the RFC has it.
 */
export function preferredWaitSeconds(headers: Headers): number {
  const preferences = headers.all('prefer').flatMap((value) => value.split(','));
  for (const preference of preferences) {
    const seconds = /^\s*wait\s*=\s*"?(\d+)"?\s*$/i.exec(preference)?.[1];
    if (seconds !== undefined) {
      return Math.min(Number(seconds), maxWaitSeconds);
    }
  }
  return 0;
}

/**
 * The answer to a request that was taken: 200 with the outcome as soon as there is one within the
 * time that the client wants to wait, else 202 with the first answer.
 *
 * @param outcome reads the outcome; null while there is none
 */
export async function answerWithin(
  headers: Headers,
  accepted: Required<Pick<HttpResponse, 'headers' | 'body'>>,
  outcome: () => Promise<unknown>,
): Promise<HttpResponse> {
  const seconds = preferredWaitSeconds(headers);
  const reached = seconds > 0 ? await reachedWithin(seconds, outcome) : null;
  return reached === null
    ? { status: 202, ...accepted }
    : {
        status: 200,
        headers: { ...accepted.headers, 'Preference-Applied': `wait=${seconds}` },
        body: reached,
      };
}

async function reachedWithin(seconds: number, outcome: () => Promise<unknown>): Promise<unknown> {
  const deadlineMs = Date.now() + seconds * 1_000;
  for (;;) {
    // The request is taken: that it cannot be read just now is no reason to answer otherwise.
    const reached = await outcome().catch((error: unknown) => {
      logger.warn('the outcome could not be read while waiting', error as Error);
      return null;
    });
    const leftMs = deadlineMs - Date.now();
    if (reached !== null || leftMs <= 0) {
      return reached;
    }
    await delay(Math.min(pollEveryMs, leftMs));
  }
}
