import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actArbitrary } from '../../../test/support/acts.ts';
import { emptyLog, entryOf, isOf } from './entry.ts';

describe('an entry of the operator log', () => {
  it('has the SHA-256 of the rest of it, as RFC 8785 writes it, whatever is in it', () => {
    fc.assert(
      fc.property(actArbitrary, fc.nat(), (act, sequence) => {
        const { hash, ...rest } = entryOf(act, { ...emptyLog, sequence });
        const form = canonicalize(rest) as string;
        expect(hash).toBe(createHash('sha256').update(form).digest('hex'));
        expect(rest).toEqual({ ...act, sequence: sequence + 1, previous: emptyLog.hash });
      }),
    );
  });

  it('is of the act that it was made of, whenever that is said, and in whatever order', () => {
    fc.assert(
      fc.property(actArbitrary, fc.string(), (act, time) => {
        const entry = entryOf(act, emptyLog);
        const details = Object.fromEntries(Object.entries(act.details).reverse());
        expect(isOf({ ...act, details, time }, entry)).toBe(true);
        expect(isOf({ ...act, reason: `${act.reason}.` }, entry)).toBe(false);
      }),
    );
  });

  it('of a text without a form in UTF-8 is of what can be stored of it', () => {
    const [act] = fc.sample(actArbitrary, { numRuns: 1, seed: 1 });
    const half = { ...act, reason: '\ud800', details: { '\udc00': '' } } as NonNullable<typeof act>;
    const entry = entryOf(half, emptyLog);
    expect(entry).toMatchObject({ reason: '\ufffd', details: { '\ufffd': '' } });
    expect(isOf(half, entry)).toBe(true);
  });

  // A form that changes by a byte leaves every log that there is broken.
  it('has the same form for ever', () => {
    const entry = entryOf(
      {
        id: '01900000-0000-7000-8000-000000000001',
        time: '2026-11-21T10:00:00.000Z',
        by: 'ada',
        action: 'dlq.discard',
        subject: 'letter-1',
        reason: 'a test',
        details: { queue: 'payments-relay', '10': 'ten', '9': 'nine' },
      },
      emptyLog,
    );
    expect(entry.hash).toBe('aaae1e361290906d1718158872843a65070887bc396e46023e6b5065b0eb26f1');
  });
});
