import { describe, expect, it } from 'vitest';
import { nothingPosted } from '../../shared/domain/settlement/postings.ts';
import { beginRun, endRun, noFigures } from '../../shared/domain/settlement/run.ts';
import { timeAt } from '../../test/support/ledger/transfers.ts';
import { aBreak, aLine } from '../../test/support/settlement/records.ts';
import { UsageError } from '../program/exit.ts';
import { requestOf } from '../program/program.ts';
import { reconcile, describe as report } from './reconcile.ts';

const parseReconcile = (args: readonly string[], at: Date) =>
  requestOf(reconcile, args, { user: 'me', nowMs: at.getTime() });

const now = new Date(timeAt(60_000));

describe('the arguments of reconcile', () => {
  it.each([
    [[], { stage: 'local', cutOff: null, json: false }],
    [['--stage', 'dev'], { stage: 'dev', cutOff: null, json: false }],
    [['--cut-off', 'now', '--json'], { stage: 'local', cutOff: timeAt(60_000), json: true }],
    [
      ['--cut-off', timeAt(1), '--stage', 'prod'],
      { stage: 'prod', cutOff: timeAt(1), json: false },
    ],
  ])('are %j', (args, options) => {
    expect(parseReconcile(args, now)).toEqual(options);
  });

  it.each([
    [['--stage', 'local2']],
    [['--stage']],
    [['--cut-off', 'yesterday']],
    [['--cut-off', timeAt(60_001)]],
    [['--file', 'a.csv']],
    [['now']],
  ])('are not %j', (args) => {
    expect(() => parseReconcile(args, now)).toThrow(UsageError);
  });
});

describe('the report of reconcile', () => {
  it('has a line a run and a line an open break', () => {
    const run = beginRun({ provider: 'psp', file: 'psp/1.csv', cutOff: null }, timeAt(0));
    const breaks = { ...noFigures.breaks, wrong_amount: 1, missing_line: 1 };
    const posted = { EUR: { ...nothingPosted, settled: 9_880n, settled_back: 80n, psp_fee: 120n } };
    const figures = { lines: 2, matched: 1, breaks, posted };
    const broken = aBreak(aLine('reported', { gross: 9_999 }));
    expect(report([endRun(run, figures, timeAt(1))], [broken])).toEqual([
      'file       lines  matched  breaks  posted',
      'psp/1.csv  2      1        2       to the bank EUR 98.00, PSP fees EUR 1.20',
      '',
      'open break    payment                               ours        theirs     where',
      `wrong_amount  ${broken.paymentId}  EUR 100.00  EUR 99.99  psp/1.csv:2`,
    ]);
  });

  it('says when there is nothing', () => {
    expect(report([], [])).toEqual([
      'Every settlement file is reconciled.',
      '',
      'No break is open.',
    ]);
  });
});
