import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { Interrupted } from '../../program/exit.ts';
import { operationCommand, payCommand } from './command.ts';

const common = { wait: 10, key: undefined, tenant: undefined, json: false };
const id = '01900000-0000-8000-8000-000000000000';

const server = createServer(() => undefined);

afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

it.each([
  [
    'a payment',
    'k-given',
    (key: string | undefined) =>
      payCommand({
        ...common,
        key,
        amount: '9.90',
        currency: 'EUR',
        token: 'tok_approve',
        manual: false,
        reference: undefined,
        customer: undefined,
      }),
  ],
  [
    'a refund',
    undefined,
    (key: string | undefined) =>
      operationCommand({
        ...common,
        key,
        kind: 'refund',
        id,
        amount: undefined,
        reason: undefined,
        approval: undefined,
      }),
  ],
])('at Ctrl-C %s tells the key that it was sent with, %s', async (_what, given, send) => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('PAYSAGA_API_URL', `http://127.0.0.1:${port}`);
  vi.stubEnv('PAYSAGA_API_KEY', 'key');
  const listeners = process.listenerCount('SIGINT');
  const ended = send(given).catch((error: unknown) => error);
  const [request] = (await once(server, 'request')) as [IncomingMessage];
  process.emit('SIGINT');
  const error = await ended;
  expect(error).toBeInstanceOf(Interrupted);
  const key = request.headers['idempotency-key'];
  expect(key).toEqual(given ?? expect.stringMatching(/^[0-9a-f-]{36}$/));
  expect(error).toMatchObject({ idempotencyKey: key });
  expect(process.listenerCount('SIGINT')).toBe(listeners);
});
