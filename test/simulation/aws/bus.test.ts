import { describe, expect, it } from 'vitest';
import { anAcceptedPayment, countingStamps } from '../../support/payments/payments.ts';
import type { FaultPlan } from '../kernel/faults.ts';
import { aCore, runAll } from '../testing/core.ts';
import { bus } from './bus.ts';
import type { Queue } from './queue.ts';

const nextStamp = countingStamps();
const events = ['one', 'two'].map((key) => anAcceptedPayment(nextStamp, {}, { key }).event);

async function published(plan: Partial<FaultPlan>, types = ['payment.accepted']) {
  const core = aCore(plan);
  const sent: { readonly id: string; readonly event: unknown }[] = [];
  const target: Queue = {
    name: 'queue',
    send: (id, body) => sent.push({ id, event: JSON.parse(body).detail }),
    messages: () => [],
  };
  const { put, taken } = bus(
    core,
    () => [{ types: new Set(types), target }],
    ({ id }) => id,
  );
  const answers = put('call', events);
  await runAll(core);
  return { answers, sent, taken, now: core.kernel.now() };
}

describe('the bus', () => {
  it('puts what it took into the queues of its rules', async () => {
    const { answers, sent, taken } = await published({});
    expect(answers).toEqual([null, null]);
    expect(sent.map(({ event }) => event)).toEqual(expect.arrayContaining(events));
    expect(taken).toEqual(events);
  });

  it('has nothing for a rule of other types', async () => {
    const { sent, taken } = await published({}, ['payment.failed']);
    expect([sent, taken.length]).toEqual([[], 2]);
  });

  it('may refuse one entry of a call, and says so', async () => {
    const only = new Set([`entry_refused at entry ${events[1]?.id} by call`]);
    const { answers, sent } = await published({ rates: { entry_refused: 1 }, only });
    expect(answers).toEqual([null, 'InternalFailure: try again']);
    expect(sent).toHaveLength(1);
  });

  it('may deliver twice, each under an id of its own, and late', async () => {
    const { sent } = await published({ rates: { bus_twice: 1 } });
    expect(new Set(sent.map(({ id }) => id)).size).toBe(4);
    expect((await published({ rates: { bus_late: 1 } })).now).toBeGreaterThan(1_000);
  });
});
