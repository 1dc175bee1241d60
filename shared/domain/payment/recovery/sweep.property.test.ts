import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFacts } from '../../../../test/support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../../../../test/support/payments/payments.ts';
import type { PaymentFact } from '../../../contracts/events/payment-events.ts';
import { changePayment } from '../change.ts';
import { IllegalTransition } from '../fold.ts';
import type { Payment } from '../state.ts';
import { dueOf, inquiryEndsMs, maxResumes, sweepOf, underWayMs } from './sweep.ts';

const start = Date.UTC(2026, 0, 1);
const dayMs = 24 * 3_600_000;
const at = (ms: number) => new Date(start + ms).toISOString();

/** Facts with how long after the one before each of them comes: they are days apart, at times. */
const laterMs = fc.oneof(
  fc.nat(1_000),
  fc.nat(2 * 3_600_000),
  fc.integer({ min: dayMs, max: 9 * dayMs }),
);
const history = fc
  .tuple(anyFacts(20), fc.array(laterMs, { minLength: 22, maxLength: 22 }))
  .map(([facts, waits]) => facts.map((fact, index) => [fact, waits[index] ?? 0] as const));

/** The payment that is left of any facts, without those that it refuses, and when the last one came. */
function paymentOf(facts: readonly (readonly [PaymentFact, number])[]) {
  const nextStamp = countingStamps();
  let payment = anAcceptedPayment(nextStamp).after;
  let nowMs = 1;
  for (const [fact, waitMs] of facts) {
    nowMs += waitMs;
    try {
      payment = changePayment(payment, fact, { ...nextStamp(), time: at(nowMs) }).after;
    } catch (error) {
      expect(error).toBeInstanceOf(IllegalTransition);
    }
  }
  return { payment, nowMs, nextStamp };
}

/** What of a payment has not come to its end, and waits for no person. */
function isLeft(payment: Payment): boolean {
  return [payment, ...payment.operations].some(
    ({ status, parked }) => status === 'processing' && parked === null,
  );
}

describe('whatever has become of a payment', () => {
  it('it is due by the time that a sweeper has something to do for it', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(
        history,
        fc.nat(9 * dayMs),
        fc.integer({ min: underWayMs, max: 3_600_000 }),
        (facts, waitMs, stuckAfterMs) => {
          const { payment, nowMs } = paymentOf(facts);
          const now = at(nowMs + waitMs);
          const due = dueOf(payment);
          const fact = sweepOf(payment, now, { stuckAfterMs });
          if (fact) {
            expect(due).not.toBeNull();
            expect((due?.at ?? '') <= now).toBe(true);
          }
          // And what is left to itself is due at some time.
          expect(isLeft(payment) && due === null).toBe(false);
          seen.set(fact?.type ?? 'nothing', (seen.get(fact?.type ?? 'nothing') ?? 0) + 1);
        },
      ),
      { numRuns: 4_000 },
    );
    expect([...seen.keys()].sort()).toEqual([
      'nothing',
      'payment.cancel_requested',
      'payment.cancel_resumed',
      'payment.capture_resumed',
      'payment.parked',
      'payment.refund_resumed',
      'payment.resumed',
    ]);
  });

  it('what a sweeper does is legal, comes to an end, and leaves nothing but what waits for a person', () => {
    let parked = 0;
    fc.assert(
      fc.property(history, (facts) => {
        const before = paymentOf(facts);
        let { payment, nowMs } = before;
        // Each round is long enough for all that is under way; what is asked for is never begun.
        const rounds = 2 * (maxResumes + 2);
        for (let round = 0; round < rounds; round++) {
          nowMs += 9 * dayMs;
          for (let sweeps = 0; ; sweeps++) {
            const fact = sweepOf(payment, at(nowMs), { stuckAfterMs: underWayMs });
            if (!fact) {
              break;
            }
            expect(sweeps).toBeLessThan(10);
            payment = changePayment(payment, fact, {
              ...before.nextStamp(),
              time: at(nowMs),
            }).after;
          }
        }
        expect(isLeft(payment)).toBe(false);
        expect(dueOf(payment)).toBeNull();
        expect(sweepOf(payment, at(nowMs + inquiryEndsMs), { stuckAfterMs: 1 })).toBeNull();
        parked += [payment, ...payment.operations].filter((one) => one.parked).length;
      }),
      { numRuns: 2_000 },
    );
    expect(parked).toBeGreaterThan(1_000);
  });
});
