import { describe, expect, it } from 'vitest';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import { commandWorld } from '../../../test/support/dead-letters/command-world.ts';
import {
  aFailedRun,
  delivered,
  edges,
  eventRecord,
  givenUp,
  recordOf,
} from '../../../test/support/dead-letters/letters.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { requestOf } from '../../program/program.ts';
import { answer } from './command.ts';
import { dlq } from './group.ts';

const caller = { user: 'me', nowMs: 0 };

describe('dlq show', () => {
  it('has the attributes, the verdict, how the payment is now, what came since, and the body', async () => {
    const { run, pay, payments, nextStamp, queues } = commandWorld();
    const { event, after } = await pay();
    await payments.append(changePayment(after, facts.reserved, nextStamp()));
    const id = queues.add(edges.list, delivered(event), { error_name: 'Error', reason: 'no' });
    const { code, text } = await run(`show ${id}`);
    expect(code).toBe(0);
    expect(text).toMatch(/^letter +.*\nqueue +payments-project-list \(queue -> function\)$/m);
    expect(text).toMatch(/^at risk +EUR 100\.00$/m);
    expect(text).toMatch(/^ {2}reason +no$/m);
    expect(text).toMatch(/^redrive +safe \(repeatable\)\nbecause +a consumer .*\ndo +redrive it$/m);
    expect(text).toContain(`payment ${event.subject} is processing at version 2; since then:`);
    expect(text).toMatch(/^ {2}\S+Z {2}2 {2}payment\.reserved$/m);
    expect(JSON.parse(text.slice(text.indexOf('\n{')))).toEqual(event);
  });

  it('keeps to itself what is not of the contract, and counts the whole payment', async () => {
    const { run, pay, queues } = commandWorld();
    const { event } = await pay();
    const body = delivered({ ...event, version: 99, secret: 'VALUE' });
    const id = queues.add(edges.list, body);
    const { text } = await run(`show ${id}`);
    expect(text).not.toContain('VALUE');
    expect(text).toContain(`The body, ${body.length} bytes, is not of the contract`);
    expect(text).toMatch(/^what +payment\.accepted$/m);
    expect(text).toMatch(/^at risk +EUR 100\.00$/m);
    const { lines } = await run(`show ${id} --json`);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      content: null,
      at_risk: [{ amount: 10_000, currency: 'EUR' }],
      present: [
        { kind: 'payment', id: event.subject, status: 'processing', version: 1, since: [] },
      ],
    });
  });

  it('leaves out of a body what its contract has not', async () => {
    const { run, pay, queues } = commandWorld();
    const id = queues.add(edges.list, delivered({ ...(await pay()).event, secret: 'VALUE' }));
    const failedRun = queues.add(edges.audit, aFailedRun());
    for (const letter of [id, failedRun]) {
      expect((await run(`show ${letter}`)).text).not.toContain('VALUE');
      expect((await run(`show ${letter} --json`)).text).not.toContain('VALUE');
    }
  });

  it('says of an event that nobody wrote that the store has none', async () => {
    const { run, pay, queues } = commandWorld();
    const { event } = await pay();
    const other = { ...event, subject: event.id };
    const id = queues.add(edges.list, delivered(other));
    const { text } = await run(`show ${id}`);
    expect(text).toContain(`payment ${event.id}: the store has none`);
    expect(text).toMatch(/^redrive +unsafe \(not_on_record\)$/m);
  });

  it('of a letter that there is not says so, or who had it away', async () => {
    const { run, queues } = commandWorld();
    await expect(run('show nowhere')).rejects.toThrow(
      'There is no letter nowhere in any queue. npm run dlq -- list shows those that there are.',
    );
    const id = queues.add(edges.list, 'poison');
    await run(`discard ${id} --reason sent-by-a-test`);
    await expect(run(`show ${id}`)).rejects.toThrow(
      /me wanted it discarded at .*: sent-by-a-test$/,
    );
    queues.add(edges.list, 'poison');
    await queues.take(edges.list, 1);
    await expect(run('show nowhere')).rejects.toThrow(/somebody else has 1 right now/);
  });
});

describe('dlq redrive', () => {
  it('is a dry run that says what it would do, and ends with 1 as the letters are there', async () => {
    const { run, pay, queues } = commandWorld();
    queues.add(edges.list, delivered((await pay()).event));
    const { code, lines } = await run('redrive');
    expect(code).toBe(1);
    expect(lines[0]).toMatch(
      /payment\.accepted {2}payment \S+ {2}EUR 100\.00 {2}would be redriven$/,
    );
    expect(lines[1]).toMatch(/^ {2}safe: a consumer/);
    expect(lines.at(-1)).toBe('A dry run: with --yes, 1 letter would be redriven.');
    expect(queues.of(edges.list)).toHaveLength(1);
  });

  it('ends with 0 when all is done, and when there is nothing to do', async () => {
    const { run, pay, queues } = commandWorld();
    queues.add(edges.list, delivered((await pay()).event));
    expect((await run('redrive --queue payments-project-list --yes')).code).toBe(0);
    expect(await run('redrive --all --yes')).toMatchObject({
      code: 0,
      lines: ['Nothing to redrive: there are no letters.'],
    });
  });

  it('ends with 1 when a letter is refused, stays in part, or is not there', async () => {
    const { run, pay, queues, stream, failingOn } = commandWorld();
    const poison = queues.add(edges.list, 'poison');
    const refused = await run(`redrive ${poison} --yes`);
    expect(refused.code).toBe(1);
    expect(refused.lines[1]).toMatch(/^ {2}unsafe: /);
    expect(refused.lines[2]).toMatch(/^ {2}do: find out who sent it/);

    const { event } = await pay();
    stream.append('shard', eventRecord('1', event), recordOf('2', { sk: { S: 'EVENT#2' } }));
    const range = queues.add(edges.relay, givenUp('1', '2', 2));
    failingOn(edges.relay, '2');
    const stays = await run(`redrive ${range} --yes`);
    expect(stays.code).toBe(1);
    expect(stays.lines[1]).toBe('  1 record passed');
    expect(stays.lines[2]).toMatch(/^ {2}1 record failed again, now letter \S+: Error: no 2$/);

    const missing = await run('redrive nowhere --yes');
    expect(missing).toMatchObject({
      code: 1,
      lines: [expect.stringMatching(/^nowhere {2}no such/)],
    });
    expect(JSON.parse((await run('redrive nowhere --yes --json')).text)).toEqual({
      letters: [],
      missing: ['nowhere'],
    });
  });
});

describe('dlq discard and dlq log', () => {
  it('take a letter away, and print what was done', async () => {
    const { run, pay, queues } = commandWorld();
    expect(await run('log')).toMatchObject({ code: 0, lines: ['Nothing is on record.'] });
    const id = queues.add(edges.list, delivered((await pay()).event));
    const away = await run(`discard ${id} --reason sent-by-a-test`);
    expect(away.code).toBe(0);
    expect(away.text).toContain(`${id} of payments-project-list is discarded, and on record`);
    const again = await run(`discard ${id} --reason sent-by-a-test`);
    expect(again).toMatchObject({
      code: 0,
      text: expect.stringContaining('is gone: me wanted it'),
    });
    expect((await run('discard nowhere --reason sent-by-a-test')).code).toBe(1);

    const { lines } = await run('log');
    expect(lines[0]).toMatch(new RegExp(`Z {2}me {2}dlq\\.discard {2}${id} {2}sent-by-a-test$`));
    expect(lines).toContain('  at_risk: EUR 100.00');
    expect(JSON.parse((await run('log --json')).text).acts).toMatchObject([{ subject: id }]);
  });
});

describe('dlq redrive at a terminal', () => {
  it('asks, after a dry run, with how many letters and what is at risk, of a payment once', async () => {
    const { deps, edges: all, pay, queues } = commandWorld();
    const { event } = await pay();
    for (const one of [event, event, (await pay('key-2')).event]) {
      queues.add(edges.list, delivered(one));
    }
    const poison = queues.add(edges.list, 'poison');
    const dry = requestOf(dlq, ['redrive', '--queue', 'payments-project-list'], caller);
    const { next } = await answer(deps, all, dry);
    expect(next?.question).toBe('Redrive 3 letters, EUR 200.00 at risk?');
    expect(next?.command).toMatchObject({ isReal: true, queue: null, force: null });
    const late = queues.add(edges.list, delivered((await pay('key-3')).event));
    const done = await answer(deps, all, next?.command ?? dry);
    expect(done).toMatchObject({ code: 0, next: null });
    const left = queues.of(edges.list).map(({ id }) => id);
    expect(left).toEqual([poison, late]);
  });

  it('asks nothing when there is nothing to redrive', async () => {
    const { deps, edges: all, queues } = commandWorld();
    queues.add(edges.list, 'poison');
    expect((await answer(deps, all, requestOf(dlq, ['redrive'], caller))).next).toBeNull();
  });
});
