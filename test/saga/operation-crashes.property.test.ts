import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sweepPayments } from '../../functions/payments/sweep/sweep.ts';
import { requestedId } from '../../shared/domain/ids.ts';
import { effectOf, type PostingName } from '../../shared/domain/ledger/transfer.ts';
import type { PaymentChange } from '../../shared/domain/payment/change.ts';
import { foldPayment } from '../../shared/domain/payment/fold.ts';
import {
  type OperationKind,
  operationOf,
} from '../../shared/domain/payment/operations/operation.ts';
import { isTerminal, type Payment, renderPayment } from '../../shared/domain/payment/state.ts';
import { sagas } from '../../shared/domain/saga/sagas.ts';
import type { PaymentStore } from '../../shared/ports/payments.ts';
import type { Provider } from '../../shared/ports/provider.ts';
import { type memoryApi, withKey } from '../support/api/memory-api.ts';
import type { FactName } from '../support/payments/facts.ts';
import { anApiWith } from '../support/payments/operations.ts';
import { providersOf } from '../support/psp/providers.ts';
import { type Manner, statefulPsp } from '../support/psp/stateful-psp.ts';
import { crashing, crashPlans, type Fault } from '../support/sagas/crashing.ts';
import { operationTasks } from '../support/sagas/pipeline.ts';
import { runSaga, type SagaRun } from '../support/sagas/saga-runner.ts';

const amountMinor = 10_000;
const afterTheWindow = '2026-01-09T00:00:00.000Z';

/** Where a payment starts, and what its PSP has captured by then. */
const starts: readonly { readonly names: readonly FactName[]; readonly capturedMinor: number }[] = [
  { names: ['reserved', 'authorized'], capturedMinor: 0 },
  {
    names: ['reserved', 'authorized', 'captureRequested', 'captureStarted', 'capturedPart'],
    capturedMinor: 4_000,
  },
  { names: ['reserved', 'captured'], capturedMinor: amountMinor },
];

const routes: Readonly<Record<OperationKind, string>> = {
  capture: 'POST /payments/{id}/capture',
  cancel: 'POST /payments/{id}/cancel',
  refund: 'POST /payments/{id}/refunds',
};

/** Somebody who asks something of the payment: a merchant, or the sweeper. */
type Actor =
  | { readonly asks: OperationKind; readonly body: object; readonly runs: readonly Run[] }
  | { readonly asks: 'expiry'; readonly runs: readonly Run[] };

/** One execution of what was asked; lost after so many calls, and then begun anew, when that is given. */
interface Run {
  readonly lostAfter: number | undefined;
}

const runs = fc.array(
  fc.record({ lostAfter: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }) }),
  { minLength: 1, maxLength: 2 },
);
const amount = fc.constantFrom(null, 1, 3_000, 4_000, 7_000, amountMinor);
const actors: fc.Arbitrary<readonly Actor[]> = fc.array(
  fc.oneof(
    fc.record({
      asks: fc.constant('capture' as const),
      body: fc.record({ amount, final: fc.boolean() }),
      runs,
    }),
    fc.record({ asks: fc.constant('cancel' as const), body: fc.constant({}), runs }),
    fc.record({ asks: fc.constant('refund' as const), body: fc.record({ amount }), runs }),
    fc.record({ asks: fc.constant('expiry' as const), runs }),
  ),
  { minLength: 1, maxLength: 4 },
);
const anyManners = (maxLength: number) =>
  fc.array(fc.constantFrom<Manner>('ok', 'ok', 'decline', 'busy', 'no answer', 'lost'), {
    maxLength,
  });
/** The way back is the rarer one: let the PSP often be busy for all tries, and then do as it likes. */
const manners = fc
  .tuple(anyManners(2), fc.constantFrom(0, 4, 8), anyManners(6))
  .map(([before, length, after]) => [...before, ...Array<Manner>(length).fill('busy'), ...after]);
const callFaults = fc.array(fc.constantFrom<Fault>('before', 'after', 'after', 'none', 'none'), {
  maxLength: 6,
});

/** The payment, its PSP and its ledger, with every effect scheduled, and cut short as planned. */
async function aWorld(
  start: (typeof starts)[number],
  kinds: readonly Manner[],
  plans: { readonly ofStore: readonly Fault[]; readonly ofCalls: readonly Fault[] },
  scheduler: fc.Scheduler,
) {
  const cutBy =
    (faults: Iterator<Fault>) =>
    <Args extends readonly unknown[], Result>(effect: (...args: Args) => Promise<Result>) =>
      scheduler.scheduleFunction(crashing(faults, effect));
  const cut = cutBy(plans.ofStore.values());
  const cutCall = cutBy(plans.ofCalls.values());
  const held: { store?: PaymentStore } = {};
  const { api, id, payment } = await anApiWith(start.names, {
    load: scheduler.scheduleFunction((of) => loaded(held).load(of)),
    append: cut((change: PaymentChange) => loaded(held).append(change)),
  });
  held.store = api.store;
  const psp = statefulPsp({
    authorizedMinor: amountMinor,
    capturedMinor: start.capturedMinor,
    manners: kinds,
  });
  const wrong: string[] = [];
  const seen =
    <Request extends { readonly operationId: string }, Answer>(
      call: (request: Request) => Promise<Answer>,
    ) =>
    async (request: Request) => {
      const operation = operationOf(await payment(), request.operationId);
      if (operation?.unknown || operation?.decline || operation?.status !== 'processing') {
        wrong.push(`asked for ${operation?.kind} whose outcome is on record, or unknown`);
      }
      return call(request);
    };
  const provider: Provider = {
    ...psp.provider,
    capture: cutCall(seen(psp.provider.capture)),
    void: cutCall(seen(psp.provider.void)),
    refund: cutCall(seen(psp.provider.refund)),
  };
  const store: PaymentStore = {
    ...api.store,
    load: cut(api.store.load),
    append: cut(api.store.append),
  };
  return { api, id, payment, psp, wrong, store, provider };
}

function loaded({ store }: { readonly store?: PaymentStore }): PaymentStore {
  if (!store) {
    throw new Error('the world is not there yet');
  }
  return store;
}

type RunOf = SagaRun & { readonly operationId: string };
type World = Awaited<ReturnType<typeof aWorld>>;

/** Asks, again while the answer is an error, and runs the saga of what came of it. */
async function act(world: World, actor: Actor, index: number): Promise<readonly RunOf[]> {
  const { api, id } = world;
  if (actor.asks === 'expiry') {
    const before = new Set((await world.payment()).operations.map((operation) => operation.id));
    const sweep = sweepPayments({
      ...world.store,
      terms: { stuckAfterMs: Number.POSITIVE_INFINITY },
      nextStamp: () => ({ ...api.nextStamp(), time: afterTheWindow }),
    });
    await sweep().catch(() => null);
    const asked = (await world.payment()).operations.filter(
      (operation) => operation.cause === 'expired' && !before.has(operation.id),
    );
    const all = await Promise.all(
      asked.map((operation) => execute(world, operation.id, actor, index)),
    );
    return all.flat();
  }
  const key = `actor-${index}`;
  for (let tried = 0; tried < 3; tried++) {
    const { status } = await api.ask(actor.asks, id, actor.body, withKey(key));
    expect([202, 409, 500]).toContain(status);
    if (status < 500) {
      break;
    }
  }
  return execute(world, requestedId(id, routes[actor.asks], key), actor, index);
}

async function execute(
  world: World,
  operationId: string,
  { runs: executions }: Actor,
  index: number,
): Promise<readonly RunOf[]> {
  const operation = operationOf(await world.payment(), operationId);
  if (!operation) {
    return [];
  }
  const { store, api } = world;
  const providers = providersOf(world.provider);
  const tasks = operationTasks({ store, providers, nextStamp: api.nextStamp });
  const saga = sagas[operation.kind];
  return Promise.all(
    executions.map(async ({ lostAfter }, number) => {
      const of = { paymentId: world.id, operationId, execution: `e${index}.${number}` };
      if (lostAfter !== undefined) {
        const run = await runSaga(saga, tasks, { ...of, lostAfter });
        if (run.result !== 'lost') {
          return { ...run, operationId };
        }
      }
      return { ...(await runSaga(saga, tasks, of)), operationId };
    }),
  );
}

/** What is on a ledger, by posting, in minor units. */
function postedOf(store: ReturnType<typeof memoryApi>['store']) {
  const sum = (posting: PostingName) =>
    store.transfers
      .filter((transfer) => transfer.posting === posting)
      .reduce((total, transfer) => total + transfer.amountMinor, 0);
  return {
    pendingMinor: Number(
      store.transfers.reduce((total, transfer) => total + effectOf(transfer).pending, 0n),
    ),
    capturedMinor: sum('captured'),
    feesMinor: sum('fee'),
    inTransitMinor: sum('refund_requested') - sum('refund_returned') - sum('refund_confirmed'),
    refundedMinor: sum('refund_confirmed'),
  };
}

function expectSound({ payment, world }: { readonly payment: Payment; readonly world: World }) {
  const { psp, api, wrong } = world;
  expect(wrong).toEqual([]);
  // Invariant 3: at most one effect at the PSP per operation.
  for (const effects of psp.effects.values()) {
    expect(effects).toBe(1);
  }
  // Invariant 2, on both sides.
  expect(psp.totals.capturedMinor + psp.totals.voidedMinor).toBeLessThanOrEqual(amountMinor);
  expect(psp.totals.refundedMinor).toBeLessThanOrEqual(psp.totals.capturedMinor);
  expect(payment.amountCapturedMinor).toBeLessThanOrEqual(payment.amountAuthorizedMinor);
  expect(payment.amountRefundedMinor).toBeLessThanOrEqual(payment.amountCapturedMinor);
  // The ledger has what the payment says, and holds what the payment holds.
  const inTransit = payment.operations.filter(({ held }) => held);
  expect(postedOf(api.store)).toEqual({
    pendingMinor: payment.hold?.state === 'pending' ? payment.hold.amountMinor : 0,
    capturedMinor: payment.amountCapturedMinor,
    feesMinor: payment.feesMinor,
    inTransitMinor: inTransit.reduce((total, operation) => total + operation.amountMinor, 0),
    refundedMinor: payment.amountRefundedMinor,
  });
  if (isTerminal(payment.status)) {
    expect(payment.hold?.state).not.toBe('pending');
  }
}

describe('the sagas of operations under crashes', () => {
  it('end right wherever a task dies, and whatever else is asked or runs beside', async () => {
    const reached = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...starts),
        actors,
        manners,
        fc.record({ ofStore: crashPlans, ofCalls: callFaults }),
        fc.scheduler(),
        async (start, all, kinds, plans, scheduler) => {
          const world = await scheduler.waitFor(aWorld(start, kinds, plans, scheduler));
          const before = (await world.payment()).operations.length;
          const ran = await scheduler.waitFor(
            Promise.all(all.map((actor, index) => act(world, actor, index))),
          );
          const payment = await world.payment();
          const events = await world.api.store.events(world.id);
          expect(foldPayment(events)).toEqual(payment);
          expect(renderPayment(payment)).toEqual(events.at(-1)?.data.payment);
          expectSound({ payment, world });

          const halted = new Set(
            ran.flat().flatMap((run) => (run.result === 'failed' ? [run.operationId] : [])),
          );
          const asked = payment.operations.slice(before);
          for (const { id, kind, status, unknown, held } of asked) {
            const effects = world.psp.effects.get(id) ?? 0;
            reached.add(`${kind} ${unknown ? 'unknown' : status}`);
            switch (status) {
              case 'succeeded':
                expect([kind, effects, held]).toEqual([kind, 1, false]);
                break;
              case 'failed':
                expect([kind, effects, held]).toEqual([kind, 0, false]);
                break;
              case 'processing':
                // Not finished: then it is on record as unknown, or its execution halted with an alarm.
                expect([kind, unknown !== null || halted.has(id)]).toEqual([kind, true]);
            }
          }
          if (asked.every(({ status }) => status !== 'processing')) {
            expect([world.psp.totals.capturedMinor, world.psp.totals.refundedMinor]).toEqual([
              payment.amountCapturedMinor,
              payment.amountRefundedMinor,
            ]);
          }
        },
      ),
      { numRuns: 2_000 },
    );
    const every = (['capture', 'cancel', 'refund'] as const).flatMap((kind) =>
      ['succeeded', 'failed', 'unknown', 'processing'].map((end) => `${kind} ${end}`),
    );
    expect([...reached].sort()).toEqual(every.sort());
  });
});
