import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { nothingPosted } from '../../../shared/domain/settlement/postings.ts';
import { beginRun, endRun, noFigures } from '../../../shared/domain/settlement/run.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { accessOf } from '../../../test/support/api/access.ts';
import { apiEvent, invoke } from '../../../test/support/api/api-event.ts';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import { memorySettlementAdapters } from '../../../test/support/settlement/memory-world.ts';
import { listRuns } from './list-runs.ts';

async function setUp() {
  const { runs } = memorySettlementAdapters();
  const run = beginRun({ provider: 'psp', file: 'psp/1.csv', cutOff: timeAt(0) }, timeAt(1));
  await runs.begin(run);
  const list = (tenant: string, query: Record<string, readonly string[]> = {}) =>
    invoke(
      httpHandler(endpoints.listRuns, accessOf(tenant), listRuns(runs)),
      apiEvent({ method: 'GET', query }),
    );
  return { runs, run, list };
}

describe('GET /reconciliation/runs', () => {
  it('shows operations a run that is under way, and its end, with sums of any size', async () => {
    const { runs, run, list } = await setUp();
    expect((await list('operations')).json.data).toMatchObject([
      { status: 'running', ended: null },
    ]);
    const posted = { EUR: { ...nothingPosted, settled: 2n ** 60n, psp_fee: 3n } };
    const figures = { ...noFigures, lines: 4, matched: 3, posted };
    await runs.finish(endRun(run, figures, timeAt(2)), new Map([['acme', noFigures]]), null);
    const answer = await list('operations');
    expect(answer.json).toMatchObject({
      object: 'list',
      next_cursor: null,
      data: [
        {
          id: run.id,
          object: 'reconciliation_run',
          provider: 'psp',
          file: 'psp/1.csv',
          status: 'finished',
          cut_off: timeAt(0),
          started: timeAt(1),
          ended: timeAt(2),
          lines: 4,
          matched: 3,
          breaks: { missing_line: 0, extra_line: 0 },
          posted: [{ currency: 'EUR', psp_fee: 3, settled_back: 0 }],
        },
      ],
    });
    expect(answer.text).toContain(`"settled":${2n ** 60n}`);
    const small = (await list('acme')).json;
    expect(endpoints.listRuns.answers[200]?.safeParse(small).success).toBe(true);
  });

  it('shows a tenant the runs in which something was of it', async () => {
    const { runs, run, list } = await setUp();
    expect((await list('acme')).json.data).toEqual([]);
    const own = { ...noFigures, lines: 1 };
    await runs.finish(
      endRun(run, { ...noFigures, lines: 4 }, timeAt(2)),
      new Map([['acme', own]]),
      null,
    );
    expect((await list('acme')).json.data).toMatchObject([{ file: 'psp/1.csv', lines: 1 }]);
    expect((await list('globex')).json.data).toEqual([]);
  });

  it('pages, and refuses a cursor of another list', async () => {
    const { runs, list } = await setUp();
    await runs.begin(beginRun({ provider: 'psp', file: 'psp/2.csv', cutOff: null }, timeAt(2)));
    const first = (await list('operations', { limit: ['1'] })).json;
    const rest = (await list('operations', { limit: ['1'], cursor: [first.next_cursor] })).json;
    expect([...first.data, ...rest.data].map(({ file }) => file)).toEqual([
      'psp/2.csv',
      'psp/1.csv',
    ]);
    expect((await list('operations', { cursor: ['bm8'] })).status).toBe(400);
  });
});
