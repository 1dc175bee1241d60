import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { simulatorClient } from './client.ts';

/** A side that never answers: what is left is its caller's deadline. */
const never: typeof globalThis.fetch = (_, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
  });

it('asks for the deadline anew at each call, where it is given a function', async () => {
  const deadlines = [2, 3];
  const { send } = simulatorClient({
    baseUrl: 'http://127.0.0.1:1',
    deadlineMs: () => deadlines.shift() ?? 0,
    fetch: never,
  });
  const call = () =>
    send(
      '/charges',
      { idempotencyKey: 'op', body: {} },
      {
        noun: 'charge',
        schema: z.unknown(),
        declines: new Set(),
        rejections: {},
        success: () => null,
      },
    );
  expect(await call()).toEqual({ kind: 'unknown', reason: 'no answer within 2 ms' });
  expect(await call()).toEqual({ kind: 'unknown', reason: 'no answer within 3 ms' });
});
