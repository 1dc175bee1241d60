import { describe, expect, it } from 'vitest';
import type { AuditReport, Difference } from '../../../shared/domain/audit/report.ts';
import { aWorld, postedOf, withTransfer } from '../../../test/audit/world/settled-world.ts';
import { snapshotOf, sourcesOf } from '../../../test/audit/world/snapshot.ts';
import { audit } from './audit.ts';

async function anAudit(isTamperedWith: boolean) {
  const snapshot = await snapshotOf((await aWorld()).sources);
  const stored: AuditReport[] = [];
  const told: Difference[] = [];
  const counted: number[] = [];
  const times = ['2027-01-01T00:00:00.000Z', '2027-01-01T00:00:01.000Z'];
  const run = audit({
    sources: sourcesOf(
      isTamperedWith ? withTransfer(snapshot, postedOf(snapshot, 'fee')) : snapshot,
    ),
    store: async (report) => {
      stored.push(report);
    },
    now: () => times.shift() ?? '',
    tell: (difference) => told.push(difference),
    count: (differences) => counted.push(differences),
  });
  return { run, stored, told, counted };
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
