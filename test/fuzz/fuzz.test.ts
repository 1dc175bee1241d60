import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fuzz as fuzzGroup } from '../../local/commands/fuzz.ts';
import { requestOf } from '../../local/program/program.ts';
import { endpoints } from '../../shared/contracts/endpoints.ts';
import { fuzz } from './fuzz.ts';
import { fuzzRequests } from './requests.ts';

const parseFuzz = (args: readonly string[]) => requestOf(fuzzGroup, args, { user: 'me', nowMs: 0 });

const targets = { keys: ['key'], ids: ['id'] };
const options = {
  ...targets,
  apiUrl: 'http://127.0.0.1:1/v1',
  seed: 1,
  maxRequests: 30,
  maxMs: 60_000,
};

/** Fuzzes an API that answers everything so. */
async function fuzzed(status: number, body: string) {
  const sent = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => new Response(body, { status }));
  const report = await fuzz(options);
  sent.mockRestore();
  return report;
}

describe('the requests', () => {
  const made = fc.sample(fuzzRequests(targets), { numRuns: 3_000, seed: 1 });

  it('are of every endpoint', () => {
    expect(new Set(made.map(({ endpoint }) => endpoint))).toEqual(new Set(Object.keys(endpoints)));
  });

  it('are right ones as well as noise', () => {
    const bodies = made.filter(
      ({ endpoint, method }) => endpoint === 'createPayment' && method === 'POST',
    );
    const isRight = ({ body }: (typeof made)[number]) => {
      try {
        return endpoints.createPayment.body?.safeParse(JSON.parse(body ?? '')).success === true;
      } catch {
        return false;
      }
    };
    const right = bodies.filter(isRight).length;
    expect(right).toBeGreaterThan(bodies.length / 20);
    expect(right).toBeLessThan(bodies.length);
  });
});

describe('a run', () => {
  it('is content with errors of the table, and with what worked', async () => {
    const refused = await fuzzed(400, '{"code":"invalid_request"}');
    expect(refused).toMatchObject({ requests: 30, byStatus: { 400: 30 }, failures: [] });
    expect((await fuzzed(200, 'anything')).failures).toEqual([]);
  });

  it.each([
    ['a 5xx', 503, '{"code":"temporarily_unavailable"}'],
    ['an error without JSON', 404, '<html>'],
    ['an error that the table does not have', 400, '{"code":"odd"}'],
    ['an error with another status than its own', 400, '{"code":"not_found"}'],
  ])('reports %s', async (_name, status, body) => {
    expect((await fuzzed(status, body)).failures).toHaveLength(30);
  });

  it('goes to loopback alone', async () => {
    await expect(fuzz({ ...options, apiUrl: 'https://api.example.com/v1' })).rejects.toThrow(
      'is not on loopback',
    );
  });
});

describe('the command', () => {
  it('takes minutes and a seed', () => {
    expect(parseFuzz([])).toEqual({ minutes: 5, seed: 1, json: false });
    expect(parseFuzz(['--minutes', '2', '--seed', '9'])).toEqual({
      minutes: 2,
      seed: 9,
      json: false,
    });
  });

  it.each([['--minutes', '0'], ['--minutes', '61'], ['--seed', 'x'], ['--hours', '1'], ['1']])(
    'refuses %s %s',
    (...args) => {
      expect(() => parseFuzz(args)).toThrow();
    },
  );
});
