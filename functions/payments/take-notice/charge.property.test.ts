import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { operationId as sagaOperationId } from '../../../shared/domain/ids.ts';
import { openOf } from '../../../shared/domain/payment/recovery/conclude.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import type { Provider } from '../../../shared/ports/provider.ts';
import { Poison } from '../../../shared/runtime/consumers/queue-consumer.ts';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { claimOf } from '../../../test/support/payments/operations.ts';
import { aReserved } from '../../../test/support/payments/reserved.ts';
import { memoryPsp, type PspMood } from '../../../test/support/psp/memory-psp.ts';
import { providersOf } from '../../../test/support/psp/providers.ts';
import { chargeTerms } from '../../../test/support/sagas/charge-terms.ts';
import { capture } from '../../providers/capture/capture.ts';
import { charge } from '../../providers/charge/charge.ts';
import { inquire } from '../../providers/inquire/inquire.ts';
import { refund } from '../../providers/refund/refund.ts';
import { voidAuthorization } from '../../providers/void/void.ts';
import { type ResultNotice, takeResult } from './charge.ts';

const subjects = ['charge', 'capture', 'cancel', 'refund'] as const;
type Subject = (typeof subjects)[number];

const operations = {
  capture: { requested: facts.captureRequested, begun: claimOf.capture, run: capture },
  cancel: { requested: facts.cancelRequested, begun: claimOf.cancel, run: voidAuthorization },
  refund: { requested: facts.refundRequested, begun: claimOf.refund, run: refund },
} as const satisfies Record<string, { requested: PaymentFact; begun: PaymentFact; run: unknown }>;

/** What comes of a notice: it is true, or the PSP lies. */
type Told = 'truth' | 'lie';
/** What happens, in any order: the task, a question of the inquiry, a notice. */
type Step = 'task' | 'inquiry' | Told;

interface Course {
  readonly subject: Subject;
  readonly mood: PspMood;
  /** Told when the PSP has done it, and we have no answer yet. */
  readonly early: readonly Told[];
  readonly steps: readonly Step[];
}

/** One payment, taken along this course to its end: what is on record, what was moved, and where. */
async function play({ subject, mood, early, steps }: Course) {
  const payment = await aReserved(
    subject === 'capture' || subject === 'cancel' ? { capture_method: 'manual' } : {},
  );
  const psp = memoryPsp();
  let onEffect = async (): Promise<void> => {};
  let isDeclined = false;
  const telling =
    <Request, Outcome extends { readonly kind: string }>(
      call: (request: Request) => Promise<Outcome>,
    ) =>
    async (request: Request): Promise<Outcome> => {
      const outcome = await call(request);
      isDeclined = outcome.kind === 'declined';
      await onEffect();
      return outcome;
    };
  const provider: Provider = {
    ...psp.provider,
    charge: telling(psp.provider.charge),
    capture: telling(psp.provider.capture),
    void: telling(psp.provider.void),
    refund: telling(psp.provider.refund),
  };
  const providers = providersOf(provider);
  const deps = { ...payment.deps, ...chargeTerms, providers };
  let operationId = sagaOperationId(payment.id, 'charge');
  let task = async (): Promise<void> => charge(deps)(payment.command);
  if (subject !== 'charge') {
    await task();
    const { requested, begun, run } = operations[subject];
    operationId = requested.facts.operation_id;
    await payment.write(requested, begun);
    task = () => run(deps)({ ...payment.command, operationId, execution: 'e2' });
  }
  psp.feel(mood);
  const settleWindowMs = 0;
  const take = takeResult({ ...deps, settleWindowMs });
  const ask = inquire({ ...deps, schedule: { waitsMs: [1, 1, 1], settleWindowMs } });
  const poisoned: string[] = [];
  const tell = async (told: Told) => {
    const hasEffect = (psp.effects.get(operationId) ?? 0) > 0;
    // Nobody tells the truth of what has not come to the PSP.
    if (told === 'truth' && !hasEffect && !isDeclined) {
      return;
    }
    const isEffect = hasEffect === (told === 'truth');
    const about = subject === 'charge' ? 'charge' : 'operation';
    const type = `${about}.${isEffect ? (about === 'charge' ? 'approved' : 'succeeded') : 'declined'}`;
    const notice = {
      id: `notice ${type}`,
      provider: 'psp',
      time: timeAt(1_000),
      type,
      data: {
        reference: payment.id,
        operation_id: operationId,
        provider_reference: psp.totalsOf(payment.id) ? `ch_${payment.id}` : null,
        amount: null,
        currency: 'EUR',
      },
    } as ResultNotice;
    try {
      await take(notice);
    } catch (error) {
      expect(error).toBeInstanceOf(Poison);
      poisoned.push(told);
    }
  };
  onEffect = async () => {
    for (const told of early) {
      await tell(told);
    }
  };
  const step = async (next: Step) => {
    if (next === 'truth' || next === 'lie') {
      return tell(next);
    }
    // A refusal is an answer, and what it is is on record.
    const done = next === 'task' ? task() : ask({ paymentId: payment.id, operationId, asked: 0 });
    await done.catch((error) => expect(error).toBeInstanceOf(Refusal));
  };
  for (const next of steps) {
    await step(next);
  }
  await step('task');
  psp.feel('works');
  await step('inquiry');
  expect(openOf(await payment.load(), operationId)).toBeNull();
  const { lastEventId: _, progress: __, operations: asked, ...record } = await payment.load();
  return {
    poisoned,
    end: {
      record: { ...record, authorizationExpires: record.authorizationExpires !== null },
      operations: asked.map(({ id, status, decline }) => ({ id, status, decline })),
      types: await payment.types(),
      postings: payment.store.transfers.map(({ posting, amountMinor }) => [posting, amountMinor]),
      effects: psp.effects.get(operationId) ?? 0,
    },
  };
}

const told = fc.constantFrom<Told>('truth', 'lie');

it('notices lead to no other end, however early, late, often or false they are', async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        subject: fc.constantFrom(...subjects),
        mood: fc.constantFrom<PspMood>(
          'works',
          'declines',
          'busy once',
          'busy',
          'never answers',
          'loses its answer',
        ),
        early: fc.array(told, { maxLength: 3 }),
        steps: fc.array(fc.constantFrom<Step>('task', 'inquiry', 'truth', 'lie'), {
          maxLength: 10,
        }),
      }),
      async (course) => {
        const steps = course.steps.filter((step) => step === 'task' || step === 'inquiry');
        const silent = await play({ ...course, early: [], steps });
        const { end, poisoned } = await play(course);
        expect(end).toEqual(silent.end);
        expect(end.effects).toBeLessThanOrEqual(1);
        expect(poisoned).not.toContain('truth');
        for (const what of [course.subject, course.mood, ...poisoned, end.types.at(-1) ?? '']) {
          seen.set(what, (seen.get(what) ?? 0) + 1);
        }
      },
    ),
    { numRuns: 300 },
  );
  // It has been where it should have been.
  for (const what of [...subjects, 'lie', 'captured', 'canceled', 'refunded', 'resumed']) {
    expect([what, seen.get(what) ?? 0]).not.toEqual([what, 0]);
  }
});
