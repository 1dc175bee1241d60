import { describe, expect, it } from 'vitest';
import { aKey } from '../../../test/support/api/keys.ts';
import { isUseDue, isValid, merchantGrants, operatorGrants, rotated, statusOf } from './key.ts';
import { holds, isGrant, scopes } from './scopes.ts';

const nowMs = Date.parse('2026-11-21T10:00:00.000Z');
const at = (ms: number) => new Date(nowMs + ms).toISOString();
const hourMs = 3_600_000;

describe('the status of a key', () => {
  it.each([
    [{}, 'active', true],
    [{ expires: at(1) }, 'active', true],
    [{ expires: at(0) }, 'expired', false],
    [{ rotatedTo: 'k-2', expires: at(1) }, 'rotated', true],
    [{ rotatedTo: 'k-2', expires: at(0) }, 'expired', false],
    [{ revoked: at(-1) }, 'revoked', false],
    [{ revoked: at(-1), expires: at(-2), rotatedTo: 'k-2' }, 'revoked', false],
    [{ revoked: at(1) }, 'revoked', false],
  ] as const)('of %j is %s', (given, status, valid) => {
    expect([statusOf(aKey(given), nowMs), isValid(aKey(given), nowMs)]).toEqual([status, valid]);
  });
});

describe('the last use of a key', () => {
  it.each([
    [null, true],
    [at(-hourMs), true],
    [at(-hourMs + 1), false],
    [at(0), false],
    [at(5_000), false],
  ])('of %s is to be recorded: %s', (lastUsed, due) => {
    expect(isUseDue({ lastUsed }, nowMs)).toBe(due);
  });
});

describe('a rotation', () => {
  const order = { id: 'k-2', nowMs, graceMs: 24 * hourMs };

  it('makes a key that may do the same, and leaves the old one its grace period', () => {
    const key = aKey({ role: 'clerk', scopes: ['ledger:read'], lastUsed: at(-1) });
    expect(rotated(key, [key], order)).toEqual({
      successor: aKey({
        id: 'k-2',
        role: 'clerk',
        scopes: ['ledger:read'],
        created: at(0),
        rotatedFrom: 'k-1',
      }),
      predecessorExpires: at(24 * hourMs),
    });
  });

  it('gives the new key as long as the old one had, which never lasts longer for it', () => {
    const key = aKey({ created: at(-9 * hourMs), expires: at(hourMs) });
    expect(rotated(key, [key], order)).toMatchObject({
      successor: { expires: at(10 * hourMs) },
      predecessorExpires: at(hourMs),
    });
  });

  it('without a grace period ends the old one at once', () => {
    const key = aKey();
    expect(rotated(key, [key], { ...order, graceMs: 0 })).toMatchObject({
      predecessorExpires: at(0),
    });
  });

  it.each([
    [{ revoked: at(-1) }, { kind: 'ended', status: 'revoked' }],
    [{ expires: at(0) }, { kind: 'ended', status: 'expired' }],
    [
      { rotatedTo: 'k-9', expires: at(1) },
      { kind: 'rotated_already', to: 'k-9' },
    ],
  ] as const)('of a key that is %j is refused', (given, refusal) => {
    expect(rotated(aKey(given), [aKey(given)], order)).toEqual(refusal);
  });

  it('waits for the end of the key before, however it comes', () => {
    const key = aKey({ rotatedFrom: 'k-0' });
    const before = aKey({ id: 'k-0', rotatedTo: 'k-1', expires: at(1) });
    expect(rotated(key, [before, key], order)).toEqual({
      kind: 'predecessor_valid',
      id: 'k-0',
      expires: at(1),
    });
    for (const ended of [{ expires: at(0) }, { revoked: at(-1) }]) {
      expect(rotated(key, [{ ...before, ...ended }, key], order)).toHaveProperty('successor');
    }
  });
});

describe('what a key may do by default', () => {
  it('is named by grants that there are', () => {
    expect([...merchantGrants, ...operatorGrants].filter((grant) => !isGrant(grant))).toEqual([]);
  });

  it('is all for an operator, and for a merchant neither what changes how the stage runs nor to approve', () => {
    expect(scopes.filter((scope) => !holds(operatorGrants, scope))).toEqual([]);
    expect(scopes.filter((scope) => !holds(merchantGrants, scope))).toEqual([
      'approvals:write',
      'operations:write',
    ]);
  });
});
