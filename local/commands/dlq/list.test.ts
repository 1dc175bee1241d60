import { describe, expect, it } from 'vitest';
import { commandWorld } from '../../../test/support/dead-letters/command-world.ts';
import {
  aDispute,
  aFailedRun,
  delivered,
  edges,
  eventRecord,
  givenUp,
} from '../../../test/support/dead-letters/letters.ts';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { answer } from './command.ts';
import { dlq } from './group.ts';
import { ageOf } from './text.ts';

const parseDlq = (args: readonly string[], user: string) =>
  requestOf(dlq, args, { user, nowMs: 0 });

describe('dlq list', () => {
  it('says that there is nothing', async () => {
    const { run } = commandWorld();
    expect(await run('list')).toMatchObject({
      code: 0,
      lines: ['All 7 queues of dead letters are empty.'],
    });
  });

  it('has a line a letter: what, when, of whom, how much, whether it is safe, and why it is there', async () => {
    const { run, pay, queues, stream } = commandWorld();
    const { event } = await pay();
    const failed = queues.add(edges.list, delivered(event), {
      error_name: 'Error',
      reason: `throttled${'!'.repeat(100)}`,
    });
    const run1 = queues.add(edges.audit, aFailedRun());
    stream.append('shard', eventRecord('1', event), eventRecord('2', event));
    const range = queues.add(edges.relay, givenUp('1', '2', 2));
    const { code, lines } = await run('list');
    expect(code).toBe(1);
    expect(lines).toEqual([
      'ledger-audit (clock -> function): 1 letter, the oldest 0 min old',
      `  ${run1}  ${timeAt(3_601_000)}  scheduled run  -  -  impossible  Error: throttled`,
      '',
      'payments-project-list (queue -> function): 1 letter, the oldest 0 min old',
      `  ${failed}  ${timeAt(3_600_000)}  payment.accepted  payment ${event.subject}  EUR 100.00  safe  Error: throttled${'!'.repeat(64)}...`,
      '',
      'payments-relay (stream -> function): 1 letter, the oldest 59 min old',
      `  ${range}  ${timeAt(60_000)}  2 records of the stream  payment ${event.subject}  EUR 100.00  safe  RetryAttemptsExhausted after 51 tries: Unhandled`,
      '',
      '4 queues are empty.',
    ]);
  });

  it('says how many letters somebody else has, and is not empty then', async () => {
    const { run, queues } = commandWorld();
    queues.add(edges.list, 'poison');
    await queues.take(edges.list, 1);
    const { code, lines } = await run('list');
    expect(code).toBe(1);
    expect(lines[0]).toBe(
      'payments-project-list (queue -> function): 0 letters, 1 more with somebody else right now',
    );
  });

  it('takes nothing out of sight for longer than it reads', async () => {
    const { run, queues } = commandWorld();
    queues.add(edges.list, 'poison');
    expect((await run('list')).lines).toEqual((await run('list')).lines);
    expect((await queues.take(edges.list, 1)).letters).toHaveLength(1);
  });

  it('is of one queue, if that is asked for, and of none that there is not', async () => {
    const { run, queues } = commandWorld();
    queues.add(edges.list, 'poison');
    expect((await run('list --queue payments-relay')).code).toBe(0);
    expect((await run('list --queue payments-project-list')).code).toBe(1);
    await expect(run('list --queue relay')).rejects.toThrow(UsageError);
    await expect(run('list --queue relay')).rejects.toThrow(/there are payments-relay, /);
  });

  it('shows one that cannot be examined, and why, beside the others', async () => {
    const { queues, deps, edges: all } = commandWorld();
    queues.add(edges.relay, givenUp('1', '2', 2));
    queues.add(edges.list, 'poison');
    const broken = { ...deps, readRange: () => Promise.reject(new Error('throttled')) };
    const { lines } = await answer(broken, all, parseDlq(['list', '--json'], 'me'));
    const { queues: listed } = JSON.parse(lines[0] ?? '');
    const letters = listed.flatMap((queue: { letters: object[] }) => queue.letters);
    expect(letters).toMatchObject([
      { verdict: { kind: 'fails_again' } },
      { verdict: { redo: 'impossible', why: 'it could not be examined: throttled' } },
    ]);
  });

  it('gives all letters back when it fails', async () => {
    const { queues, deps, edges: all } = commandWorld();
    queues.add(edges.list, 'poison');
    const broken: typeof queues = {
      ...queues,
      take: (edge, limit) =>
        edge === edges.relay ? Promise.reject(new Error('no queue')) : queues.take(edge, limit),
    };
    const listed = answer({ ...deps, queues: broken }, all, parseDlq(['list'], 'me'));
    await expect(listed).rejects.toThrow('no queue');
    expect((await queues.take(edges.list, 1)).letters).toHaveLength(1);
  });

  it('is JSON with amounts in minor units, for tools', async () => {
    const { run, pay, queues } = commandWorld();
    const { event } = await pay();
    const id = queues.add(edges.notices, JSON.stringify(aDispute(event.subject)), {
      error_name: 'Error',
    });
    const { lines } = await run('list --json --queue provider-notices');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      queues: [
        {
          name: 'provider-notices',
          kind: 'queue',
          function: 'paysaga-test-payments-take-notice',
          letters: [
            {
              object: 'dead_letter',
              id,
              queue: 'provider-notices',
              when: timeAt(3_600_000),
              what: 'dispute.opened',
              about: [{ kind: 'payment', id: event.subject }],
              at_risk: [{ amount: 2_500, currency: 'EUR' }],
              at_risk_known: true,
              reason: 'Error',
              verdict: {
                kind: 'repeatable',
                redo: 'safe',
                why: expect.any(String),
                advice: expect.any(String),
              },
            },
          ],
          more: false,
          taken_by_others: 0,
        },
      ],
    });
  });
});

describe('an age', () => {
  it.each([
    [0, '0 min old'],
    [59 * 60_000, '59 min old'],
    [60 * 60_000, '1 h old'],
    [47 * 3_600_000, '47 h old'],
    [48 * 3_600_000, '2 days old'],
    [-5_000, '0 min old'],
  ])('of %i ms is %s', (ms, text) => {
    expect(ageOf(timeAt(0), timeAt(ms))).toBe(text);
  });
});
