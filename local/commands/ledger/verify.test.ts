import { describe, expect, it } from 'vitest';
import { memoryOperatorLog } from '../../../shared/adapters/memory/operator-log.ts';
import { auditActs } from '../../../shared/domain/audit/acts.ts';
import { auditLedger, reportOf } from '../../../shared/domain/audit/audit.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { longAfter } from '../../../test/audit/world/history.ts';
import { aWorld, postedOf, withTransfer } from '../../../test/audit/world/settled-world.ts';
import { type Snapshot, snapshotOf, sourcesOf } from '../../../test/audit/world/snapshot.ts';
import { requestOf } from '../../program/program.ts';
import { ledger, type VerifyRequest } from './group.ts';
import { describeAudit } from './verify.ts';

const parseVerify = (args: readonly string[]) =>
  requestOf(ledger, args, { user: 'me', nowMs: 0 }) as VerifyRequest;

async function aLogOfOne() {
  const log = memoryOperatorLog();
  await log.append({
    id: derivedId('test act'),
    time: longAfter,
    by: 'ada',
    action: 'dlq.discard',
    subject: 'letter-1',
    reason: 'sent by a test',
    details: {},
  });
  return log;
}

const isOutOfTime = () => false;

async function describedAfter(change: (snapshot: Snapshot) => Snapshot): Promise<string[]> {
  const sources = sourcesOf(change(await snapshotOf((await aWorld()).sources)));
  const result = await auditLedger(sources, { started: longAfter, isOutOfTime });
  const acts = await auditActs(await aLogOfOne(), result.found, { seen: {}, isOutOfTime });
  const report = reportOf(result, { started: longAfter, ended: longAfter }, acts);
  return describeAudit(report, result.trialBalances);
}

describe('ledger verify', () => {
  it('verifies the local stage, or one that is named', () => {
    expect(parseVerify(['verify'])).toEqual({ stage: 'local', json: false });
    expect(parseVerify(['verify', '--stage', 'prod', '--json'])).toEqual({
      stage: 'prod',
      json: true,
    });
  });

  it.each([[], ['check'], ['verify', 'twice'], ['verify', '--stage', 'test'], ['verify', '--all']])(
    'does not take %j',
    (...args) => {
      expect(() => parseVerify(args.flat())).toThrow();
    },
  );

  it('prints the trial balance of each book, what was compared, and that it is clean', async () => {
    const lines = await describedAfter((snapshot) => snapshot);
    expect(lines.filter((line) => line.startsWith('acme'))).toEqual([
      expect.stringMatching(/debits EUR .* credits EUR .* ok {2}as of 2026-/),
      expect.stringMatching(/debits USD 1\.\d\d, .* ok {2}as of 2026-/),
    ]);
    expect(lines.filter((line) => / {2}ok$/.test(line))).toEqual([
      expect.stringMatching(/^trial balance +2 books/),
      expect.stringMatching(/^balances against transfers +\d+ accounts, 9 transfers/),
      expect.stringMatching(/^hash chains +\d+ links/),
      expect.stringMatching(/^postings .* 1 payments, 1 payouts, 1 conversions/),
      expect.stringMatching(/^states against events +\d+ events/),
      expect.stringMatching(/^who did what +1 acts/),
    ]);
    expect(lines.at(-1)).toBe('clean');
  });

  it('prints each difference under what it was found by, with account and transfer', async () => {
    let id = '';
    const lines = await describedAfter((snapshot) => {
      const fee = postedOf(snapshot, 'fee');
      id = fee.id;
      return withTransfer(snapshot, fee);
    });
    const at = lines.findIndex((line) => /^postings .* 1 differences$/.test(line));
    expect(lines[at + 1]).toMatch(
      /^ {2}missing_posting: tenant acme; account merchant_payable\.EUR; /,
    );
    expect(lines[at + 1]).toContain(`transfer ${id}`);
    // The posting, its link, and a balance and a day's total of two accounts.
    expect(lines.at(-1)).toBe('6 differences');
  });
});
