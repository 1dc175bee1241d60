import { describe, expect, it, vi } from 'vitest';
import { sagas } from '../../shared/domain/saga/sagas.ts';
import type { OperationOutcome } from '../../shared/ports/provider.ts';
import { metrics } from '../../shared/runtime/observability.ts';
import { facts } from '../support/payments/facts.ts';
import { anAsked, aPsp, busy, declined, noAnswer } from '../support/payments/operations.ts';
import { operationTasks } from '../support/sagas/pipeline.ts';
import { runSaga } from '../support/sagas/saga-runner.ts';

const sagaOf = {
  capture: sagas.capture,
  'final capture': sagas.capture,
  cancel: sagas.cancel,
  expiry: sagas.cancel,
  refund: sagas.refund,
};

/** Runs the saga of an operation over a PSP that gives these answers. */
async function run(
  what: keyof typeof sagaOf,
  outcomes: readonly OperationOutcome[] = [{ kind: 'done' }],
  asked: ReturnType<typeof anAsked> = anAsked(what),
) {
  const operation = await asked;
  const { providers, asked: calls } = aPsp(...outcomes);
  const { store, deps, command } = operation;
  const tasks = operationTasks({ store, providers, nextStamp: deps.nextStamp });
  const { paymentId, operationId } = command;
  const ran = await runSaga(sagaOf[what], tasks, { paymentId, operationId, execution: 'e2' });
  return {
    ...operation,
    ...ran,
    calls,
    events: await operation.since(),
    ended: await operation.operation(),
    payment: await operation.load(),
  };
}

describe('the sagas of operations', () => {
  it.each([
    [
      'capture',
      ['begin-operation', 'capture'],
      ['operation_started', 'captured'],
      'partially_captured',
    ],
    [
      'final capture',
      ['begin-operation', 'capture'],
      ['operation_started', 'captured'],
      'captured',
    ],
    ['cancel', ['begin-operation', 'void'], ['operation_started', 'canceled'], 'canceled'],
    ['expiry', ['begin-operation', 'void'], ['operation_started', 'expired'], 'expired'],
    ['refund', ['hold-refund', 'refund'], ['refund_held', 'refunded'], 'captured'],
  ] as const)('do a %s in two tasks', async (what, tasks, events, status) => {
    const done = await run(what);
    expect(done).toMatchObject({ result: 'succeeded', called: tasks, events });
    expect(done.ended).toMatchObject({ status: 'succeeded', failure: null });
    expect(done.payment.status).toBe(status);
    expect(done.calls).toHaveLength(1);
  });

  it.each([
    ['capture', [{ kind: 'done' }], 'PaymentCaptured'],
    ['cancel', [{ kind: 'done' }], 'PaymentCanceled'],
    ['expiry', [{ kind: 'done' }], 'PaymentExpired'],
    ['refund', [{ kind: 'done' }], 'PaymentRefunded'],
    ['refund', [noAnswer], 'OutcomeUnknown'],
  ] as const)('count what became of a %s', async (what, outcomes, metric) => {
    const asked = await anAsked(what);
    const counted = vi.spyOn(metrics, 'addMetric');
    await run(what, outcomes, Promise.resolve(asked));
    expect(counted.mock.calls).toEqual([[metric, 'Count', 1]]);
    counted.mockRestore();
  });

  it.each([
    [
      'capture',
      ['begin-operation', 'capture', 'fail-operation'],
      ['operation_started', 'operation_declined', 'operation_failed'],
    ],
    [
      'cancel',
      ['begin-operation', 'void', 'fail-operation'],
      ['operation_started', 'operation_declined', 'operation_failed'],
    ],
    [
      'refund',
      ['hold-refund', 'refund', 'return-refund', 'fail-operation'],
      ['refund_held', 'operation_declined', 'refund_returned', 'operation_failed'],
    ],
  ] as const)('end a %s that the PSP declines, with its code', async (what, tasks, events) => {
    const asked = anAsked(what);
    const { status } = await (await asked).load();
    const done = await run(what, [declined], asked);
    expect(done).toMatchObject({ result: 'succeeded', called: tasks, events });
    expect(done.ended).toMatchObject({ status: 'failed', failure: { code: 'too_late' } });
    expect(done.payment.status).toBe(status);
  });

  it.each(['capture', 'cancel', 'refund'] as const)(
    'try a %s again while the PSP is busy, and end it when it stays so',
    async (what) => {
      const patient = await run(what, [busy, busy, { kind: 'done' }]);
      expect(patient.ended).toMatchObject({ status: 'succeeded', busyTries: 2 });
      const given = await run(what, [busy]);
      expect(given.calls).toHaveLength(4);
      expect(given.ended).toMatchObject({
        status: 'failed',
        held: false,
        failure: { code: 'provider_unavailable' },
      });
    },
  );

  it.each(['capture', 'cancel', 'refund'] as const)(
    'leave a %s of unknown outcome processing, with what is held, asked once',
    async (what) => {
      const done = await run(what, [noAnswer]);
      expect(done.calls).toHaveLength(1);
      expect(done.result).toBe('succeeded');
      expect(done.called.at(-1)).toBe('suspend-operation');
      expect(done.ended).toMatchObject({
        status: 'processing',
        unknown: { since: expect.any(String) },
        held: what === 'refund',
      });
      expect(done.events).toHaveLength(2);
      if (what !== 'refund') {
        expect(done.payment.hold?.state).toBe('pending');
      }
    },
  );

  it('capture in parts until nothing is held', async () => {
    const first = await run('capture');
    await first.write(facts.restRequested);
    const { operation_id: operationId } = facts.restRequested.facts;
    const { providers } = aPsp();
    const tasks = operationTasks({
      store: first.store,
      providers,
      nextStamp: first.deps.nextStamp,
    });
    await runSaga(sagas.capture, tasks, { paymentId: first.id, operationId, execution: 'e3' });
    expect(await first.load()).toMatchObject({
      status: 'captured',
      amountCapturedMinor: 9_000,
      feesMinor: 261,
    });
    expect(first.postings()).toEqual([
      ['captured', 'post_pending', 4_000],
      ['fee', 'posted', 116],
      ['held_anew', 'pending', 6_000],
      ['captured', 'post_pending', 5_000],
      ['fee', 'posted', 145],
    ]);
  });

  it('take a refund into transit and back when the PSP declines it', async () => {
    const { postings } = await run('refund', [declined]);
    expect(postings()).toEqual([
      ['refund_requested', 'posted', 3_000],
      ['refund_returned', 'posted', 3_000],
    ]);
  });

  it('end a refund without a call when an execution began anew while it was undoing it', async () => {
    const asked = await anAsked('refund');
    await asked.write(facts.refundHeld, facts.refundReturned);
    const done = await run('refund', [{ kind: 'done' }], Promise.resolve(asked));
    expect(done.called).toEqual(['hold-refund', 'refund', 'return-refund', 'fail-operation']);
    expect(done.calls).toEqual([]);
    expect(done.ended).toMatchObject({
      status: 'failed',
      failure: { code: 'provider_unavailable' },
    });
  });

  it.each(['capture', 'cancel', 'refund'] as const)(
    'stop at a %s that another execution has',
    async (what) => {
      const first = await run(what, [noAnswer]);
      const { providers, asked } = aPsp();
      const { store, deps, id, operationId } = first;
      const tasks = operationTasks({ store, providers, nextStamp: deps.nextStamp });
      const of = { paymentId: id, operationId, execution: 'e3' };
      const second = await runSaga(sagaOf[what], tasks, of);
      expect(second.result).toBe('stopped');
      expect(asked).toEqual([]);
      expect(await first.since()).toEqual(first.events);
    },
  );
});
