import { describe, expect, it } from 'vitest';
import { memoryPaymentList } from '../../../shared/adapters/memory/payments/payment-list.ts';
import { memoryPaymentStore } from '../../../shared/adapters/memory/payments/payment-store.ts';
import { memoryProjectionControls } from '../../../shared/adapters/memory/projections/controls.ts';
import { memoryDailyTotals } from '../../../shared/adapters/memory/projections/daily-totals.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { run } from './command.ts';
import { projections } from './group.ts';

const parseProjections = (args: readonly string[]) =>
  requestOf(projections, args, { user: 'me', nowMs: 0 });

const at = '2026-11-21T09:00:00.000Z';

async function aCommand() {
  const store = memoryPaymentStore();
  const list = memoryPaymentList();
  const controls = memoryProjectionControls();
  const change = anAcceptedPayment(countingStamps());
  await store.accept(change);
  await list.project(change.event, 1);
  const lines: string[] = [];
  const command = async (...args: string[]) => {
    lines.length = 0;
    const code = await run(
      {
        controls,
        rows: { payment_list: list, daily_totals: memoryDailyTotals() },
        ...store,
        pause: async () => {},
        act: () => ({ at, by: 'ann' }),
        print: (line) => lines.push(line),
      },
      parseProjections(args),
    );
    return { code, lines: [...lines] };
  };
  return { command, list, event: change.event };
}

describe('the arguments of projections', () => {
  it('are a list, a rebuild, or giving one up', () => {
    expect(parseProjections(['list', '--json'])).toEqual({
      kind: 'list',
      stage: 'local',
      json: true,
    });
    expect(
      parseProjections(['rebuild', 'payment_list', '--compare', '--stage', 'prod']),
    ).toMatchObject({ kind: 'rebuild', name: 'payment_list', isCompared: true, stage: 'prod' });
    expect(parseProjections(['abandon', 'daily_totals'])).toMatchObject({ kind: 'abandon' });
  });

  it.each([
    [[]],
    [['list', 'payment_list']],
    [['list', '--compare']],
    [['rebuild']],
    [['rebuild', 'everything']],
    [['rebuild', 'payment_list', 'daily_totals']],
    [['abandon', 'payment_list', '--compare']],
    [['drop', 'payment_list']],
    [['list', '--stage', 'qa']],
    [['list', '--all']],
  ])('are not %j', (args) => {
    expect(() => parseProjections(args)).toThrow(UsageError);
  });
});

describe('projections', () => {
  it('lists what is live, since when, and by whom', async () => {
    const { command } = await aCommand();
    expect(await command('list')).toEqual({
      code: 0,
      lines: [
        'payment_list  generation 1 is live, grew with its payments',
        'daily_totals  generation 1 is live, counts from its deployment on',
      ],
    });
    await command('rebuild', 'payment_list');
    expect((await command('list')).lines[0]).toBe(
      `payment_list  generation 2 is live, built ${at} by ann`,
    );
    const [json = ''] = (await command('list', '--json')).lines;
    expect(JSON.parse(json)[0]).toMatchObject({ name: 'payment_list', phase: 'idle', live: 2 });
  });

  it('tells each step of a rebuild', async () => {
    const { command } = await aCommand();
    expect(await command('rebuild', 'payment_list', '--compare')).toEqual({
      code: 0,
      lines: [
        'generation 2 is written beside the live one from now on',
        'waiting 20 s until all projectors write it',
        '1 payments gone through, 1 events taken',
        '1 rows compared',
        'generation 2 is live',
        'waiting 20 s until all readers know of it',
        'waiting 20 s until nobody writes the one that leaves',
        '1 rows of generation 1 deleted',
        'payment_list is rebuilt.',
      ],
    });
  });

  it('stops before the swap when it is to compare and finds a difference', async () => {
    const { command, list, event } = await aCommand();
    const { payment } = event.data;
    const wrong = { ...payment, id: payment.id.replace(/.$/, '0'), amount: 1 };
    await list.project({ tenant: 'acme', data: { payment: wrong } }, 1);
    const { code, lines } = await command('rebuild', 'payment_list', '--compare');
    expect(code).toBe(1);
    expect(lines).toContain('  built  no such row');
    expect(lines.at(-3)).toBe(
      '1 rows of generation 2 are not those of the live one. Nothing is swapped:',
    );
    expect((await command('list')).lines[0]).toBe(
      `payment_list  generation 1 is live, grew with its payments; 2 is being built, begun ${at} by ann`,
    );
    expect(await command('abandon', 'payment_list')).toMatchObject({ code: 0 });
    expect(await command('abandon', 'payment_list')).toEqual({
      code: 1,
      lines: ['Nothing of payment_list is being built.'],
    });
    expect((await command('rebuild', 'payment_list')).lines.at(-1)).toBe(
      'payment_list is rebuilt.',
    );
    expect((await command('list')).lines[0]).toContain('generation 3 is live');
  });
});
