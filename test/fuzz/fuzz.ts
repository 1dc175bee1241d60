import * as fc from 'fast-check';
import { apiErrors } from '../../shared/contracts/errors.ts';
import { type FuzzRequest, type FuzzTargets, fuzzRequests } from './requests.ts';

export interface FuzzOptions extends FuzzTargets {
  /** On loopback alone. */
  readonly apiUrl: string;
  readonly seed: number;
  /** It ends at whichever comes first. */
  readonly maxRequests: number;
  readonly maxMs: number;
}

/** A request whose answer is none that the API may give. */
export interface FuzzFailure {
  readonly request: FuzzRequest;
  readonly status: number;
  readonly why: string;
}

export interface FuzzReport {
  readonly requests: number;
  readonly tookMs: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly failures: readonly FuzzFailure[];
}

/** So many are made of a seed at a time. */
const chunk = 100;

/** So many go out at once. */
const atOnce = 4;

/** An answer that takes longer is none. */
const answerWithinMs = 60_000;

const loopback =
  /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]|[a-z0-9.-]+\.localhost\.localstack\.cloud)(?::\d+)?\//;

/**
 * Sends requests, right ones and noise, and looks at each answer: no 5xx, and an error is a problem of
 * the table with the status that it has there.
 *
 * @throws Error for an API that is not on loopback
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { apiUrl, seed, maxRequests, maxMs } = options;
  if (!loopback.test(`${apiUrl}/`)) {
    throw new Error(`${apiUrl} is not on loopback`);
  }
  const requests = fuzzRequests(options);
  const started = performance.now();
  const byStatus: Record<string, number> = {};
  const failures: FuzzFailure[] = [];
  let sent = 0;
  const isOver = () => sent >= maxRequests || performance.now() - started >= maxMs;
  for (let round = 0; !isOver(); round++) {
    const next = fc.sample(requests, { numRuns: chunk, seed: seed + round }).values();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const request of next) {
          if (isOver()) {
            return;
          }
          sent += 1;
          const { status, why } = await tried(apiUrl, request);
          byStatus[status] = (byStatus[status] ?? 0) + 1;
          if (why !== null) {
            failures.push({ request, status, why });
          }
        }
      }),
    );
  }
  return { requests: sent, tookMs: performance.now() - started, byStatus, failures };
}

async function tried(
  apiUrl: string,
  { method, path, headers, body }: FuzzRequest,
): Promise<{ readonly status: number; readonly why: string | null }> {
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(answerWithinMs),
  });
  return { status: response.status, why: amiss(response.status, await response.text()) };
}

/** What is wrong with an answer; null: nothing. */
function amiss(status: number, text: string): string | null {
  if (status >= 500) {
    return `a ${status}: ${text.slice(0, 300)}`;
  }
  if (status < 400) {
    return null;
  }
  let code: unknown;
  try {
    ({ code } = JSON.parse(text) as { code?: unknown });
  } catch {
    return `no JSON: ${text.slice(0, 300)}`;
  }
  if (status === 415 && code === undefined) {
    // LocalStack's own words, before a function is asked, where AWS has the gateway response that the
    // templates are tested for.
    return null;
  }
  const known = Object.entries(apiErrors).find(([name]) => name === code)?.[1];
  return known?.status === status ? null : `the code ${String(code)} with the status ${status}`;
}
