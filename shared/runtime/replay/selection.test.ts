import { describe, expect, it } from 'vitest';
import { replayWorld } from '../../../test/replay/world.ts';
import type { AnyEvent } from '../../contracts/events/events.ts';
import { paymentEventTypes } from '../../contracts/events/payment-events.ts';
import { payoutEventTypes } from '../../contracts/events/payout-events.ts';
import { derivedId } from '../../domain/ids.ts';
import { type Selection, selectedEvents } from './selection.ts';

const all = new Set<string>([...paymentEventTypes, ...payoutEventTypes]);
const ever = {
  kind: 'range',
  from: '2000-01-01T00:00:00.000Z',
  to: '2100-01-01T00:00:00.000Z',
  tenant: null,
} as const;

async function aWorld() {
  const world = await replayWorld();
  const ids: string[] = [];
  for (let n = 0; n < 8; n++) {
    ids.push(await world.pay(`key-${n}`, n % 2 === 0 ? 'acme' : 'globex'));
  }
  const payout = await world.payOut('globex');
  const select = async (
    selection: Selection,
    types: ReadonlySet<string> = all,
    from: string | null = null,
  ) => {
    const events: AnyEvent[] = [];
    for await (const part of selectedEvents(world.deps.sources, selection, types, from)) {
      events.push(...part.events);
    }
    return events;
  };
  return { ...world, ids, payout, select };
}

const places = (events: readonly AnyEvent[]) => events.map((one) => [one.subject, one.sequence]);

describe('the events of a replay', () => {
  it('are those of one payment, or one payout, in their order', async () => {
    const { select, ids, payout } = await aWorld();
    const [id = ''] = ids;
    expect(places(await select({ kind: 'subject', id }))).toEqual([1, 2, 3].map((n) => [id, n]));
    expect(places(await select({ kind: 'subject', id: payout }))).toEqual([[payout, 1]]);
  });

  it('are refused of what there is not', async () => {
    const { select } = await aWorld();
    const id = derivedId('nobody');
    await expect(select({ kind: 'subject', id })).rejects.toMatchObject({ name: 'NoSuchSubject' });
  });

  it('are all of a time, over the pages of a scan, payment by payment', async () => {
    const { select, ids, payout } = await aWorld();
    expect(places(await select(ever))).toEqual([
      ...ids.flatMap((id) => [1, 2, 3].map((n) => [id, n])),
      [payout, 1],
    ]);
  });

  it('are from its first moment to before its last', async () => {
    const { select, payments } = await aWorld();
    const events = payments.allEvents;
    const [from, to] = [events[1]?.time, events[7]?.time] as [string, string];
    const found = await select({ ...ever, from, to });
    expect(places(found).sort()).toEqual(places(events.slice(1, 7)).sort());
  });

  it('are looked for in no history that began after it', async () => {
    const { deps, payments, ids } = await aWorld();
    const asked: string[] = [];
    const eventPage: typeof payments.eventPage = (query) => {
      asked.push(query.id);
      return payments.eventPage(query);
    };
    const sources = { ...deps.sources, payments: { scan: payments.scan, eventPage } };
    const to = payments.allEvents[3]?.time as string;
    for await (const { events } of selectedEvents(sources, { ...ever, to }, all)) {
      expect(events).toHaveLength(3);
    }
    expect(asked).toEqual([ids[0]]);
  });

  it('are those of one tenant, where one is named', async () => {
    const { select, payments, payout } = await aWorld();
    const found = await select({ ...ever, tenant: 'globex' });
    expect(new Set(found.map(({ tenant }) => tenant))).toEqual(new Set(['globex']));
    const expected = payments.allEvents.filter(({ tenant }) => tenant === 'globex');
    expect(places(found)).toEqual([...places(expected), [payout, 1]]);
  });

  it('are of the types that the consumer takes, and payouts are not read for one that takes none', async () => {
    const { deps, ids } = await aWorld();
    const { payments, payouts } = deps.sources;
    const scan = () => Promise.reject(new Error('nobody asked'));
    const sources = { payments, payouts: { ...payouts, scan } };
    const found: AnyEvent[] = [];
    for await (const { events } of selectedEvents(sources, ever, new Set(['payment.resumed']))) {
      found.push(...events);
    }
    expect(places(found)).toEqual(ids.map((id) => [id, 3]));
  });

  it('go on from a position with nothing left out', async () => {
    const { deps, select } = await aWorld();
    const whole = places(await select(ever));
    const positions = new Set<string>();
    for await (const { position } of selectedEvents(deps.sources, ever, all)) {
      positions.add(position);
    }
    // Three payments to a page of the scan, and the payouts.
    expect(positions.size).toBe(4);
    for (const position of positions) {
      const rest = places(await select(ever, all, position));
      expect(rest).toEqual(whole.slice(-rest.length));
    }
    const [, second = ''] = positions;
    expect(places(await select(ever, all, second))).toHaveLength(whole.length - 9);
  });

  it.each(['', 'x', Buffer.from('{"store":"books","after":null}').toString('base64url')])(
    'go on from no position %j',
    async (position) => {
      const { select } = await aWorld();
      await expect(select(ever, all, position)).rejects.toMatchObject({ name: 'BadPosition' });
    },
  );
});
