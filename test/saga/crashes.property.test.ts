import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryPaymentStore } from '../../shared/adapters/memory/payments/payment-store.ts';
import { effectOf } from '../../shared/domain/ledger/transfer.ts';
import { foldPayment } from '../../shared/domain/payment/fold.ts';
import { dueOf } from '../../shared/domain/payment/recovery/sweep.ts';
import { type Payment, renderPayment } from '../../shared/domain/payment/state.ts';
import { paymentSaga } from '../../shared/domain/saga/payment-saga.ts';
import type { PaymentStore } from '../../shared/ports/payments.ts';
import type { ChargeOutcome, Provider } from '../../shared/ports/provider.ts';
import { anAcceptedPayment, countingStamps } from '../support/payments/payments.ts';
import { providersOf } from '../support/psp/providers.ts';
import { crashing, crashPlans } from '../support/sagas/crashing.ts';
import { paymentTasks } from '../support/sagas/pipeline.ts';
import { runSaga } from '../support/sagas/saga-runner.ts';

/** A PSP that keeps to its first answer for an operation, and counts what it did. */
function countingProvider(
  kinds: readonly ('approve' | 'mismatch' | 'decline' | 'busy' | 'unknown')[],
) {
  const effects = new Map<string, number>();
  const answers = new Map<string, ChargeOutcome>();
  let call = 0;
  const undo: Provider['void'] = async ({ operationId }) => {
    effects.set(operationId, 1);
    return { kind: 'done' };
  };
  const provider: Provider = {
    name: 'psp',
    charge: async (request) => {
      const kind = kinds[call++] ?? 'approve';
      // What stands before a PSP may throttle a repeated call as well.
      if (kind === 'busy') {
        return { kind: 'busy', reason: '429' };
      }
      const known = answers.get(request.operationId);
      if (known) {
        return known;
      }
      if (kind === 'unknown') {
        return { kind: 'unknown', reason: 'no answer' };
      }
      const answer: ChargeOutcome =
        kind === 'decline'
          ? { kind: 'declined', code: 'do_not_honor', message: 'No.' }
          : {
              kind: 'approved',
              providerReference: 'ch_1',
              amountMinor: request.amountMinor - (kind === 'mismatch' ? 1 : 0),
              currency: request.currency,
              captured: request.capture,
              authorizedUntil: null,
            };
      answers.set(request.operationId, answer);
      if (answer.kind === 'approved') {
        effects.set(request.operationId, (effects.get(request.operationId) ?? 0) + 1);
      }
      return answer;
    },
    capture: () => Promise.reject(new Error('no saga of a payment captures')),
    void: undo,
    refund: undo,
    inquire: async ({ operationId }) => {
      const known = answers.get(operationId);
      return known?.kind === 'approved' || known?.kind === 'declined'
        ? known
        : { kind: 'not_found' };
    },
  };
  return { provider, effects };
}

const anyAnswers = fc.array(
  fc.constantFrom('approve', 'mismatch', 'decline', 'unknown', 'busy', 'busy', 'busy', 'busy'),
  { minLength: 1, maxLength: 16 },
);
/** The way back is the rarer one: let it be taken often, and the PSP approve on a second way forward. */
const busyThenAny = anyAnswers.map((rest) => [...Array<'busy'>(4).fill('busy'), ...rest]);
const answers = fc.oneof(anyAnswers, busyThenAny);

/** True when nothing can be unknown of a payment: its saga only has to go on. */
function isKnown({ decline, charge, hold }: Payment): boolean {
  return decline !== null || charge?.reversed === true || hold?.state !== 'pending';
}

describe('the payment saga under crashes', () => {
  it('ends right wherever a task dies, and whoever else runs it beside', async () => {
    await fc.assert(
      fc.asyncProperty(
        crashPlans,
        answers,
        fc.integer({ min: 1, max: 3 }),
        fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
        fc.scheduler(),
        async (plan, kinds, executions, lostAfter, scheduler) => {
          const memory = memoryPaymentStore();
          const nextStamp = countingStamps();
          const accepted = anAcceptedPayment(nextStamp);
          await memory.accept(accepted);
          const crashes = plan.values();
          const { provider, effects } = countingProvider(kinds);
          const store: PaymentStore = {
            ...memory,
            load: scheduler.scheduleFunction(crashing(crashes, memory.load)),
            append: scheduler.scheduleFunction(crashing(crashes, memory.append)),
          };
          let askedWhileUnknown = 0;
          const charge: Provider['charge'] = async (request) => {
            const known = await memory.load(request.reference);
            askedWhileUnknown += known?.unknown ? 1 : 0;
            return provider.charge(request);
          };
          const tasks = paymentTasks({
            store,
            nextStamp,
            providers: providersOf({
              ...provider,
              charge: scheduler.scheduleFunction(crashing(crashes, charge)),
              void: scheduler.scheduleFunction(crashing(crashes, provider.void)),
              refund: scheduler.scheduleFunction(crashing(crashes, provider.refund)),
            }),
          });
          const run = async (index: number) => {
            const of = { paymentId: accepted.after.id, execution: `e${index}` };
            if (index === 0 && lostAfter !== undefined) {
              const lost = await runSaga(paymentSaga, tasks, { ...of, lostAfter });
              if (lost.result !== 'lost') {
                return lost;
              }
            }
            return runSaga(paymentSaga, tasks, of);
          };
          const runs = await scheduler.waitFor(
            Promise.all(Array.from({ length: executions }, (_, index) => run(index))),
          );

          const payment = await memory.load(accepted.after.id);
          const events = await memory.events(accepted.after.id);
          expect(foldPayment(events)).toEqual(payment);
          expect(payment && renderPayment(payment)).toEqual(events.at(-1)?.data.payment);
          expect(events.map(({ sequence }) => sequence)).toEqual(
            events.map((_, index) => index + 1),
          );
          expect(askedWhileUnknown).toBe(0);
          for (const count of effects.values()) {
            expect(count).toBe(1);
          }
          const pending = memory.transfers.reduce(
            (sum, transfer) => sum + effectOf(transfer).pending,
            0n,
          );
          const halted = runs.every(({ result }) => result !== 'succeeded');
          switch (payment?.status) {
            case 'captured':
              expect(pending).toBe(0n);
              expect(effects.size).toBe(1);
              break;
            case 'failed':
              expect(pending).toBe(0n);
              expect([0, 2]).toContain(effects.size);
              break;
            default:
              // Not finished: then it is on record as unknown, or its execution failed with an alarm,
              // or all is known of it, and the sweeper begins anew what is left to do.
              expect(payment?.unknown !== null || halted || isKnown(payment)).toBe(true);
              expect(payment && dueOf(payment)).not.toBeNull();
              // Where the PSP may have the money, the ledger holds it.
              expect(payment?.hold?.state === 'pending' ? 10_000n : 0n).toBe(pending);
              expect(pending === 0n ? effects.size : 0).toBe(0);
          }
        },
      ),
      { numRuns: 4_000 },
    );
  });
});
