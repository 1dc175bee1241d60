import { describe, expect, it } from 'vitest';
import { takePayout } from '../../functions/payments/take-notice/payout.ts';
import { payoutSaga } from '../../shared/domain/saga/payout-saga.ts';
import type { OrderOutcome } from '../../shared/ports/payouts/bank.ts';
import type { PayoutStore } from '../../shared/ports/payouts/payouts.ts';
import { payoutTasks } from '../lifecycle/payout-tasks.ts';
import { aPayout, aPayoutNotice } from '../support/payouts.ts';
import { runSaga } from '../support/sagas/saga-runner.ts';

const accepted: OrderOutcome = { kind: 'accepted', bankReference: 'bt_1' };
const busy: OrderOutcome = { kind: 'busy', reason: '429' };

async function runPayout(
  answer: (call: number) => OrderOutcome,
  {
    availableMinor = 9_710,
    replaced = {},
  }: { readonly availableMinor?: number; readonly replaced?: Partial<PayoutStore> } = {},
) {
  const payout = await aPayout({}, { availableMinor });
  let calls = 0;
  const tasks = payoutTasks({
    store: { ...payout.store, ...replaced },
    nextStamp: payout.deps.nextStamp,
    send: async () => {
      calls += 1;
      return answer(calls);
    },
  });
  const run = await runSaga(payoutSaga, tasks, { paymentId: payout.id, execution: 'e1' });
  return {
    run,
    calls,
    id: payout.id,
    deps: payout.deps,
    load: payout.load,
    events: await payout.types(),
    postings: payout.postings,
    availableMinor: payout.availableMinor,
  };
}

describe('the payout saga', () => {
  it('gives the order to the bank in two tasks, and ends there', async () => {
    const { run, events, load, postings } = await runPayout(() => accepted);
    expect(run).toEqual({ result: 'succeeded', called: ['reserve-payout', 'send-payout'] });
    expect(events).toEqual(['requested', 'reserved', 'sending', 'sent']);
    expect(await load()).toMatchObject({ status: 'in_transit' });
    expect(postings()).toEqual(['payout']);
  });

  it('leaves the end to the bank’s notice', async () => {
    const { id, deps, load, postings } = await runPayout(() => accepted);
    await takePayout(deps)(aPayoutNotice('payout.paid', id));
    expect(await load()).toMatchObject({ status: 'paid' });
    expect(postings()).toEqual(['payout', 'payout_paid']);
  });

  it('fails without enough available, and the bank is not asked', async () => {
    const { run, load, postings, calls } = await runPayout(() => accepted, {
      availableMinor: 9_709,
    });
    expect(run).toEqual({ result: 'succeeded', called: ['reserve-payout', 'fail-payout'] });
    expect(await load()).toMatchObject({
      status: 'failed',
      failure: { code: 'insufficient_funds' },
    });
    expect(postings()).toEqual([]);
    expect(calls).toBe(0);
  });

  it('fails a declined payout with the code of the bank, and makes the amount available', async () => {
    const { run, load, postings, availableMinor } = await runPayout(() => ({
      kind: 'declined',
      code: 'account_closed',
      message: 'The account is closed.',
    }));
    expect(run.called).toEqual(['reserve-payout', 'send-payout', 'return-payout', 'fail-payout']);
    expect(await load()).toMatchObject({ status: 'failed', failure: { code: 'account_closed' } });
    expect(postings()).toEqual(['payout', 'payout_returned']);
    expect(await availableMinor()).toBe(9_710n);
  });

  it('tries a busy bank again, and gives up with the amount available when it stays busy', async () => {
    const once = await runPayout((call) => (call === 1 ? busy : accepted));
    expect(once.calls).toBe(2);
    expect(await once.load()).toMatchObject({ status: 'in_transit' });
    const always = await runPayout(() => busy);
    expect(always.calls).toBe(4);
    expect(always.run.called.slice(-2)).toEqual(['return-payout', 'fail-payout']);
    expect(await always.load()).toMatchObject({
      status: 'failed',
      failure: { code: 'provider_unavailable' },
    });
    expect(await always.availableMinor()).toBe(9_710n);
  });

  it('suspends an unknown outcome: asked once, the amount stays in transit', async () => {
    const { run, calls, events, load, postings } = await runPayout(() => ({
      kind: 'unknown',
      reason: 'no answer',
    }));
    expect(run.called).toEqual(['reserve-payout', 'send-payout', 'suspend-payout']);
    expect(calls).toBe(1);
    expect(events).toEqual(['requested', 'reserved', 'sending', 'outcome_unknown']);
    expect(await load()).toMatchObject({ status: 'processing', reservation: 'held' });
    expect(postings()).toEqual(['payout']);
  });

  it('has the bank’s notice settle what was suspended', async () => {
    for (const [type, status] of [
      ['payout.paid', 'paid'],
      ['payout.failed', 'failed'],
    ] as const) {
      const { id, deps, load } = await runPayout(() => ({ kind: 'unknown', reason: 'none' }));
      await takePayout(deps)(aPayoutNotice(type, id));
      expect(await load()).toMatchObject({ status, unknown: null });
    }
  });

  it('never calls contention a lack of funds', async () => {
    class Contention extends Error {
      override readonly name = 'Contention';
    }
    const payout = await aPayout();
    const tasks = payoutTasks({
      store: {
        ...payout.store,
        append: async (change) => {
          if (change.event.type === 'payout.reserved') {
            throw new Contention('others were first');
          }
          return payout.store.append(change);
        },
      },
      nextStamp: payout.deps.nextStamp,
      send: async () => accepted,
    });
    const run = await runSaga(payoutSaga, tasks, { paymentId: payout.id, execution: 'e1' });
    expect(run.called.filter((name) => name === 'reserve-payout')).toHaveLength(4);
    expect(await payout.load()).toMatchObject({
      status: 'failed',
      failure: { code: 'internal_error' },
    });
  });

  it('gives nothing back that an execution may have sent before it was lost and began anew', async () => {
    const { id, store, deps, load, postings } = await aPayout();
    let isDown = false;
    const tasks = payoutTasks({
      store: {
        ...store,
        load: (of) => (isDown ? Promise.reject(new Error('no table')) : store.load(of)),
      },
      nextStamp: deps.nextStamp,
      // The bank takes the order, and the task dies before it can say so.
      send: () => Promise.reject(new Error('killed')),
    });
    const of = { paymentId: id, execution: 'e1' };
    await runSaga(payoutSaga, tasks, { ...of, lostAfter: 2 });
    isDown = true;
    const up = (command: Parameters<(typeof tasks)['return-payout']>[0]) => {
      isDown = false;
      return tasks['return-payout'](command);
    };
    const run = await runSaga(payoutSaga, { ...tasks, 'return-payout': up }, of);
    // The execution failed, which raises an alarm, and the sweeper begins it anew.
    expect(run).toMatchObject({ result: 'failed' });
    expect(run.called.at(-1)).toBe('return-payout');
    expect(await load()).toMatchObject({ status: 'processing', reservation: 'held' });
    expect(postings()).toEqual(['payout']);
  });

  it('that begins anew takes the payout over, and the one before it stops', async () => {
    const { id, store, deps, write, load, types } = await aPayout();
    const orders: string[] = [];
    const tasks = payoutTasks({
      store,
      nextStamp: deps.nextStamp,
      send: async ({ operationId }) => {
        orders.push(operationId);
        if (orders.length === 1) {
          // While it waits for the bank it is taken for dead, and another one sends the same order.
          await write('resumed');
          const anew = await runSaga(payoutSaga, tasks, { paymentId: id, execution: 'e2' });
          expect(anew).toMatchObject({ result: 'succeeded' });
        }
        return accepted;
      },
    });
    const run = await runSaga(payoutSaga, tasks, { paymentId: id, execution: 'e1' });
    expect(run).toEqual({ result: 'stopped', called: ['reserve-payout', 'send-payout'] });
    expect(orders).toEqual([id, id]);
    expect((await types()).slice(2)).toEqual([
      'sending',
      'resumed',
      'taken_over',
      'sending',
      'sent',
    ]);
    expect(await load()).toMatchObject({ status: 'in_transit', execution: 'e2' });
  });

  it('that begins anew after a no gives the amount back with the bank’s reason', async () => {
    const { id, store, deps, write, load, availableMinor } = await aPayout();
    await write('reserved', 'sending', 'unknown', 'declined', 'resumed');
    const tasks = payoutTasks({
      store,
      nextStamp: deps.nextStamp,
      send: () => Promise.reject(new Error('sent again')),
    });
    const run = await runSaga(payoutSaga, tasks, { paymentId: id, execution: 'e2' });
    expect(run).toEqual({
      result: 'succeeded',
      called: ['reserve-payout', 'send-payout', 'return-payout', 'fail-payout'],
    });
    expect(await load()).toMatchObject({ status: 'failed', failure: { code: 'account_closed' } });
    expect(await availableMinor()).toBe(9_710n);
  });
});
