import { noLocalStack } from '../program/exit.ts';
import { command } from '../program/group.ts';
import { json, number } from '../program/specs.ts';

/** What `fuzz` is asked to do. */
interface FuzzOrder {
  readonly minutes: number;
  readonly seed: number;
  readonly json: boolean;
}

export const fuzz = command({
  says: 'Sends the local stack requests of every endpoint, right ones and noise. Ends with 1 when an answer is a 5xx or no error of the table.',
  options: {
    minutes: number('N', 'how long', { most: 60, otherwise: 5 }),
    seed: number('N', 'of what is sent', { most: 2 ** 31 - 1, otherwise: 1 }),
    json,
  },
  read: (given): FuzzOrder => given,
  run: fuzzCommand,
});

/**
 * Sends the local stack requests of every endpoint, right ones and noise, and prints what it answered.
 *
 * @returns 1 when an answer was a 5xx or no error of the table
 * @throws {NothingAnswers} without a local stack
 */
async function fuzzCommand({ minutes, seed, json: asJson }: FuzzOrder): Promise<number> {
  const { status } = await import('../stack.ts');
  const stack = await status();
  if (!stack) {
    throw noLocalStack();
  }
  const { fuzz: run } = await import('../../test/fuzz/fuzz.ts');
  const { requests, tookMs, byStatus, failures } = await run({
    apiUrl: stack.apiUrl,
    keys: stack.tenants.map(({ apiKey }) => apiKey),
    ids: ['merchant_payable.EUR', 'simulator'],
    seed,
    maxRequests: Number.POSITIVE_INFINITY,
    maxMs: minutes * 60_000,
  });
  if (asJson) {
    console.log(JSON.stringify({ requests, took_ms: tookMs, by_status: byStatus, failures }));
    return failures.length === 0 ? 0 : 1;
  }
  const statuses = Object.entries(byStatus).map(([code, count]) => `${count} × ${code}`);
  console.log(`${requests} requests in ${Math.round(tookMs / 1_000)} s: ${statuses.join(', ')}`);
  for (const { request, why } of failures.slice(0, 20)) {
    console.log(`${why}\n  ${JSON.stringify(request)}`);
  }
  console.log(failures.length === 0 ? 'No answer was amiss.' : `${failures.length} were amiss.`);
  return failures.length === 0 ? 0 : 1;
}
