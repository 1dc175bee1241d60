import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aKey } from '../../../test/support/api/keys.ts';
import { type ApiKey, isValid, rotated } from './key.ts';

const step = fc.record({
  act: fc.constantFrom('rotate', 'revoke'),
  of: fc.nat({ max: 20 }),
  graceMs: fc.constantFrom(0, 1, 1_000, 60_000),
  waitMs: fc.constantFrom(0, 1, 500, 30_000, 60_000),
});

describe('a line of keys', () => {
  it('has never more than two that are valid at once, and none that came back', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let nowMs = Date.parse('2026-11-21T10:00:00.000Z');
        let keys: ApiKey[] = [aKey({ id: '0' })];
        const ended = new Set<string>();
        const seen = () => {
          const valid = keys.filter((key) => isValid(key, nowMs));
          expect(valid.length).toBeLessThanOrEqual(2);
          for (const key of keys) {
            if (!isValid(key, nowMs)) {
              ended.add(key.id);
            }
          }
          expect(valid.filter(({ id }) => ended.has(id))).toEqual([]);
        };
        for (const { act, of, graceMs, waitMs } of steps) {
          nowMs += waitMs;
          seen();
          const key = keys[of % keys.length] as ApiKey;
          if (act === 'revoke') {
            const revoked = { ...key, revoked: new Date(nowMs).toISOString() };
            keys = keys.map((one) => (one === key ? revoked : one));
          } else {
            const rotation = rotated(key, keys, { id: String(keys.length), nowMs, graceMs });
            if ('successor' in rotation) {
              const { successor, predecessorExpires: expires } = rotation;
              keys = keys.map((one) =>
                one === key ? { ...one, rotatedTo: successor.id, expires } : one,
              );
              keys.push(successor);
            }
          }
          seen();
        }
      }),
    );
  });
});
