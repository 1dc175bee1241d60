import { describe, expect, it } from 'vitest';
import { Headers } from '../request.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';

function keyOf(multiValueHeaders: Record<string, string[]>): string {
  return idempotencyKeyOf(new Headers({ headers: {}, multiValueHeaders }));
}

describe('the idempotency key', () => {
  it.each(['k', '"a"', 'a/b+c=', '!~', 'k'.repeat(255), 'b7e0a1c2-3d4e-4f5a-8b6c-7d8e9f0a1b2c'])(
    'may be %s',
    (key) => {
      expect(keyOf({ 'Idempotency-Key': [key] })).toBe(key);
    },
  );

  it.each(['idempotency-key', 'IDEMPOTENCY-KEY', 'Idempotency-key'])(
    'may be in a header written %s',
    (name) => {
      expect(keyOf({ [name]: ['k'] })).toBe('k');
    },
  );

  it.each([
    ['missing', {}],
    ['in no value', { 'Idempotency-Key': [] }],
    ['empty', { 'Idempotency-Key': [''] }],
    ['a space', { 'Idempotency-Key': [' '] }],
    ['256 characters long', { 'Idempotency-Key': ['k'.repeat(256)] }],
    ['two', { 'Idempotency-Key': ['a', 'b'] }],
    ['one twice', { 'Idempotency-Key': ['a', 'a'] }],
    ['two, one of them empty', { 'Idempotency-Key': ['a', ''] }],
    ['two in headers of different case', { 'Idempotency-Key': ['a'], 'idempotency-key': ['b'] }],
    ['two that a proxy joined', { 'Idempotency-Key': ['a, b'] }],
    ['with a comma', { 'Idempotency-Key': ['a,b'] }],
    ['with a space inside', { 'Idempotency-Key': ['a b'] }],
    ['with a space at the end', { 'Idempotency-Key': ['a '] }],
    ['with a line break', { 'Idempotency-Key': ['a\n'] }],
    ['with a null', { 'Idempotency-Key': ['a\u0000'] }],
    ['with a delete', { 'Idempotency-Key': ['a\u007f'] }],
    ['beyond ASCII', { 'Idempotency-Key': ['é'] }],
  ])('may not be %s', (_name, headers) => {
    expect(() => keyOf(headers)).toThrow(
      expect.objectContaining({
        code: 'idempotency_key_required',
        errors: [{ path: 'Idempotency-Key', message: expect.any(String) }],
      }),
    );
  });
});
