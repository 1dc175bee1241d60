import { describe, expect, it } from 'vitest';
import { memoryOperatorLog } from '../../../shared/adapters/memory/operator-log.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { operatorsChain } from '../../../shared/domain/operator-log/chains.ts';
import { emptyLog } from '../../../shared/domain/operator-log/entry.ts';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import { requestOf } from '../../program/program.ts';
import { answer } from './command.ts';
import { acts as actsGroup } from './group.ts';

const parseActs = (args: readonly string[]) => requestOf(actsGroup, args, { user: 'me', nowMs: 0 });

const hash = 'ab'.repeat(32);

async function aLog(acts: number) {
  const log = memoryOperatorLog();
  for (let number = 1; number <= acts; number++) {
    await log.append({
      id: derivedId('test act', String(number)),
      time: timeAt(number),
      by: 'ada',
      action: 'dlq.discard',
      subject: `letter-${number}`,
      reason: 'sent by a test',
      details: { queue: 'payments-relay', at_risk: '' },
    });
  }
  return log;
}

const run = async (log: Parameters<typeof answer>[0], ...args: readonly string[]) =>
  answer(log, parseActs(args));

describe('acts', () => {
  it('is of the local stage, or of one that is named', () => {
    expect(parseActs(['list'])).toEqual({ kind: 'list', stage: 'local', json: false, chain: null });
    expect(parseActs(['verify', '--stage', 'prod', '--json'])).toEqual({
      kind: 'verify',
      stage: 'prod',
      json: true,
      seen: new Map(),
    });
    expect(parseActs(['verify', '--seen', `12:${hash}`])).toMatchObject({
      seen: new Map([['LOG', { sequence: 12, hash }]]),
    });
    expect(parseActs(['verify', '--seen', `12:${hash}`, '--seen', `acme=3:${hash}`])).toMatchObject(
      {
        seen: new Map([
          ['LOG', { sequence: 12, hash }],
          ['TENANT#acme', { sequence: 3, hash }],
        ]),
      },
    );
    expect(parseActs(['list', '--tenant', 'acme'])).toMatchObject({ chain: 'TENANT#acme' });
  });

  it.each([
    [],
    ['check'],
    ['verify', 'twice'],
    ['list', '--stage', 'test'],
    ['list', '--seen', `1:${hash}`],
    ['verify', '--tenant', 'acme'],
    ['verify', '--seen', hash],
    ['verify', '--seen', `1:${hash}0`],
    ['verify', '--all'],
  ])('does not take %j', (...args) => {
    expect(() => parseActs(args.flat())).toThrow();
  });

  it('lists who did what, newest first', async () => {
    expect(await run(await aLog(0), 'list')).toEqual({
      code: 0,
      lines: ['Nothing is on record.'],
    });
    const { code, lines } = await run(await aLog(2), 'list');
    expect(code).toBe(0);
    expect(lines).toEqual([
      `2  ${timeAt(2)}  ada  dlq.discard  letter-2  sent by a test`,
      '  queue: payments-relay',
      `1  ${timeAt(1)}  ada  dlq.discard  letter-1  sent by a test`,
      '  queue: payments-relay',
    ]);
  });

  it('lists more than a page, and for tools all of each act', async () => {
    const { lines } = await run(await aLog(130), 'list', '--json');
    const { acts } = JSON.parse(lines[0] ?? '');
    expect(acts).toHaveLength(130);
    expect(acts[129]).toMatchObject({ sequence: 1, previous: emptyLog.hash, by: 'ada' });
  });

  it('verifies, and says what to keep', async () => {
    const log = await aLog(2);
    const head = await log.chain(operatorsChain).head();
    const { code, lines } = await run(log, 'verify', '--seen', `2:${head.hash}`);
    expect(code).toBe(0);
    expect(lines.slice(0, 2)).toEqual(['2 acts, whole and in order', `head 2:${head.hash}`]);
    expect(await run(log, 'verify', '--json')).toEqual({
      code: 0,
      lines: [JSON.stringify({ chains: [{ chain: 'LOG', checked: 2, head, broken: null }] })],
    });
  });

  it('has merchants in chains of their own, and lists one of them', async () => {
    const log = await aLog(2);
    await log.append({
      id: derivedId('test act', 'of a merchant'),
      time: timeAt(3),
      by: 'key:1',
      action: 'payout.create',
      subject: 'payout-1',
      reason: '',
      details: { tenant: 'acme' },
    });
    const own = [`1  ${timeAt(3)}  key:1  payout.create  payout-1`, '  tenant: acme'];
    expect((await run(log, 'list', '--tenant', 'acme')).lines).toEqual(own);
    expect((await run(log, 'list')).lines.slice(0, 2)).toEqual(own);
    const { code, lines } = await run(log, 'verify');
    expect([code, lines.length]).toEqual([0, 4]);
    expect(lines[0]).toBe('3 acts, whole and in order, in 2 chains');
    expect(lines[2]).toMatch(/^head acme=1:[0-9a-f]{64}$/);
    expect(await run(log, 'verify', '--seen', `acme=2:${hash}`)).toEqual({
      code: 1,
      lines: [
        'broken chain of acme: act 2 is in a head, and the log ends before it',
        '1 act before it are whole',
      ],
    });
  });

  it('ends badly, and names the first act that is not as it was', async () => {
    const log = await aLog(2);
    expect(await run(log, 'verify', '--seen', `1:${hash}`)).toEqual({
      code: 1,
      lines: ['broken: act 1 is not the one that a head names', '0 acts before it are whole'],
    });
    expect(await run(log, 'verify', '--seen', `3:${hash}`)).toEqual({
      code: 1,
      lines: [
        'broken: act 3 is in a head, and the log ends before it',
        '2 acts before it are whole',
      ],
    });
  });
});
