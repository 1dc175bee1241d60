import { describe, expect, it } from 'vitest';
import type { OrderOutcome, TransferOrder } from '../../../shared/ports/payouts/bank.ts';
import { aPayout, type PayoutFactName } from '../../../test/support/payouts.ts';
import { sendPayout } from './send.ts';

const accepted: OrderOutcome = { kind: 'accepted', bankReference: 'bt_1' };
const declined: OrderOutcome = { kind: 'declined', code: 'account_closed', message: 'Closed.' };
const busy: OrderOutcome = { kind: 'busy', reason: '429' };
const unknown: OrderOutcome = { kind: 'unknown', reason: 'no answer' };

/** A payout after some facts, and a bank that gives these answers in turn. */
async function aSending(
  names: readonly PayoutFactName[],
  answers: readonly (OrderOutcome | (() => Promise<OrderOutcome>))[],
) {
  const payout = await aPayout();
  await payout.write(...names);
  const orders: TransferOrder[] = [];
  const bank = {
    name: 'bank',
    send: async (order: TransferOrder) => {
      const answer = answers[orders.length] ?? accepted;
      orders.push(order);
      return typeof answer === 'function' ? answer() : answer;
    },
  };
  const send = sendPayout({ ...payout.deps, bank });
  return {
    ...payout,
    orders,
    send: () => send(payout.command),
    error: () =>
      send(payout.command).then(
        () => null,
        (error: Error) => error.name,
      ),
  };
}

describe('sending a payout', () => {
  it('gives the bank the order under the payout’s id, and puts it into transit', async () => {
    const { send, orders, load, id, types } = await aSending(['reserved'], [accepted]);
    await send();
    expect(orders).toEqual([
      {
        operationId: id,
        reference: id,
        amountMinor: 9_710,
        currency: 'EUR',
        destination: 'ba_approve',
      },
    ]);
    expect(await types()).toEqual(['requested', 'reserved', 'sending', 'sent']);
    expect(await load()).toMatchObject({
      status: 'in_transit',
      order: { provider: 'bank', reference: 'bt_1' },
    });
  });

  it('has it on record before the bank can know of it', async () => {
    let seen: string[] = [];
    const sending = await aSending(
      ['reserved'],
      [
        async () => {
          seen = await sending.types();
          return accepted;
        },
      ],
    );
    await sending.send();
    expect(seen).toEqual(['requested', 'reserved', 'sending']);
  });

  it('refuses what the bank declines, with its code on record', async () => {
    const { error, load } = await aSending(['reserved'], [declined]);
    expect(await error()).toBe('Declined');
    expect(await load()).toMatchObject({
      status: 'processing',
      decline: { code: 'account_closed' },
    });
  });

  it('refuses while the bank is busy, and sends again when it is asked again', async () => {
    const { error, orders, types } = await aSending(['reserved'], [busy, busy, accepted]);
    expect([await error(), await error(), await error()]).toEqual([
      'ProviderBusy',
      'ProviderBusy',
      null,
    ]);
    expect(new Set(orders.map(({ operationId }) => operationId)).size).toBe(1);
    expect((await types()).slice(2)).toEqual([
      'sending',
      'bank_busy',
      'sending',
      'bank_busy',
      'sending',
      'sent',
    ]);
  });

  it('does not know the outcome without an answer, and sends nothing more', async () => {
    const { error, orders, load } = await aSending(['reserved'], [unknown]);
    expect([await error(), await error()]).toEqual(['OutcomeUnknown', 'OutcomeUnknown']);
    expect(orders).toHaveLength(1);
    expect(await load()).toMatchObject({ status: 'processing', unknown: {} });
  });

  it('does not know it either when the bank is busy after a try that left no record', async () => {
    const { error, load } = await aSending(
      ['reserved'],
      [() => Promise.reject(new Error('crash')), busy],
    );
    expect([await error(), await error()]).toEqual(['Error', 'OutcomeUnknown']);
    expect(await load()).toMatchObject({ unknown: {}, busyTries: 0 });
  });

  it('nor when another try is under way that the bank may not have been too busy for', async () => {
    const { error, write } = await aSending(
      ['reserved'],
      [
        async () => {
          await write('sending');
          return busy;
        },
      ],
    );
    expect(await error()).toBe('OutcomeUnknown');
  });

  it('learns the outcome of a try that left no record from the same order’s second answer', async () => {
    const { error, orders, load } = await aSending(
      ['reserved'],
      [() => Promise.reject(new Error('crash')), accepted],
    );
    expect([await error(), await error()]).toEqual(['Error', null]);
    expect(orders[1]).toEqual(orders[0]);
    expect(await load()).toMatchObject({ status: 'in_transit', tries: 2 });
  });

  it.each<[readonly PayoutFactName[], string | null]>([
    [['reserved', 'sending', 'sent'], null],
    [['reserved', 'sending', 'sent', 'paid'], null],
    [['reserved', 'sending', 'cameBack'], null],
    [['reserved', 'sending', 'declined'], 'Declined'],
    [['reserved', 'sending', 'unknown'], 'OutcomeUnknown'],
    [['reserved', 'returned'], 'ReservationReleased'],
    [[], 'ReservationReleased'],
  ])('sends nothing after %j, and answers %j', async (names, name) => {
    const { error, orders, load } = await aSending(names, []);
    const before = await load();
    expect(await error()).toBe(name);
    expect(orders).toEqual([]);
    expect(await load()).toEqual(before);
  });

  it.each<[PayoutFactName, OrderOutcome]>([
    ['paid', accepted],
    ['paid', unknown],
    ['paid', busy],
    ['cameBack', accepted],
    ['cameBack', unknown],
  ])(
    'leaves it at the bank’s own word %s, whatever the order’s answer: %j',
    async (told, answer) => {
      const sending = await aSending(
        ['reserved'],
        [
          async () => {
            await sending.write(told);
            return answer;
          },
        ],
      );
      expect(await sending.error()).toBeNull();
      expect((await sending.types()).slice(2)).toEqual([
        'sending',
        told === 'paid' ? 'paid' : 'failed',
      ]);
    },
  );

  it.each<[string, readonly PayoutFactName[]]>([
    ['another execution owns the payout', ['reserved', 'resumed', 'takenOver']],
    ['another execution is to take it over', ['reserved', 'resumed']],
  ])('stops when %s, and sends nothing', async (_name, names) => {
    const { error, orders, write } = await aSending(names, []);
    expect(await error()).toBe('Superseded');
    await write('parked');
    expect(await error()).toBe('Superseded');
    expect(orders).toEqual([]);
  });

  it('leaves the answer to the execution that took the payout over meanwhile', async () => {
    const sending = await aSending(
      ['reserved'],
      [
        async () => {
          await sending.write('resumed', 'takenOver');
          return declined;
        },
      ],
    );
    expect(await sending.error()).toBe('Superseded');
    expect((await sending.types()).slice(2)).toEqual(['sending', 'resumed', 'taken_over']);
  });
});
