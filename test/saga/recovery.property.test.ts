import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentFact } from '../../shared/contracts/events/payment-events.ts';
import { operationId } from '../../shared/domain/ids.ts';
import { effectOf } from '../../shared/domain/ledger/transfer.ts';
import { changePayment } from '../../shared/domain/payment/change.ts';
import { foldPayment, IllegalTransition } from '../../shared/domain/payment/fold.ts';
import { parkedOf } from '../../shared/domain/payment/recovery/parked.ts';
import { isTerminal, type Payment, renderPayment } from '../../shared/domain/payment/state.ts';
import type { PaymentStore } from '../../shared/ports/payments.ts';
import type { Provider } from '../../shared/ports/provider.ts';
import { facts } from '../support/payments/facts.ts';
import { anAcceptedPayment } from '../support/payments/payments.ts';
import { manneredPsp, type PspManner } from '../support/psp/mannered-psp.ts';
import { providersOf } from '../support/psp/providers.ts';
import { crashing, crashPlans, type Fault } from '../support/sagas/crashing.ts';
import { type Lateness, latecomers, slowPost } from '../support/sagas/latecomers.ts';
import { runningStage } from '../support/sagas/running-stage.ts';

const hourMs = 3_600_000;
const schedule = { waitsMs: [2_000, 60_000, hourMs, hourMs], settleWindowMs: hourMs };

const manners = fc
  .tuple(
    fc.array(
      fc.constantFrom<PspManner>('ok', 'decline', 'other', 'busy', 'no answer', 'lost', 'delayed'),
      {
        maxLength: 3,
      },
    ),
    fc.constantFrom(0, 0, 3),
    fc.array(fc.constantFrom<PspManner>('ok', 'decline', 'busy', 'no answer', 'lost', 'delayed'), {
      maxLength: 5,
    }),
  )
  .map(([before, busy, after]) => [...before, ...Array<PspManner>(busy).fill('busy'), ...after]);
const inquiries = fc.array(fc.constantFrom('ok', 'ok', 'no answer'), { maxLength: 10 });
const aPsp = fc.record({ manners, inquiries });

/** What happens besides what the sagas do, of which some comes to nothing. */
const worlds = fc.record({
  manual: fc.boolean(),
  psp: aPsp,
  other: aPsp,
  requests: fc.array(
    fc.constantFrom<PaymentFact>(
      facts.captureRequested,
      facts.restRequested,
      facts.cancelRequested,
      facts.refundRequested,
    ),
    { maxLength: 3 },
  ),
  /** Which executions die with their machine, after how many calls. */
  lost: fc.array(fc.option(fc.integer({ min: 0, max: 6 }), { nil: null, freq: 2 }), {
    maxLength: 5,
  }),
  /** Which answers and writes outlive the time limit of their task, and come a while later. */
  late: fc.array(fc.constantFrom<Lateness>('no', 'no', 'no', 'soon', 'much later'), {
    maxLength: 12,
  }),
  crashes: crashPlans,
});

/** The stage, its PSPs and one payment, with every effect scheduled, and cut short as planned. */
async function aWorld(
  given: typeof worlds extends fc.Arbitrary<infer W> ? W : never,
  scheduler: fc.Scheduler,
) {
  const plan = given.crashes.values();
  let isWell = false;
  const crashes: Iterator<Fault> = {
    next: () => (isWell ? { value: 'none' } : plan.next()),
  };
  const cut = <Args extends readonly unknown[], Result>(
    effect: (...args: Args) => Promise<Result>,
  ) => scheduler.scheduleFunction(crashing(crashes, effect));
  const late = latecomers(given.late.values(), scheduler);
  // It arrives before the settle window is over.
  const post = slowPost(hourMs / 2);
  const psps = [
    manneredPsp('psp', { ...given.psp, later: post.send }),
    manneredPsp('psp-b', { ...given.other, later: post.send }),
  ] as const;
  const seen = (psp: (typeof psps)[number]): Provider => {
    const { provider } = psp;
    return {
      name: provider.name,
      charge: late.call(cut(provider.charge)),
      capture: late.call(cut(provider.capture)),
      void: late.call(cut(provider.void)),
      refund: late.call(cut(provider.refund)),
      inquire: cut(provider.inquire),
    };
  };
  const lost = given.lost.values();
  const stage = runningStage({
    providers: providersOf(seen(psps[0]), seen(psps[1])),
    schedule,
    stuckAfterMs: 600_000,
    lostAfter: () => lost.next().value ?? null,
    storeOf: (memory): PaymentStore => ({
      ...memory,
      load: cut(memory.load),
      append: late.write(cut(memory.append)),
    }),
    taskOf: late.task,
    passed: post.passed,
  });
  const accepted = anAcceptedPayment(stage.nextStamp, {
    capture_method: given.manual ? 'manual' : 'automatic',
  });
  await stage.memory.accept(accepted);
  const { id } = accepted.after;
  const load = async (): Promise<Payment> => {
    const payment = await stage.memory.load(id);
    if (!payment) {
      throw new Error('the payment is gone');
    }
    return payment;
  };
  /** Runs what the stream asks for, and what comes of that, as far as it comes without who is late. */
  const work = async (): Promise<void> => {
    for (let next = await stage.stream(); next.length > 0; next = await stage.stream()) {
      for (const execution of next) {
        stage.run(execution).catch(() => undefined);
      }
      await scheduler.waitIdle();
    }
  };
  /** From here on nothing crashes any more. */
  const recover = (): void => {
    isWell = true;
  };
  return { ...stage, ...late, id, load, work, psps, recover };
}

type World = Awaited<ReturnType<typeof aWorld>>;

/** What is asked of the payment, if it can be asked for just now. */
async function request({ memory, load, nextStamp }: World, fact: PaymentFact): Promise<void> {
  try {
    await memory.append(changePayment(await load(), fact, nextStamp()));
  } catch (error) {
    if (!(error instanceof IllegalTransition)) {
      throw error;
    }
  }
}

async function expectSound({ memory, id, load, psps }: World): Promise<Payment> {
  const payment = await load();
  const events = await memory.events(id);
  expect(foldPayment(events)).toEqual(payment);
  expect(renderPayment(payment)).toEqual(events.at(-1)?.data.payment);
  // Invariant 3, and not at two PSPs either.
  const effects = psps.flatMap((psp) => [...psp.effects.values()]);
  expect(effects.every((count) => count === 1)).toBe(true);
  const charged = psps.filter((psp) => psp.effects.has(operationId(id, 'charge')));
  expect(charged.length).toBeLessThanOrEqual(1);
  // The ledger holds what the payment holds.
  const pending = memory.transfers.reduce((sum, transfer) => sum + effectOf(transfer).pending, 0n);
  expect(pending).toBe(BigInt(payment.hold?.state === 'pending' ? payment.hold.amountMinor : 0));
  return payment;
}

/** What has come to its end is at the PSP what it is here. */
function expectSettled(payment: Payment, { psps, id }: World): void {
  const totals = psps.map((psp) => psp.totalsOf(id)).filter((found) => found !== undefined);
  const theirs = totals[0] ?? { authorized: 0, captured: 0, voided: 0, refunded: 0 };
  const left = theirs.authorized - theirs.captured - theirs.voided;
  if (payment.status === 'failed') {
    expect([left, theirs.captured - theirs.refunded]).toEqual([0, 0]);
    return;
  }
  expect([theirs.authorized, theirs.captured, theirs.refunded]).toEqual([
    payment.amountAuthorizedMinor,
    payment.amountCapturedMinor,
    payment.amountRefundedMinor,
  ]);
  expect(isTerminal(payment.status) ? left : 0).toBe(0);
}

describe('a stage whose machines die, whose PSPs lie, and whose calls outlive their tasks', () => {
  it('brings every payment and operation to an end, or before a person, and charges once', async () => {
    const reached = new Map<string, number>();
    const note = (what: string) => reached.set(what, (reached.get(what) ?? 0) + 1);
    await fc.assert(
      fc.asyncProperty(worlds, fc.scheduler(), async (given, scheduler) => {
        const world = await aWorld(given, scheduler);
        const { sweep, pass, work, wake, recover } = world;
        const round = async (): Promise<void> => {
          const swept = sweep().catch(() => null);
          await scheduler.waitIdle();
          await swept;
          await work();
          await expectSound(world);
          pass(hourMs);
        };
        await work();
        for (const fact of given.requests) {
          await round();
          wake();
          await request(world, fact);
        }
        recover();
        // Long enough for what is stuck to be begun anew as often as it can be, and for the late ones.
        for (let rounds = 0; rounds < 10; rounds++) {
          wake();
          await round();
        }
        pass(30 * hourMs);
        await round();
        const payment = await expectSound(world);
        const parked = parkedOf(payment);
        const left = [payment, ...payment.operations].filter(
          (one) => one.status === 'processing' && one.parked === null,
        );
        expect(left).toEqual([]);
        if (parked.length === 0) {
          expectSettled(payment, world);
        }
        note(payment.status);
        note(payment.provider ?? 'no PSP');
        parked.forEach(({ operation, unknown }) => void note(`${operation} parked ${unknown}`));
        payment.operations.forEach(({ kind, status }) => void note(`${kind} ${status}`));
        for (const { type } of await world.memory.events(world.id)) {
          note(type);
        }
      }),
      { numRuns: 800 },
    );
    for (const what of [
      ...['captured', 'authorized', 'canceled', 'failed', 'psp', 'psp-b', 'charge parked true'],
      ...['capture succeeded', 'capture failed', 'cancel succeeded', 'cancel failed'],
      ...['refund succeeded', 'refund failed', 'payment.resumed', 'payment.capture_resumed'],
      ...['payment.rerouted', 'payment.outcome_resolved', 'payment.charge_reversed'],
    ]) {
      expect([what, reached.get(what) ?? 0]).not.toEqual([what, 0]);
    }
  }, 600_000);
});
