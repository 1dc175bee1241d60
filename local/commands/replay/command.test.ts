import { describe, expect, it } from 'vitest';
import { memoryPaymentList } from '../../../shared/adapters/memory/payments/payment-list.ts';
import { firstGeneration } from '../../../shared/adapters/memory/projections/controls.ts';
import { memoryDailyTotals } from '../../../shared/adapters/memory/projections/daily-totals.ts';
import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { replayWorld } from '../../../test/replay/world.ts';
import { aWebhookEndpoint, webhookWorld } from '../../../test/support/webhooks.ts';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { answer, type ReplayDependencies } from './command.ts';
import { consumers } from './consumers.ts';
import { replay } from './group.ts';
import { rehearseTotals } from './sandbox/daily-totals.ts';
import { rehearseList } from './sandbox/payment-list.ts';
import { rehearseWebhooks } from './sandbox/webhooks.ts';

const parseReplay = (args: readonly string[], user: string, nowMs: number) =>
  requestOf(replay, args, { user, nowMs });

const why = 'the list lost rows';
const afterMs = Date.parse('2026-03-01T00:00:00Z');
const ever = ['--from', '2026-01-01T00:00:00Z', '--to', '2026-02-01T00:00:00Z'];

/** A port of which only these methods may be called. */
const reading = <Port extends object, Name extends keyof Port>(port: Port, ...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, port[name]])) as Pick<Port, Name>;

async function aCommand({ payments = 2, projected = true } = {}) {
  const world = await replayWorld();
  const list = memoryPaymentList();
  const totals = memoryDailyTotals();
  const webhooks = webhookWorld();
  const endpoint = aWebhookEndpoint('one', {
    created: '2000-01-01T00:00:00.000Z',
    url: 'https://hooks.example.com/in?token=private',
  });
  await webhooks.endpoints.create(endpoint);
  const ids: string[] = [];
  for (let n = 0; n < payments; n++) {
    ids.push(await world.pay(`key-${n}`));
  }
  const consume = async (event: PaymentEvent) => {
    await list.project(event, 1);
    await totals.project(event, 1);
    await webhooks.publish(event);
  };
  if (projected) {
    for (const event of world.payments.allEvents) {
      await consume(event);
    }
    await webhooks.drain();
  }
  const deps: ReplayDependencies = {
    sources: world.sources,
    rehearsals: {
      'payments-project-list': rehearseList(reading(list, 'find')),
      'reports-project-totals': rehearseTotals(reading(totals, 'list'), firstGeneration),
      'webhooks-fan-out': rehearseWebhooks({
        endpoints: reading(webhooks.endpoints, 'list'),
        deliveries: reading(webhooks.deliveries, 'get'),
        terms: webhooks.terms,
        now: webhooks.now,
      }),
    },
    live: () => world.deps,
    newName: () => 'replay-1',
  };
  const run = async (consumer: string, ...args: readonly string[]) => {
    const lines: string[] = [];
    const command = parseReplay(['--consumer', consumer, ...args], 'ann', afterMs);
    const code = await answer(deps, command, (line) => lines.push(...line.split('\n')));
    return { code, lines };
  };
  return { ...world, run, ids, list, totals, webhooks, endpoint, consume };
}

const madeOf = (all: number, parts: string) =>
  `It would make ${all}: ${parts.replace('=', 'there as it would make them')}.`;

describe('a sandbox', () => {
  it('finds there what was consumed, for each consumer', async () => {
    const { run, world, webhooks } = await aCommand();
    const posted = webhooks.posted.length;
    const expected = {
      'payments-project-list': 2,
      'reports-project-totals': 1,
      'webhooks-fan-out': 6,
    };
    for (const [consumer, all] of Object.entries(expected)) {
      expect(await run(consumer, ...ever)).toEqual({
        code: 0,
        lines: [
          `${consumer} was given 6 events in a sandbox, and nothing was written or sent.`,
          madeOf(all, `${all} =, 0 further than these events, 0 that differ, 0 missing`),
        ],
      });
    }
    expect([world.sent, webhooks.queued, webhooks.posted.length]).toEqual([[], [], posted]);
  });

  it('is there of every consumer', async () => {
    const { run } = await aCommand();
    for (const { name } of consumers) {
      expect((await run(name, ...ever)).code).toBe(0);
    }
  });

  it('says what is missing, and writes none of it', async () => {
    const { run, ids, endpoint, webhooks, list, totals } = await aCommand({ projected: false });
    const of = ['--payment', ids[0] as string];
    expect(await run('payments-project-list', ...of)).toMatchObject({
      code: 1,
      lines: [`missing  ${ids[0]}: no row is there`, expect.anything(), expect.anything()],
    });
    expect(await run('reports-project-totals', ...of)).toMatchObject({
      code: 1,
      lines: [
        'missing  2026-01-01 EUR of acme: no totals are there',
        expect.anything(),
        expect.anything(),
      ],
    });
    const { code, lines } = await run('webhooks-fan-out', ...of);
    expect([code, lines[0]]).toEqual([
      1,
      `missing  ${ids[0]}: payment.accepted 1 to endpoint ${endpoint.id} at https://hooks.example.com/in: no record of it`,
    ]);
    expect([await webhooks.logOf(endpoint), webhooks.queued, webhooks.posted]).toEqual([
      [],
      [],
      [],
    ]);
    for (const rows of [list.rows(1), totals.rows(1)]) {
      for await (const row of rows) {
        expect(row).toBeUndefined();
      }
    }
  });

  it('says what differs, by name', async () => {
    const { run, ids, list, payments } = await aCommand({ projected: false });
    const id = ids[0] as string;
    for (const event of payments.allEvents.filter(({ subject }) => subject === id)) {
      const { payment } = event.data;
      await list.project({ ...event, data: { payment: { ...payment, amount_captured: 7 } } }, 1);
    }
    expect((await run('payments-project-list', '--payment', id)).lines[0]).toBe(
      `differs  ${id}: the row has amount_captured 7 and not 0`,
    );
  });

  it('says that what is there is further, where the events are not all', async () => {
    const { run, ids, payments } = await aCommand({ payments: 1 });
    const events = payments.allEvents as readonly PaymentEvent[];
    const part = [...ever.slice(0, 3), events[1]?.time as string];
    expect(await run('payments-project-list', ...part)).toMatchObject({
      code: 0,
      lines: [
        `ahead    ${ids[0]}: the row is at version 3, and these events end at 1`,
        expect.anything(),
        expect.anything(),
      ],
    });
    const { code, lines } = await (await aCommand()).run(
      'reports-project-totals',
      '--payment',
      ids[0] as string,
    );
    expect([code, lines[0]]).toEqual([
      0,
      'ahead    2026-01-01 EUR of acme: the day has accepted 2 (20000) and not 1 (10000)',
    ]);
  });

  it('prints each finding as JSON, and then what it came to', async () => {
    const { run, ids } = await aCommand({ payments: 1 });
    const { lines } = await run('payments-project-list', ...ever, '--json');
    const [finding, end] = lines.map((line) => JSON.parse(line));
    expect(finding).toMatchObject({ of: ids[0], is: 'same', would: { id: ids[0] } });
    expect(end).toEqual({
      consumer: 'payments-project-list',
      events: 3,
      same: 1,
      ahead: 0,
      differs: 0,
      missing: 0,
    });
  });

  it('says that there is no such payment', async () => {
    const { run } = await aCommand();
    const id = derivedId('nobody');
    await expect(run('payments-project-list', '--payment', id)).rejects.toThrow(
      new UsageError(`there is no payment and no payout ${id}`),
    );
  });
});

describe('a live replay', () => {
  const live = ['--live', '--reason', why];

  it('sends the events, and says what becomes of them', async () => {
    const { run, sentEvents, acts } = await aCommand();
    expect(await run('webhooks-fan-out', ...ever, ...live)).toEqual({
      code: 0,
      lines: [
        '6 events sent to webhooks-fan-out, as the replay replay-1. It does nothing for them, as that would leave the account: see --allow-side-effects.',
      ],
    });
    expect(sentEvents()).toHaveLength(6);
    expect(await acts()).toMatchObject([{ by: 'ann', reason: why, subject: 'webhooks-fan-out' }]);
    const named = [...live, '--name', 'again', '--allow-side-effects', '--json'];
    const { lines } = await run('webhooks-fan-out', ...ever, ...named);
    expect(JSON.parse(lines.at(-1) as string)).toEqual({ replay: 'again', sent: 6, done: true });
  });

  it('counts first, and above 1,000 wants to be told that this is meant', async () => {
    const { run, world, acts } = await aCommand({ payments: 334, projected: false });
    expect(await run('payments-project-list', ...ever, ...live)).toEqual({
      code: 1,
      lines: [
        'These are 1002 events for payments-project-list: at 50 a second, 1 min. Nothing was sent.',
        'With --yes they are.',
      ],
    });
    expect([world.sent, await acts()]).toEqual([[], []]);
    const { code, lines } = await run('payments-project-list', ...ever, ...live, '--yes');
    expect([code, world.sent.length]).toEqual([0, 1_002]);
    expect(lines[0]).toMatch(
      /^501 sent; should this end here, go on with --name replay-1 --position /,
    );
    expect(lines).toHaveLength(3);
  });

  it('goes on from a position that it printed, and from no other', async () => {
    const { run, world } = await aCommand({ payments: 334, projected: false });
    const { lines } = await run('payments-project-list', ...ever, ...live, '--yes', '--json');
    const { position } = JSON.parse(lines[0] as string) as { position: string };
    world.sent.length = 0;
    const goOn = [...live, '--name', 'replay-1', '--position'];
    await run('payments-project-list', ...ever, ...goOn, position);
    expect(world.sent.length).toBeGreaterThanOrEqual(501);
    expect(world.sent.length).toBeLessThan(520);
    await expect(run('payments-project-list', ...ever, ...goOn, 'x')).rejects.toThrow(
      new UsageError('that is no position that a replay has printed'),
    );
  });

  it('is refused under the name of another', async () => {
    const { run, world } = await aCommand();
    await run('payments-project-list', ...ever, ...live, '--name', 'friday');
    await expect(run('webhooks-fan-out', ...ever, ...live, '--name', 'friday')).rejects.toThrow(
      UsageError,
    );
    expect(world.sent).toHaveLength(6);
  });

  it('is refused under its own name when what was sent is not known any more', async () => {
    const { run, world, keepMs } = await aCommand();
    const friday = [...live, '--allow-side-effects', '--name', 'friday'];
    await run('webhooks-fan-out', ...ever, ...friday);
    world.nowMs = keepMs;
    await expect(run('webhooks-fan-out', ...ever, ...friday)).rejects.toThrow(
      new UsageError(
        'friday is on record since 1970-01-01T00:00:00.000Z, longer than deliveries are kept: use another --name',
      ),
    );
    expect(world.sent).toHaveLength(6);
    await run('webhooks-fan-out', ...ever, ...live, '--name', 'saturday');
    expect(world.sent).toHaveLength(12);
  });
});
