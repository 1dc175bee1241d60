import type { Headers } from '../../../shared/runtime/http/request.ts';

/** The longest that a request is held open, in seconds. */
const maxWaitSeconds = 10;

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
