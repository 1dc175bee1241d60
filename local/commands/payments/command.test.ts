import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { memoryPaymentStore } from '../../../shared/adapters/memory/payments/payment-store.ts';
import { changesOf, type FactName, histories } from '../../../test/support/payments/told.ts';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { answer } from './command.ts';
import { stepsOf } from './executions.ts';
import { type PaymentsCommand, payments } from './group.ts';
import type { Witnesses } from './known.ts';

const parsePayments = (args: readonly string[]) =>
  requestOf(payments, args, { user: 'me', nowMs: 0 }) as PaymentsCommand;

const id = '4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd';

describe('the arguments of payments', () => {
  it('name a payment, and a version if one is meant', () => {
    expect(parsePayments(['explain', id])).toEqual({
      kind: 'explain',
      id,
      at: null,
      json: false,
      stage: 'local',
    });
    expect(parsePayments(['show', id, '--at', '7', '--json', '--stage', 'prod'])).toEqual({
      kind: 'show',
      id,
      at: 7,
      json: true,
      stage: 'prod',
    });
  });

  it.each([
    [[]],
    [['explain']],
    [['list', id]],
    [['explain', 'x']],
    [['explain', id, id]],
    [['explain', id, '--at', '0']],
    [['explain', id, '--at', 'now']],
    [['explain', id, '--stage', 'here']],
    [['explain', id, '--all']],
  ])('are not %j', (args) => {
    expect(() => parsePayments(args)).toThrow(UsageError);
  });
});

/** A payment of this history, and who knows all of it unless told otherwise. */
async function aPayment(names: readonly FactName[], replaced: Partial<Witnesses> = {}) {
  const store = memoryPaymentStore();
  const changes = changesOf(...names);
  const [first, ...rest] = changes;
  if (!first) throw new Error('there is a first change');
  await store.accept(first);
  for (const change of rest) {
    expect(await store.append(change)).toBe('written');
  }
  const transfers = changes.flatMap((change) => change.transfers);
  const asked: string[] = [];
  const witnesses: Witnesses = {
    execution: async (machine, name) => {
      asked.push(`${machine} ${name}`);
      const { time } = first.event;
      return { machine, name, started: time, ended: time, status: 'SUCCEEDED', steps: [] };
    },
    findTransfers: async (some) =>
      transfers.filter((one) => some.some((wanted) => wanted.id === one.id)),
    deliveries: async () => [],
    report: async () => ({ effects: 1, outcome: 'captured' }),
    ...replaced,
  };
  const subject = first.after.id;
  return {
    changes,
    asked,
    run: (kind: 'explain' | 'show', ...args: string[]) =>
      answer({ store, witnesses }, parsePayments([kind, subject, ...args])),
  };
}

describe('payments explain', () => {
  it('tells what happened, with the time since the first event, and misses nothing', async () => {
    const { run } = await aPayment(histories.captured);
    const { code, lines } = await run('explain');
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/: EUR 100\.00, captured at version 3$/);
    expect(lines.filter((line) => / event /.test(line))).toHaveLength(3);
    expect(lines.find((line) => / posting /.test(line))).toMatch(/^\+0\.00 s {4}posting {2}/);
    expect(lines.join('\n')).not.toContain('Not known');
  });

  it('asks for the execution of all that starts one, by its machine and name', async () => {
    const { asked, changes, run } = await aPayment(histories['unknown then resolved']);
    await run('explain');
    expect(asked).toEqual([`payment ${changes[0]?.after.id}`, `resolve ${changes[2]?.event.id}`]);
  });

  it('names what it could not ask, with why, and tells the rest', async () => {
    const fail = () => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    const { run } = await aPayment(histories.captured, {
      execution: fail,
      findTransfers: fail,
      deliveries: fail,
      report: fail,
    });
    const { code, lines } = await run('explain');
    expect(code).toBe(0);
    expect(lines.slice(lines.indexOf('Not known:') + 1)).toEqual([
      '  the sagas: AccessDenied: no',
      '  the PSP: AccessDenied: no',
      '  the ledger: AccessDenied: no',
      '  the webhooks: AccessDenied: no',
    ]);
    expect(lines.filter((line) => / event /.test(line))).toHaveLength(3);
  });

  it('says which execution there is none of, and that no PSP tells', async () => {
    const { run } = await aPayment(histories.captured, {
      execution: async () => null,
      report: null,
    });
    const { missing } = JSON.parse((await run('explain', '--json')).lines[0] ?? '');
    expect(missing.map(({ what }: { what: string }) => what)).toEqual([
      expect.stringMatching(/^the execution .* of payment$/),
      'the PSP',
    ]);
  });

  it('looks back to a version, and knows nothing of what came after it', async () => {
    const { run } = await aPayment(histories.refunded);
    const line = JSON.parse((await run('explain', '--at', '3', '--json')).lines[0] ?? '');
    expect(line.payment).toMatchObject({ version: 3, amount_refunded: 0 });
    expect(JSON.stringify(line.moments)).not.toContain('refund');
  });

  it('says how far the payment has come, when it has not come so far; or that there is none', async () => {
    const { run } = await aPayment(histories.captured);
    for (const kind of ['explain', 'show'] as const) {
      await expect(run(kind, '--at', '4')).rejects.toThrow(
        'The payment is at version 3; it has not come to version 4.',
      );
    }
    const { run: ofNobody } = await aPayment([]);
    const store = memoryPaymentStore();
    const witnesses = {} as Witnesses;
    await expect(answer({ store, witnesses }, parsePayments(['explain', id]))).rejects.toThrow(
      'There is no payment with this id.',
    );
    expect((await ofNobody('explain')).code).toBe(0);
  });
});

describe('payments show', () => {
  it('prints the whole state, now or as a version left it', async () => {
    const { run, changes } = await aPayment(histories.refunded);
    const shown = async (...args: string[]) =>
      JSON.parse((await run('show', ...args)).lines.join('\n'));
    expect(await shown()).toEqual(changes.at(-1)?.after);
    expect(await shown('--at', '2', '--json')).toEqual(changes[1]?.after);
  });
});

describe('the history of an execution', () => {
  const at = (seconds: number) => new Date(seconds * 1_000);
  const entered = (name: string): HistoryEvent => ({
    timestamp: at(0),
    type: 'TaskStateEntered',
    id: 1,
    stateEnteredEventDetails: { name },
  });
  const event = (type: HistoryEvent['type'], seconds: number, more = {}): HistoryEvent => ({
    timestamp: at(seconds),
    type,
    id: 1,
    ...more,
  });

  it('is its steps, each with its tries', () => {
    const steps = stepsOf([
      event('ExecutionStarted', 0),
      entered('reserve'),
      event('TaskScheduled', 1),
      event('TaskStarted', 1),
      event('TaskSucceeded', 2),
      event('TaskStateExited', 2),
      entered('charge'),
      event('TaskScheduled', 3),
      event('TaskFailed', 4, { taskFailedEventDetails: { error: 'ProviderBusy' } }),
      event('TaskScheduled', 5),
      event('TaskTimedOut', 6, { taskTimedOutEventDetails: { error: 'States.Timeout' } }),
      event('TaskScheduled', 7),
    ]);
    const tried = (from: number, to: number | null, error: string | null) => ({
      started: at(from).toISOString(),
      ended: to === null ? null : at(to).toISOString(),
      error,
    });
    expect(steps).toEqual([
      { name: 'reserve', tries: [tried(1, 2, null)] },
      {
        name: 'charge',
        tries: [tried(3, 4, 'ProviderBusy'), tried(5, 6, 'States.Timeout'), tried(7, null, null)],
      },
    ]);
  });
});
