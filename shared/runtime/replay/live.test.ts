import { describe, expect, it } from 'vitest';
import { replayWorld } from '../../../test/replay/world.ts';
import { paymentEventTypes } from '../../contracts/events/payment-events.ts';
import { countSelected, type LiveReplay, replayLive } from './live.ts';
import { replayOf } from './replay.ts';

const range = {
  kind: 'range',
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-02-01T00:00:00.000Z',
  tenant: null,
} as const;
const replay: LiveReplay = {
  name: 'friday',
  sideEffects: false,
  consumer: 'payments-project-list',
  types: new Set<string>(paymentEventTypes),
  selection: range,
  by: 'ann',
  reason: 'the list lost rows',
  perSecond: 50,
  position: null,
};

async function aWorld(payments = 4) {
  const world = await replayWorld();
  for (let n = 0; n < payments; n++) {
    await world.pay(`key-${n}`);
  }
  return world;
}

describe('a live replay', () => {
  it('sends each event as EventBridge would, marked as of the replay', async () => {
    const { deps, world, payments } = await aWorld(1);
    expect(await replayLive(deps, replay)).toBe(3);
    const [event] = payments.allEvents;
    expect(JSON.parse(world.sent[0]?.body ?? '')).toEqual({
      version: '0',
      id: event?.id,
      'detail-type': 'payment.accepted',
      source: 'paysaga.payments',
      account: '000000000000',
      time: event?.time,
      region: 'us-east-1',
      resources: [event?.subject],
      'replay-name': 'friday',
      detail: event,
    });
    const marks = world.sent.map(({ body }) => replayOf(JSON.parse(body)));
    expect(new Set(marks.map((mark) => JSON.stringify(mark)))).toEqual(
      new Set(['{"name":"friday","sideEffects":false}']),
    );
  });

  it('says that it may have effects only where it may', async () => {
    const { deps, world } = await aWorld(1);
    await replayLive(deps, { ...replay, sideEffects: true });
    expect(replayOf(JSON.parse(world.sent[0]?.body ?? ''))).toEqual({
      name: 'friday',
      sideEffects: true,
    });
  });

  it('is on record before the first event is sent', async () => {
    const { deps, world, acts } = await aWorld();
    world.failsAt = 1;
    await expect(replayLive(deps, { ...replay, sideEffects: true })).rejects.toThrow('no queue');
    expect(await acts()).toMatchObject([
      {
        action: 'replay.live',
        by: 'ann',
        subject: 'payments-project-list',
        reason: 'the list lost rows',
        details: {
          replay: 'friday',
          side_effects: 'allowed',
          from: range.from,
          to: range.to,
        },
      },
    ]);
  });

  it('sends nothing that is not on record', async () => {
    const { deps, world } = await aWorld();
    const log = () => Promise.reject(new Error('no log'));
    await expect(replayLive({ ...deps, log }, replay)).rejects.toThrow('no log');
    expect(world.sent).toEqual([]);
  });

  it('goes no faster than it was asked to', async () => {
    const { deps, world } = await aWorld(20);
    await replayLive(deps, { ...replay, perSecond: 10 });
    expect(world.sent).toHaveLength(60);
    for (const { atMs } of world.sent) {
      const before = world.sent.filter((one) => one.atMs < atMs && one.atMs >= atMs - 1_000);
      expect(before.length).toBeLessThanOrEqual(10);
    }
    expect(world.nowMs).toBe(5_900);
  });

  it('makes up for no time that it took to find the events', async () => {
    const { deps, world, payments } = await aWorld(20);
    const scan: typeof payments.scan = async (...args) => {
      world.nowMs += 60_000;
      return payments.scan(...args);
    };
    const sources = { ...deps.sources, payments: { ...payments, scan } };
    await replayLive({ ...deps, sources }, { ...replay, perSecond: 10 });
    expect(world.sent).toHaveLength(60);
    const times = world.sent.map(({ atMs }) => atMs);
    expect(times.every((atMs, index) => index === 0 || atMs >= (times[index - 1] ?? 0) + 100)).toBe(
      true,
    );
  });

  it('goes on from where it told last, under the same record, and leaves nothing out', async () => {
    const { deps, world, acts, sentEvents, payments } = await aWorld(8);
    world.failsAt = 17;
    await expect(replayLive(deps, replay)).rejects.toThrow('no queue');
    world.failsAt = Number.POSITIVE_INFINITY;
    const { position } = world.told.at(-1) as { position: string };
    await replayLive(deps, { ...replay, position });
    expect(await acts()).toHaveLength(1);
    expect(new Set(sentEvents().map(({ id }) => id))).toEqual(
      new Set(payments.allEvents.map(({ id }) => id)),
    );
    expect(world.sent.length).toBeLessThan(16 + 24);
  });

  it('is not another one of the same name', async () => {
    const { deps, world } = await aWorld(1);
    await replayLive(deps, replay);
    const others = [
      { ...replay, sideEffects: true },
      { ...replay, consumer: 'webhooks-fan-out' },
      { ...replay, selection: { ...range, tenant: 'acme' } },
    ];
    for (const other of others) {
      await expect(replayLive(deps, other)).rejects.toMatchObject({ name: 'OtherAct' });
    }
    expect(world.sent).toHaveLength(3);
  });

  it('has its name for as long as deliveries are kept, from when it was first on record', async () => {
    const { deps, world, acts } = await aWorld(1);
    await replayLive(deps, replay);
    world.nowMs = deps.keepMs - 1;
    expect(await replayLive(deps, replay)).toBe(3);
    world.nowMs = deps.keepMs;
    await expect(replayLive(deps, replay)).rejects.toMatchObject({
      name: 'NameOutOfTime',
      message: 'friday is on record since 1970-01-01T00:00:00.000Z',
    });
    expect(world.sent).toHaveLength(6);
    expect(await replayLive(deps, { ...replay, name: 'saturday' })).toBe(3);
    expect(await acts()).toHaveLength(2);
  });

  it('is counted by what it would send', async () => {
    const { deps } = await aWorld();
    expect(await countSelected(deps.sources, replay)).toBe(12);
    const types = new Set(['payment.accepted']);
    expect(await countSelected(deps.sources, { ...replay, types })).toBe(4);
  });
});
