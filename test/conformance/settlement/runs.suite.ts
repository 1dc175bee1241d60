import { expect, it } from 'vitest';
import { operationsTenant } from '../../../shared/domain/settlement/break.ts';
import { nothingPosted } from '../../../shared/domain/settlement/postings.ts';
import {
  beginRun,
  endRun,
  type Figures,
  noFigures,
  type Run,
} from '../../../shared/domain/settlement/run.ts';
import { timeAt } from '../../support/ledger/transfers.ts';
import type { SettlementAdapters } from '../../support/settlement/world.ts';

/** Each test has a provider of its own: they share their tables. */
export function runsConform(adapters: () => SettlementAdapters): void {
  const aRun = (provider: string, file = '1.csv', ms = 0): Run =>
    beginRun({ provider, file: `${provider}/${file}`, cutOff: timeAt(ms) }, timeAt(ms));
  const listOf = async (owner: string, provider: string) => {
    const { items } = await adapters().runs.list({ owner, limit: 100, after: null });
    return items.filter((run) => run.provider === provider);
  };
  const figures = (lines: number): Figures => ({
    ...noFigures,
    lines,
    posted: { EUR: { ...nothingPosted, settled: 2n ** 70n } },
  });

  it('begin once; who begins again gets the one that was begun', async () => {
    const run = aRun('begins');
    const { runs } = adapters();
    expect(await runs.begin(run)).toEqual(run);
    expect(await runs.begin({ ...run, started: timeAt(9), cutOff: null })).toEqual(run);
    expect(await listOf(operationsTenant, 'begins')).toEqual([run]);
    expect(await runs.finished('begins')).toEqual(new Set());
  });

  it('end once, with the figures of the whole for operations and of each tenant for it', async () => {
    const run = aRun('ends');
    const { runs } = adapters();
    await runs.begin(run);
    const ended = endRun(run, figures(3), timeAt(5));
    const byTenant = new Map([
      [operationsTenant, figures(3)],
      ['ends-acme', figures(1)],
      ['ends-globex', figures(2)],
    ]);
    await runs.finish(ended, byTenant, timeAt(4));
    await runs.finish(endRun(run, figures(9), timeAt(6)), new Map(), timeAt(8));
    expect(await runs.begin(run)).toEqual(ended);
    expect(await listOf(operationsTenant, 'ends')).toEqual([ended]);
    expect(await listOf('ends-acme', 'ends')).toEqual([{ ...ended, figures: figures(1) }]);
    expect(await listOf('ends-globex', 'ends')).toEqual([{ ...ended, figures: figures(2) }]);
    expect(await runs.finished('ends')).toEqual(new Set([run.file]));
    expect(await runs.finished('ends-not')).toEqual(new Set());
    expect(await runs.scannedTo('ends')).toBe(timeAt(4));
  });

  it('remember the latest time that was gone through, in whichever order they end', async () => {
    const { runs } = adapters();
    const end = async (file: string, scannedTo: string | null) => {
      const run = aRun('scans', file);
      await runs.begin(run);
      await runs.finish(endRun(run, noFigures, timeAt(1)), new Map(), scannedTo);
      return runs.scannedTo('scans');
    };
    expect(await runs.scannedTo('scans')).toBeNull();
    expect(await end('1.csv', null)).toBeNull();
    expect(await end('2.csv', timeAt(20))).toBe(timeAt(20));
    expect(await end('3.csv', timeAt(10))).toBe(timeAt(20));
    expect(await end('4.csv', null)).toBe(timeAt(20));
    expect(await end('5.csv', timeAt(30))).toBe(timeAt(30));
  });

  it('that end at once leave the latest time behind', async () => {
    const { runs } = adapters();
    const begun = Array.from({ length: 6 }, (_, index) => aRun('ends-at-once', `${index}.csv`));
    await Promise.all(begun.map(runs.begin));
    await Promise.all(
      begun.map((run, index) =>
        runs.finish(endRun(run, noFigures, timeAt(1)), new Map(), timeAt(index)),
      ),
    );
    expect(await runs.scannedTo('ends-at-once')).toBe(timeAt(5));
    expect((await runs.finished('ends-at-once')).size).toBe(6);
  });

  it('are listed newest first, in pages', async () => {
    const { runs } = adapters();
    const tenant = 'runs-pages';
    for (const ms of [1, 3, 2]) {
      const run = aRun('pages', `${ms}.csv`, ms);
      await runs.begin(run);
      await runs.finish(endRun(run, noFigures, timeAt(9)), new Map([[tenant, noFigures]]), null);
    }
    const first = await runs.list({ owner: tenant, limit: 2, after: null });
    const rest = await runs.list({ owner: tenant, limit: 2, after: first.next });
    expect([...first.items, ...rest.items].map(({ started }) => started)).toEqual(
      [3, 2, 1].map(timeAt),
    );
    expect(rest.next).toBeNull();
  });
}
