import { describe, expect, it } from 'vitest';
import { exchange } from './exchange.ts';

describe('an error of fetch', () => {
  const systemError = (code: string, syscall?: string) =>
    Object.assign(new Error(`${syscall} ${code}`), { code, ...(syscall ? { syscall } : {}) });
  const exchangeAfter = (cause: unknown) =>
    exchange(() => Promise.reject(new TypeError('fetch failed', { cause })), {
      url: 'http://psp',
      operation: { idempotencyKey: 'op-1', body: {} },
      deadlineMs: 1_000,
    });

  it.each([
    ['ECONNREFUSED', 'connect'],
    ['ENETUNREACH', 'connect'],
    ['EHOSTUNREACH', 'connect'],
    ['ENOTFOUND', 'getaddrinfo'],
    ['EAI_AGAIN', 'getaddrinfo'],
    ['UND_ERR_CONNECT_TIMEOUT', undefined],
  ])('%s of %s proves that nothing was sent', async (code, syscall) => {
    expect(await exchangeAfter(systemError(code, syscall))).toEqual({
      kind: 'not_sent',
      reason: `not sent: ${code}`,
    });
  });

  it.each([
    ['EHOSTUNREACH', 'read'],
    ['ENETUNREACH', 'write'],
    ['ECONNRESET', 'read'],
    ['ECONNRESET', 'connect'],
    ['EPIPE', 'write'],
    ['ETIMEDOUT', 'read'],
    ['UND_ERR_SOCKET', undefined],
    ['UND_ERR_HEADERS_TIMEOUT', undefined],
    ['CERT_HAS_EXPIRED', undefined],
  ])('%s of %s proves nothing', async (code, syscall) => {
    expect(await exchangeAfter(systemError(code, syscall))).toEqual({
      kind: 'lost',
      reason: `connection lost: ${code}`,
    });
  });

  it('proves that nothing was sent when no address could be connected to', async () => {
    const refused = systemError('ECONNREFUSED', 'connect');
    const each = new AggregateError([refused, systemError('ENETUNREACH', 'connect')]);
    expect((await exchangeAfter(each)).kind).toBe('not_sent');
    const some = new AggregateError([refused, systemError('ECONNRESET', 'read')]);
    expect((await exchangeAfter(some)).kind).toBe('lost');
    expect((await exchangeAfter(new AggregateError([]))).kind).toBe('lost');
  });

  it.each([0, 0.9, -5])('is none with %d ms left: nothing is sent', async (deadlineMs) => {
    let calls = 0;
    const count = () => Promise.reject(new Error(String(++calls)));
    expect(await exchange(count, { url: 'http://psp', operation: null, deadlineMs })).toEqual({
      kind: 'not_sent',
      reason: 'not sent: no time left',
    });
    expect(calls).toBe(0);
  });

  it.each([undefined, null, 'text', 7])('that is %s proves nothing', async (cause) => {
    expect((await exchangeAfter(cause)).kind).toBe('lost');
  });
});
