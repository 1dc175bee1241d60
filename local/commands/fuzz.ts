import { parseArgs } from 'node:util';
import { numberOption, UsageError } from '../arguments.ts';
import { status } from '../stack.ts';

/** What `fuzz` is asked to do. */
interface FuzzOrder {
  readonly minutes: number;
  readonly seed: number;
}

const most = { minutes: 60, seed: 2 ** 31 - 1 } as const;

/**
 * `[--minutes N] [--seed N]`; 5 minutes with seed 1.
 *
 * @throws {UsageError} for anything else
 */
export function parseFuzz(args: readonly string[]): FuzzOrder {
  let values: Record<keyof typeof most, string>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '5' },
        seed: { type: 'string', default: '1' },
      },
    }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const number = (name: keyof typeof most) => numberOption(name, values[name], most[name]);
  return { minutes: number('minutes'), seed: number('seed') };
}

/**
 * Sends the local stack requests of every endpoint, right ones and noise, and prints what it answered.
 *
 * @returns 1 when an answer was a 5xx or no error of the table
 * @throws {UsageError} for other arguments, or without a local stack
 */
export async function fuzzCommand(args: readonly string[]): Promise<number> {
  const { minutes, seed } = parseFuzz(args);
  const stack = await status();
  if (!stack) {
    throw new UsageError('no local stack is up; npm run up brings one up');
  }
  const { fuzz } = await import('../../test/fuzz/fuzz.ts');
  const { requests, tookMs, byStatus, failures } = await fuzz({
    apiUrl: stack.apiUrl,
    keys: stack.tenants.map(({ apiKey }) => apiKey),
    ids: ['merchant_payable.EUR', 'simulator'],
    seed,
    maxRequests: Number.POSITIVE_INFINITY,
    maxMs: minutes * 60_000,
  });
  const statuses = Object.entries(byStatus).map(([code, count]) => `${count} × ${code}`);
  console.log(`${requests} requests in ${Math.round(tookMs / 1_000)} s: ${statuses.join(', ')}`);
  for (const { request, why } of failures.slice(0, 20)) {
    console.log(`${why}\n  ${JSON.stringify(request)}`);
  }
  console.log(failures.length === 0 ? 'No answer was amiss.' : `${failures.length} were amiss.`);
  return failures.length === 0 ? 0 : 1;
}
