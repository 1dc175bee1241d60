import { describe, expect, it } from 'vitest';
import { post } from './exchange.ts';

describe('an error of fetch', () => {
  const systemError = (code: string, syscall?: string) =>
    Object.assign(new Error(`${syscall} ${code}`), { code, ...(syscall ? { syscall } : {}) });
  const exchangeAfter = (cause: unknown) =>
    post(() => Promise.reject(new TypeError('fetch failed', { cause })), {
      url: 'http://psp',
      idempotencyKey: 'op-1',
      body: {},
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

  it.each([undefined, null, 'text', 7])('that is %s proves nothing', async (cause) => {
    expect((await exchangeAfter(cause)).kind).toBe('lost');
  });
});
