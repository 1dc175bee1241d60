import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Breaker,
  type BreakerChange,
  changedBreaker,
  failureChange,
  openingChange,
  passageOf,
  probeChange,
  untouched,
} from './breaker.ts';

const settings = { failures: 3, windowMs: 100, coolDownMs: 50 };
const leaseMs = 80;
const processes = ['a', 'b', 'c'] as const;

/** What a process does next; it decides on what it last saw, which others may have changed since. */
const step = fc.record({
  process: fc.constantFrom(...processes),
  afterMs: fc.integer({ min: 0, max: 40 }),
  does: fc.oneof(
    { weight: 4, arbitrary: fc.constant('fail' as const) },
    { weight: 2, arbitrary: fc.constant('probe' as const) },
    fc.constantFrom('look', 'open', 'success', 'failure', 'nothing'),
  ),
});

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Runs the steps, and tells of each change that applied what was before and after it. */
function run(steps: readonly Step[], changed: (before: Breaker, change: BreakerChange) => void) {
  let shared = untouched;
  let nowMs = 1_000;
  const seen = new Map<string, Breaker>();
  const apply = (process: string, change: BreakerChange | null) => {
    const after = change && changedBreaker(shared, change);
    if (change && after) {
      changed(shared, change);
      shared = after;
    }
    seen.set(process, shared);
  };
  for (const { process, afterMs, does } of steps) {
    nowMs += afterMs;
    const known = seen.get(process) ?? untouched;
    const lease = { atMs: nowMs, holder: process, untilMs: nowMs + leaseMs };
    switch (does) {
      case 'look':
        seen.set(process, shared);
        break;
      case 'fail':
        apply(process, failureChange(known, nowMs, settings));
        apply(process, openingChange(shared, nowMs, settings));
        break;
      case 'open':
        apply(process, { kind: 'open', failures: 3, atMs: nowMs, untilMs: nowMs + 50 });
        break;
      case 'probe':
        apply(process, { kind: 'take_probe', ...lease });
        break;
      default:
        apply(process, probeChange(does, process, nowMs, settings));
    }
  }
  return { shared, nowMs };
}

const schedules = fc.array(step, { minLength: 30, maxLength: 90 });

describe('a breaker that processes share, each with a view of its own', () => {
  it('comes through every change', () => {
    const made = new Set<BreakerChange['kind']>();
    fc.assert(fc.property(schedules, (steps) => void run(steps, (_, { kind }) => made.add(kind))));
    expect([...made].sort()).toEqual([
      'close',
      'count',
      'open',
      'reopen',
      'start_window',
      'take_probe',
    ]);
  });

  it('opens only after as many failures as it takes, none older than a window', () => {
    fc.assert(
      fc.property(schedules, (steps) => {
        let failures: number[] = [];
        run(steps, (_, change) => {
          if (change.kind === 'start_window' || change.kind === 'count') {
            failures.push(change.atMs);
          } else if (change.kind === 'open') {
            const counted = failures.filter((atMs) => atMs > change.atMs - settings.windowMs);
            expect(counted.length).toBeGreaterThanOrEqual(settings.failures);
          } else if (change.kind === 'close') {
            failures = [];
          }
        });
      }),
    );
  });

  it('has at most one probe at a time', () => {
    fc.assert(
      fc.property(schedules, (steps) => {
        let lease = { holder: '', untilMs: 0 };
        run(steps, (_, change) => {
          if (change.kind === 'take_probe') {
            expect(change.holder === lease.holder || change.atMs >= lease.untilMs).toBe(true);
            lease = change;
          } else if ('holder' in change) {
            expect(change.holder).toBe(lease.holder);
            lease = { holder: '', untilMs: 0 };
          }
        });
      }),
    );
  });

  it('closes only by a probe, and probes only when it is not closed', () => {
    fc.assert(
      fc.property(schedules, (steps) => {
        run(steps, (before, change) => {
          const isOfAProbe = 'holder' in change;
          expect(before.state === 'closed').toBe(!isOfAProbe);
        });
      }),
    );
  });

  it('is closed again by the first probe that succeeds, wherever it was left', () => {
    fc.assert(
      fc.property(schedules, (steps) => {
        const { shared, nowMs } = run(steps, () => {});
        const laterMs = nowMs + Math.max(leaseMs, settings.coolDownMs);
        const passage = passageOf(shared, laterMs);
        expect(passage).not.toBe('none');
        if (passage === 'probe') {
          const lease = { atMs: laterMs, holder: 'late', untilMs: laterMs + leaseMs };
          const probing = changedBreaker(shared, { kind: 'take_probe', ...lease }) as Breaker;
          const closed = changedBreaker(
            probing,
            probeChange('success', 'late', laterMs + 1, settings),
          );
          expect(closed && passageOf(closed, laterMs + 1)).toBe('call');
        }
      }),
    );
  });
});
