import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { lambdaContext } from '../../../test/support/api/api-event.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { guardedPsp, inquiryRequest, voidRequest } from '../../../test/support/psp/guarded-psp.ts';
import { fencedBank } from '../../adapters/fenced-bank.ts';
import { PaymentEventSchema } from '../../contracts/events/payment-events.ts';
import type { DeadLetter } from '../../ports/messaging.ts';
import type { TransferOrder } from '../../ports/payouts/bank.ts';
import { eventConsumer } from '../consumers/event-consumer.ts';
import { metrics } from '../observability.ts';
import {
  asReplay,
  fenced,
  isFenced,
  ReplayFenced,
  replayOf,
  replayOfDelivery,
  replayUnderWay,
} from './replay.ts';

const replay = { name: 'friday', sideEffects: false };
const allowed = { ...replay, sideEffects: true };

describe('the mark of a replay', () => {
  it.each([
    ['none', null, { version: '0', detail: {} }],
    ['none of what is no object', null, null],
    ['none of a text', null, 'replay-name'],
    ['EventBridge’s own', replay, { 'replay-name': 'friday', detail: {} }],
    ['ours, with effects', allowed, { 'replay-name': 'friday', 'replay-side-effects': 'allowed' }],
    [
      'a replay, whatever else stands for "allowed"',
      replay,
      { 'replay-name': 'friday', 'replay-side-effects': true },
    ],
    [
      'a replay, whatever its name is',
      { name: 'null', sideEffects: false },
      { 'replay-name': null },
    ],
    ['none, where effects are allowed to nothing', null, { 'replay-side-effects': 'allowed' }],
    [
      'none, where an event says of itself that it is one',
      null,
      { detail: { 'replay-name': 'friday', 'replay-side-effects': 'allowed' } },
    ],
  ])('is %s', (_, expected, envelope) => {
    expect(replayOf(envelope)).toEqual(expected);
  });

  it('on a delivery says that it was asked for', () => {
    expect(replayOfDelivery({ replay: 'friday' })).toEqual(allowed);
    expect(replayOfDelivery({ attempt: 1 })).toBeNull();
  });
});

describe('a replay', () => {
  it('is known to all that it awaits, and to nothing beside it', async () => {
    const seen = await Promise.all([
      asReplay(replay, async () => {
        await Promise.resolve();
        return replayUnderWay();
      }),
      asReplay(null, async () => replayUnderWay()),
      asReplay(allowed, () => asReplay(null, async () => replayUnderWay())),
      (async () => replayUnderWay())(),
    ]);
    expect(seen).toEqual([replay, null, null, null]);
    expect(replayUnderWay()).toBeNull();
  });

  it('is fenced unless its effects were asked for', () => {
    expect([null, allowed, replay].map(isFenced)).toEqual([false, false, true]);
  });

  it('makes no call that leaves the account, and says so by name', async () => {
    const call = vi.fn(async (text: string) => text.length);
    const guarded = fenced('a letter', call);
    await expect(asReplay(replay, () => guarded('Hi'))).rejects.toThrow(
      new ReplayFenced('a letter is not for the replay friday'),
    );
    expect(call).not.toHaveBeenCalled();
    expect(await asReplay(allowed, () => guarded('Hi'))).toBe(2);
    expect(await guarded('Hi')).toBe(2);
  });
});

describe('who moves money', () => {
  const calls = ['charge', 'capture', 'void', 'refund', 'inquire'] as const;

  it.each(calls)('is not asked to %s by a PSP in a replay, and gives no outcome', async (call) => {
    const { process, world, health } = guardedPsp();
    const answers = vi.fn(async () => ({ kind: 'not_found' }) as const);
    const provider = { name: 'psp', [call]: answers } as never;
    const psp = process(health, provider);
    const ask = () => psp[call]((call === 'inquire' ? inquiryRequest : voidRequest) as never);
    await expect(asReplay<unknown>(replay, ask)).rejects.toThrow(ReplayFenced);
    expect([world.calls, answers.mock.calls.length]).toEqual([0, 0]);
    expect(await asReplay<unknown>(allowed, ask)).toEqual({ kind: 'not_found' });
    expect(await ask()).toEqual({ kind: 'not_found' });
  });

  it('leaves the health of a PSP alone when a replay is refused', async () => {
    const { process, health } = guardedPsp({ slots: 1 });
    const taking = vi.spyOn(health, 'takeSlot');
    await expect(asReplay(replay, () => process().void(voidRequest))).rejects.toThrow(ReplayFenced);
    expect(taking).not.toHaveBeenCalled();
    expect(await health.breaker('psp')).toMatchObject({ state: 'closed', failures: 0 });
  });

  it('is no bank either', async () => {
    const bank = {
      name: 'bank',
      send: vi.fn(async () => ({ kind: 'accepted', bankReference: 'b' }) as const),
      inquire: vi.fn(async () => ({ kind: 'not_found' }) as const),
    };
    const { send, inquire } = fencedBank(bank);
    const order = { operationId: 'op' } as TransferOrder;
    for (const call of [send, inquire]) {
      await expect(asReplay<unknown>(replay, () => call(order))).rejects.toThrow(ReplayFenced);
    }
    expect([bank.send.mock.calls, bank.inquire.mock.calls]).toEqual([[], []]);
    expect(await asReplay(allowed, () => send(order))).toMatchObject({ kind: 'accepted' });
    expect(await inquire(order)).toEqual({ kind: 'not_found' });
  });
});

describe('a consumer of events', () => {
  const logs = recordLogs();
  const { event } = anAcceptedPayment(countingStamps());

  afterEach(() => vi.restoreAllMocks());

  /** What a consumer does with messages, of which all are received for the first time. */
  async function received(outside: boolean, marks: object, detail: unknown = event) {
    const letters: Parameters<DeadLetter>[0][] = [];
    const consume = vi.fn(async () => void replayUnderWay());
    const handler = eventConsumer({
      trigger: { outside },
      schema: PaymentEventSchema,
      maxReceives: 3,
      deadLetter: async (letter) => void letters.push(letter),
      consume,
    });
    const record = {
      messageId: 'm1',
      body: JSON.stringify({ version: '0', detail, ...marks }),
      attributes: { ApproximateReceiveCount: '1' },
    } as SQSRecord;
    const answer = await handler({ Records: [record] } as SQSEvent, lambdaContext);
    return {
      consumed: consume.mock.calls.length,
      again: answer?.batchItemFailures.length,
      letters: letters.map(({ errorName }) => errorName),
    };
  }
  const mark = { 'replay-name': 'friday' };
  const done = { consumed: 1, again: 0, letters: [] };

  it('that goes outside does nothing for a replayed event, takes it, counts it and says so', async () => {
    const counted = vi.spyOn(metrics, 'addMetric');
    expect(await received(true, mark)).toEqual({ ...done, consumed: 0 });
    expect(counted.mock.calls).toEqual([['ReplayFenced', 'Count', 1]]);
    expect(logs.lines()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        replay_name: 'friday',
        payment_id: event.subject,
        tenant: 'acme',
      }),
    ]);
  });

  it('that goes outside does what was asked for, and what is no replay', async () => {
    expect(await received(true, { ...mark, 'replay-side-effects': 'allowed' })).toEqual(done);
    expect(await received(true, {})).toEqual(done);
  });

  it('that stays inside takes a replayed event as any other', async () => {
    expect(await received(false, mark)).toEqual(done);
  });

  it('takes poison for poison in a replay, too', async () => {
    expect(await received(true, mark, { ...event, sequence: 0 })).toEqual({
      consumed: 0,
      again: 0,
      letters: ['Poison'],
    });
  });

  it('that says it stays inside and does not ends among the dead letters, at once', async () => {
    const { process, world } = guardedPsp();
    const letters: Parameters<DeadLetter>[0][] = [];
    const handler = eventConsumer({
      trigger: { outside: false },
      schema: PaymentEventSchema,
      maxReceives: 3,
      deadLetter: async (letter) => void letters.push(letter),
      consume: async () => void (await process().void(voidRequest)),
    });
    const bodies = [{ detail: event, ...mark }, { detail: event }];
    const Records = bodies.map((body, index) => ({
      messageId: `m${index}`,
      body: JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1' },
    }));
    const answer = await handler({ Records } as unknown as SQSEvent, lambdaContext);
    expect(answer?.batchItemFailures).toEqual([]);
    expect(world.calls).toBe(1);
    expect(letters).toEqual([
      {
        body: JSON.stringify(bodies[0]),
        errorName: 'ReplayFenced',
        reason: 'a void at psp is not for the replay friday',
        receives: 1,
      },
    ]);
  });
});
