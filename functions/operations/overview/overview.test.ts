import { describe, expect, it } from 'vitest';
import { changePayout } from '../../../shared/domain/payout/change.ts';
import {
  aStage,
  before,
  idOf,
  never,
  now,
  parkPayment,
  stamps,
} from '../../../test/support/overview.ts';
import { aRequestedPayout, payoutFacts } from '../../../test/support/payouts.ts';
import type { OverviewDependencies } from './overview.ts';
import { mostParked } from './parked.ts';

describe('GET /operations/overview', () => {
  it('is zeros for a stage where nothing happens', async () => {
    const { ask } = await aStage();
    const { json } = await ask();
    expect(json).toMatchObject({
      object: 'overview',
      time: now,
      tenants: ['acme', 'globex'],
      window: { minutes: 60, since: '2026-01-01T09:31:00.000Z', examined: 0, truncated: false },
      payments: { accepted: 0, captured: 0, authorized: 0, processing: 0, failed: 0, canceled: 0 },
      time_to_settle_ms: { p50: null, p90: null, p99: null, samples: 0 },
      failures: [],
      parked: { count: 0, at_risk: [], oldest: null, more: false },
      dead_letters: { count: 0, queues: [] },
      providers: [],
    });
    expect(json.per_minute).toHaveLength(60);
    expect(json.per_minute.at(-1).minute).toBe('2026-01-01T10:30:00.000Z');
  });

  it('has the payments of the window, and none before it', async () => {
    const { ask, add } = await aStage();
    await add('acme', { id: idOf(1), created: '2026-01-01T09:30:59.999Z' });
    await add('acme', { id: idOf(2), created: '2026-01-01T09:31:00.000Z' });
    await add('globex', { id: idOf(3), created: before(1), status: 'captured' });
    const { json } = await ask();
    expect(json.window).toMatchObject({ examined: 2, truncated: false });
    expect(json.payments).toMatchObject({ accepted: 2, captured: 1, processing: 1 });
    expect(json.per_minute[0]).toMatchObject({ accepted: 1, settled: 0 });
    expect(json.per_minute[59]).toMatchObject({ accepted: 1, settled: 1 });
  });

  it.each([
    ['the query', { tenant: 'globex' }, undefined],
    ['the header', {}, 'globex'],
    ['both, by the query', { tenant: 'globex' }, 'acme'],
  ] as const)('is of one tenant that %s names', async (_, query, named) => {
    const { ask, add, asked, payments } = await aStage();
    await add('acme', { id: idOf(1), created: before(1) });
    await add('acme', { id: idOf(2), created: before(1) });
    await add('globex', { id: idOf(3), created: before(1) });
    await parkPayment(payments, 'acme');
    const { json } = await ask(query, named);
    expect(json).toMatchObject({
      tenants: ['acme', 'globex'],
      window: { examined: 1 },
      parked: { count: 0 },
    });
    expect(asked.at(-1)).toBe('globex');
  });

  it('is refused to a merchant whatever the policies permit, and nothing is read', async () => {
    const unread = async () => {
      throw new Error('it is read');
    };
    const { ask } = await aStage({ tenants: unread, list: unread }, 'acme');
    for (const query of [{}, { tenant: 'acme' }]) {
      const { status, json } = await ask(query);
      expect([status, json.code]).toEqual([403, 'forbidden']);
    }
  });

  it('refuses a tenant that there is not', async () => {
    const { ask } = await aStage();
    const { status, json } = await ask({ tenant: 'hooli' });
    expect([status, json.code]).toEqual([404, 'not_found']);
    expect((await ask({ tenant: 'Hooli Inc.' })).status).toBe(400);
  });
});

describe('what waits for a person', () => {
  it('is counted with what is at risk and since when', async () => {
    const { ask, payments, payouts } = await aStage();
    const requested = aRequestedPayout(stamps);
    await payouts.accept(requested);
    const parked = changePayout(requested.after, payoutFacts.parked, stamps());
    await payouts.append(parked);
    await parkPayment(payments, 'globex', 'key-2');
    const { amount } = requested.after.request;
    const { json } = await ask();
    expect(json.parked).toEqual({
      count: 2,
      at_risk: [{ amount: 10_000 + amount, currency: 'EUR' }],
      oldest: parked.event.time,
      more: false,
    });
  });

  it('may be more than is counted', async () => {
    const { ask, payments } = await aStage();
    for (let index = 0; index <= mostParked; index++) {
      await parkPayment(payments, 'acme', `key-${index}`);
    }
    const { json } = await ask();
    expect(json.parked).toMatchObject({ count: mostParked, more: true });
  });
});

describe('dead letters and PSPs', () => {
  it('are counted by queue, and the breakers are told as they are', async () => {
    const edge = (name: string) =>
      ({ kind: 'schedule', name, queue_url: `q/${name}`, function: 'f', schedule: 's' }) as const;
    const { ask } = await aStage({
      edges: async () => [edge('one'), edge('two'), edge('three')],
      countLetters: async ({ queue_url }) => (queue_url === 'q/one' ? 0 : queue_url.length),
      providers: async () => [
        {
          name: 'psp',
          breaker: 'open',
          since: before(1),
          until: before(-1),
          failures: 3,
          slotsInUse: 0,
        },
      ],
    });
    const { json } = await ask();
    expect(json.dead_letters).toEqual({
      count: 12,
      queues: [
        { name: 'one', count: 0 },
        { name: 'two', count: 5 },
        { name: 'three', count: 7 },
      ],
    });
    expect(json.providers).toEqual([
      { name: 'psp', state: 'open', since: before(1), until: before(-1) },
    ]);
  });
});

describe('a part that cannot be read', () => {
  const broken = async () => {
    throw new Error('out of reach');
  };
  const ofPayments = ['window', 'payments', 'per_minute', 'time_to_settle_ms', 'failures'];
  const parts: readonly (readonly [string, Partial<OverviewDependencies>, readonly string[]])[] = [
    ['the tenants', { tenants: broken }, ['tenants', ...ofPayments]],
    ['the list', { list: broken }, ofPayments],
    ['the events', { eventPage: broken }, ['time_to_settle_ms']],
    ['what is parked', { payments: { parked: broken, load: broken } }, ['parked']],
    ['the edges', { edges: broken }, ['dead_letters']],
    ['the PSPs', { providers: broken }, ['providers']],
  ];

  /** The members of an overview that are null. */
  async function missingOf(replaced: Partial<OverviewDependencies>) {
    const { ask, add } = await aStage(replaced);
    await add('acme', { id: idOf(1), created: before(1), status: 'captured' });
    const { status, json } = await ask();
    expect(status).toBe(200);
    return Object.keys(json).filter((name) => json[name] === null);
  }

  it.each(parts)('is null, and the others are there: %s', async (_, replaced, missing) => {
    expect(await missingOf(replaced)).toEqual(missing);
  });

  it.each(parts)('in time is null as well: %s', async (_, replaced, missing) => {
    const late = Object.keys(replaced).map((name) => [
      name,
      name === 'payments' ? { parked: () => never, load: () => never } : () => never,
    ]);
    // Due when all that is in memory has been read.
    const untilDue = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(await missingOf({ ...Object.fromEntries(late), untilDue })).toEqual(missing);
  });
});
