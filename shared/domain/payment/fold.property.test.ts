import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFacts } from '../../../test/support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { PaymentEventSchema } from '../../contracts/events/payment-events.ts';
import { effectOf } from '../ledger/transfer.ts';
import { changePayment, type PaymentChange } from './change.ts';
import { foldPayment, IllegalTransition } from './fold.ts';
import type { Operation } from './operations/operation.ts';
import { isTerminal, type Payment, renderPayment, transitions } from './state.ts';

/** The payment and each of its operations, before and after a change. */
function progressing(before: Payment, after: Payment) {
  return [
    [before, after] as const,
    ...before.operations.map(
      (operation, index) => [operation, after.operations[index] as Operation] as const,
    ),
  ];
}

describe('any run of facts', () => {
  it('is refused fact by fact, or leaves a payment that keeps every invariant', () => {
    let refused = 0;
    let ended = 0;
    let parked = 0;
    fc.assert(
      fc.property(anyFacts(30), (facts) => {
        const nextStamp = countingStamps();
        const changes: PaymentChange[] = [anAcceptedPayment(nextStamp)];
        for (const fact of facts) {
          const { after: before } = changes.at(-1) as PaymentChange;
          const copy = structuredClone(before);
          let change: PaymentChange;
          try {
            change = changePayment(before, fact, nextStamp());
          } catch (error) {
            expect(error).toBeInstanceOf(IllegalTransition);
            expect(before).toEqual(copy);
            refused += 1;
            continue;
          }
          const { after } = change;
          changes.push(change);
          // Invariant 6: one version a change, and no way out of a terminal state.
          expect(after.version).toBe(before.version + 1);
          expect([before.status, ...transitions[before.status]]).toContain(after.status);
          // Invariant 2.
          expect(after.amountCapturedMinor).toBeGreaterThanOrEqual(before.amountCapturedMinor);
          expect(after.amountCapturedMinor).toBeLessThanOrEqual(after.amountAuthorizedMinor);
          expect(after.amountRefundedMinor).toBeGreaterThanOrEqual(before.amountRefundedMinor);
          expect(after.amountRefundedMinor).toBeLessThanOrEqual(after.amountCapturedMinor);
          // What is held, captured and released is what was authorized; the ledger says the same.
          const postedMinor = changes
            .flatMap(({ transfers }) => transfers)
            .filter(({ posting }) => posting === 'captured')
            .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
          expect(postedMinor).toBe(after.amountCapturedMinor);
          const pendingMinor = changes
            .flatMap(({ transfers }) => transfers)
            .reduce((sum, transfer) => sum + effectOf(transfer).pending, 0n);
          expect(pendingMinor).toBe(
            BigInt(after.hold?.state === 'pending' ? after.hold.amountMinor : 0),
          );
          // Invariant 4: an end has no pending hold; a failure has nothing at the PSP either.
          if (isTerminal(after.status)) {
            ended += 1;
            expect(after.hold?.state).not.toBe('pending');
            expect(after.unknown).toBeNull();
            expect(after.failure === null).toBe(after.status !== 'failed');
            expect(after.status === 'failed' && after.charge?.reversed === false).toBe(false);
          }
          // Invariant 9: what is unknown keeps its hold and its PSP, and no saga begins anew over it.
          if (after.unknown && before.hold) {
            expect(after.hold?.state).toBe(before.hold.state);
          }
          if (before.provider !== null && (before.unknown || before.charge)) {
            expect(after.provider).toBe(before.provider);
          }
          for (const [was, is] of progressing(before, after)) {
            expect(was.unknown !== null && is.progress.resumes > was.progress.resumes).toBe(false);
            // What has come to its end is unknown to nobody, and waits for nobody.
            expect(is.status !== 'processing' && (is.unknown ?? is.parked) !== null).toBe(false);
            // Nobody loses what it waits for a person with, but to an outcome or a new beginning.
            if (was.parked && is.parked) {
              expect(is.parked.since).toBe(was.parked.since);
            }
            parked += was.parked === null && is.parked !== null ? 1 : 0;
          }
        }
        const events = changes.map(({ event }) => event);
        const folded = foldPayment(events);
        expect(folded).toEqual(changes.at(-1)?.after);
        expect(folded && renderPayment(folded)).toEqual(events.at(-1)?.data.payment);
        for (const event of events) {
          expect(PaymentEventSchema.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(refused).toBeGreaterThan(1_000);
    expect(ended).toBeGreaterThan(100);
    expect(parked).toBeGreaterThan(100);
  });
});
