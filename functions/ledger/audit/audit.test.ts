import { describe, expect, it } from 'vitest';
import { memoryOperatorLog } from '../../../shared/adapters/memory/operator-log.ts';
import type { AuditReport, Difference } from '../../../shared/domain/audit/report.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import type { ChainName } from '../../../shared/domain/operator-log/chains.ts';
import type { OperatorAct, OperatorLogChains } from '../../../shared/ports/operator-log.ts';
import { aWorld, postedOf, withTransfer } from '../../../test/audit/world/settled-world.ts';
import { snapshotOf, sourcesOf } from '../../../test/audit/world/snapshot.ts';
import { audit } from './audit.ts';

const lostAct = { sequence: 1, hash: 'ab' };

async function anAudit(
  isTamperedWith: boolean,
  log: OperatorLogChains = memoryOperatorLog(),
  before: readonly AuditReport[] = [],
) {
  const snapshot = await snapshotOf((await aWorld()).sources);
  const stored: AuditReport[] = [];
  const told: Difference[] = [];
  const counted: number[] = [];
  const times = ['2027-01-01T00:00:00.000Z', '2027-01-01T00:00:01.000Z'];
  const run = audit({
    sources: sourcesOf(
      isTamperedWith ? withTransfer(snapshot, postedOf(snapshot, 'fee')) : snapshot,
    ),
    acts: log,
    last: async () => before.at(-1) ?? null,
    store: async (report) => {
      stored.push(report);
    },
    now: () => times.shift() ?? '',
    tell: (difference) => told.push(difference),
    count: (differences) => counted.push(differences),
  });
  return { run, stored, told, counted };
}

const anAct = (number: number): OperatorAct => ({
  id: derivedId('audited act', String(number)),
  time: '2026-12-31T00:00:00.000Z',
  by: 'ada',
  action: 'dlq.discard',
  subject: 'letter-1',
  reason: '',
  details: {},
});

async function aLog(acts: number) {
  const log = memoryOperatorLog();
  for (let number = 1; number <= acts; number++) {
    await log.append(anAct(number));
  }
  return log;
}

describe('the auditor', () => {
  it('keeps a clean report, and counts nothing', async () => {
    const { run, stored, told, counted } = await anAudit(false);
    const report = await run(() => false);
    expect(stored).toEqual([report]);
    expect(report).toMatchObject({
      object: 'ledger_audit',
      started: '2027-01-01T00:00:00.000Z',
      ended: '2027-01-01T00:00:01.000Z',
      verdict: 'clean',
      difference_count: 0,
      differences: [],
    });
    expect([told, counted]).toEqual([[], []]);
  });

  it('tells of each difference, and counts them once', async () => {
    const { run, stored, told, counted } = await anAudit(true);
    const { verdict, differences, difference_count: count } = await run(() => false);
    expect(verdict).toBe('differences');
    expect(told).toEqual(differences);
    expect(counted).toEqual([count]);
    expect(stored).toHaveLength(1);
  });

  it('tells of a log of acts that is not as it was written, and keeps its head where it is', async () => {
    const acts = memoryOperatorLog();
    const clean = await (await anAudit(false, acts)).run(() => false);
    expect(clean.acts).toEqual({
      checked: 0,
      heads: { LOG: `0:${'0'.repeat(64)}` },
      broken: [],
    });
    const { run, told, counted } = await anAudit(false, {
      ...acts,
      chain: (name) => ({ ...acts.chain(name), head: async () => lostAct }),
    });
    const { acts: found, verdict } = await run(() => false);
    expect(found?.broken).toEqual([{ chain: 'LOG', kind: 'truncated', sequence: 1 }]);
    expect(verdict).toBe('differences');
    expect(told).toMatchObject([{ kind: 'broken_log', tenant: 'operations' }]);
    expect(counted).toEqual([1]);
  });

  it('finds a log that was cut with its head by the head in the last report, each time', async () => {
    const [whole, cut] = [await aLog(2), await aLog(1)];
    const first = await (await anAudit(false, whole)).run(() => false);
    expect(first.verdict).toBe('clean');
    const second = await anAudit(false, cut, [first]);
    const found = await second.run(() => false);
    expect(found.acts).toMatchObject({ checked: 1, broken: [{ kind: 'truncated', sequence: 2 }] });
    expect(second.told).toMatchObject([{ kind: 'broken_log' }]);
    const third = await (await anAudit(false, cut, [first, found])).run(() => false);
    expect(third.verdict).toBe('differences');
    const grown = await aLog(3);
    expect((await (await anAudit(false, grown, [first])).run(() => false)).verdict).toBe('clean');
  });

  it('misses the chain of a merchant that the last report had, and says whose it is', async () => {
    const log = await aLog(1);
    await log.append({ ...anAct(2), action: 'payout.create', details: { tenant: 'acme' } });
    const first = await (await anAudit(false, log)).run(() => false);
    expect(Object.keys(first.acts?.heads ?? {})).toEqual(['LOG', 'TENANT#acme']);
    const { run, told } = await anAudit(false, await aLog(1), [first]);
    const { acts } = await run(() => false);
    expect(acts?.heads).toEqual(first.acts?.heads);
    expect(told).toMatchObject([{ kind: 'broken_log', tenant: 'acme' }]);
  });

  it('tells of differences of the ledger when the log cannot be read, and fails', async () => {
    const unreadable = {
      ...memoryOperatorLog(),
      names: () => Promise.reject(new Error('no log')),
    };
    const { run, stored, told, counted } = await anAudit(true, unreadable);
    await expect(run(() => false)).rejects.toThrow('no log');
    expect(stored).toEqual([]);
    expect(told.length).toBeGreaterThan(0);
    expect(counted).toEqual([told.length]);
  });

  it('does not take a log for whole that it has no time to read', async () => {
    const log = await aLog(3);
    let read = 0;
    const slow = {
      ...log,
      chain: (name: ChainName) => ({
        ...log.chain(name),
        entries: async function* () {
          for await (const entry of log.chain(name).entries()) {
            read += 1;
            yield entry;
          }
        },
      }),
    };
    const { run, stored, told, counted } = await anAudit(true, slow);
    await expect(run(() => read > 1)).rejects.toThrow(
      'out of time after 1 acts of the log of who did what',
    );
    expect([read, stored]).toEqual([2, []]);
    expect(counted).toEqual([told.length]);
  });

  it('keeps no report when it runs out of time, tells of what it found, and fails', async () => {
    let whole = 0;
    await (await anAudit(true)).run(() => ++whole < 0);
    const { run, stored, told, counted } = await anAudit(true);
    let reads = 0;
    // It comes to the end of the first look, and not of the second.
    await expect(run(() => ++reads === whole)).rejects.toThrow(
      /out of time .* with \d+ differences/,
    );
    expect(stored).toEqual([]);
    expect(told.length).toBeGreaterThan(0);
    expect(counted).toEqual([told.length]);
  });

  it('counts nothing when it ran out of time before there was any difference', async () => {
    const { run, stored, counted } = await anAudit(false);
    await expect(run(() => true)).rejects.toThrow(/out of time after 0 books/);
    expect([stored, counted]).toEqual([[], []]);
  });
});
