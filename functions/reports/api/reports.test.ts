import { describe, expect, it } from 'vitest';
import { memoryDailyTotals } from '../../../shared/adapters/memory/projections/daily-totals.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { BalanceReport } from '../../../shared/contracts/reports.ts';
import { balancesOf } from '../../../shared/domain/ledger/reports/statement.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { accessOf } from '../../../test/support/api/access.ts';
import { apiEvent, invoke } from '../../../test/support/api/api-event.ts';
import { aLedgerWith } from '../../../test/support/ledger/ledgers.ts';
import { aCapture, aHold, timeAt } from '../../../test/support/ledger/transfers.ts';
import { anAddingEvent } from '../../../test/support/reports.ts';
import { getBalanceReport } from './balances.ts';
import { listDailyTotals } from './daily-totals.ts';

const now = () => new Date('2026-01-04T12:00:00.000Z');

type Query = Readonly<Record<string, string>>;
const queryOf = (query: Query) =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]]));

describe('GET /reports/daily-totals', () => {
  async function setUp() {
    const totals = memoryDailyTotals();
    for (const [index, time] of [
      '2025-12-31',
      '2026-01-01',
      '2026-01-02',
      '2026-01-04',
    ].entries()) {
      await totals.project(anAddingEvent({ payment: index, time, amount: 10 ** index }), 2);
    }
    await totals.project(anAddingEvent({ payment: 9, time: '2026-01-02', currency: 'JPY' }), 2);
    await totals.project(anAddingEvent({ tenant: 'globex', time: '2026-01-02' }), 2);
    await totals.project(anAddingEvent({ payment: 10, time: '2026-01-03' }), 1);
    const useCase = listDailyTotals({
      list: totals.list,
      generations: async () => ({ live: 2, beside: [1] }),
      now,
    });
    const handler = httpHandler(endpoints.listDailyTotals, accessOf('acme'), useCase);
    return (query: Query = {}) =>
      invoke(
        handler,
        apiEvent({ method: 'GET', path: '/reports/daily-totals', query: queryOf(query) }),
      );
  }
  const daysOf = ({ json }: Awaited<ReturnType<typeof invoke>>) =>
    json.data.map(({ day, currency }: { day: string; currency: string }) => `${day} ${currency}`);

  it('answers with this month’s days of the live generation, newest first', async () => {
    const answer = await (await setUp())();
    expect(answer).toMatchObject({ status: 200, json: { object: 'list', next_cursor: null } });
    expect(daysOf(answer)).toEqual([
      '2026-01-04 EUR',
      '2026-01-02 JPY',
      '2026-01-02 EUR',
      '2026-01-01 EUR',
    ]);
    expect(answer.json.data[0]).toMatchObject({
      captured: { count: 1, amount: 1_000 },
      refunded: { count: 0, amount: 0 },
      disputes_lost: { count: 0 },
    });
  });

  it('answers with the days of a period, and of one currency', async () => {
    const read = await setUp();
    const of = { from: '2025-12-31', to: '2026-01-02' };
    expect(daysOf(await read(of))).toHaveLength(4);
    expect(daysOf(await read({ ...of, currency: 'JPY' }))).toEqual(['2026-01-02 JPY']);
  });

  it('goes on page by page in the period that it began with', async () => {
    const read = await setUp();
    const first = await read({ from: '2025-12-31', limit: '3' });
    expect(daysOf(first)).toHaveLength(3);
    const second = await read({ limit: '3', cursor: first.json.next_cursor });
    expect(daysOf(second)).toEqual(['2026-01-01 EUR', '2025-12-31 EUR']);
    expect(second.json.next_cursor).toBeNull();
  });

  it('goes on in the currency that it began with, and refuses its cursor in another', async () => {
    const read = await setUp();
    const of = { from: '2025-12-31', limit: '1' };
    const euros = await read({ ...of, currency: 'EUR' });
    const cursor = euros.json.next_cursor;
    expect(daysOf(await read({ ...of, currency: 'EUR', cursor }))).toEqual(['2026-01-02 EUR']);
    const all = (await read(of)).json.next_cursor;
    for (const query of [
      { ...of, currency: 'JPY', cursor },
      { ...of, cursor },
      { ...of, currency: 'EUR', cursor: all },
    ]) {
      expect(await read(query)).toMatchObject({
        status: 400,
        json: { errors: [{ path: '?/cursor', message: 'is of another currency' }] },
      });
    }
  });

  it('writes a sum beyond 2^53 as the number that it is', async () => {
    const totals = memoryDailyTotals();
    for (const payment of [1, 2]) {
      const amount = 4_503_599_627_370_496 + payment;
      await totals.project(anAddingEvent({ payment, amount, time: '2026-01-02' }), 1);
    }
    const useCase = listDailyTotals({
      list: totals.list,
      generations: async () => ({ live: 1, beside: [] }),
      now,
    });
    const handler = httpHandler(endpoints.listDailyTotals, accessOf('acme'), useCase);
    const { text } = await invoke(
      handler,
      apiEvent({ method: 'GET', path: '/reports/daily-totals' }),
    );
    expect(text).toContain('"captured":{"count":2,"amount":9007199254740995}');
  });

  const cursor = (position: string) => Buffer.from(position).toString('base64url');
  it.each<[string, Query, string]>([
    ['a period that ends before it begins', { from: '2026-01-05' }, '?/from'],
    ['a period of 367 days', { from: '2025-01-01', to: '2026-01-02' }, '?/from'],
    ['what is no day', { to: '2026-02-30' }, '?/to'],
    ['what is no currency', { currency: 'EURO' }, '?/currency'],
    ['101 days at once', { limit: '101' }, '?/limit'],
    ['a cursor of another list', { cursor: cursor('2026-01-01#x') }, '?/cursor'],
    [
      'a cursor of another period',
      { from: '2026-01-02', cursor: cursor('2026-01-01|2026-01-04||2026-01-02#EUR') },
      '?/cursor',
    ],
    [
      'a cursor that goes before its period',
      { cursor: cursor('2026-01-01|2026-01-04||2025-12-31#EUR') },
      '?/cursor',
    ],
    [
      'a cursor that goes behind its period',
      { cursor: cursor('2026-01-01|2026-01-04||2026-01-05#EUR') },
      '?/cursor',
    ],
  ])('refuses %s', async (_, query, path) => {
    const answer = await (await setUp())(query);
    expect(answer).toMatchObject({
      status: 400,
      json: { code: 'invalid_request', errors: [{ path }] },
    });
  });
});

describe('GET /reports/balances', () => {
  const dayMs = 24 * 60 * 60 * 1_000;
  const at = (day: number) => ({ time: timeAt((day - 1) * dayMs) });

  async function setUp() {
    const { books } = await aLedgerWith([
      ...aCapture(at(1), '1'),
      ...aCapture(at(3), '3'),
      aHold(at(3), 'held'),
    ]);
    const useCase = getBalanceReport({ ...books, now });
    const handler = httpHandler(endpoints.getBalanceReport, accessOf('acme'), useCase);
    const read = (query: Query) =>
      invoke(
        handler,
        apiEvent({ method: 'GET', path: '/reports/balances', query: queryOf(query) }),
      );
    return { books, read };
  }
  const payableOf = ({ json }: Awaited<ReturnType<typeof invoke>>) =>
    json.data.map((one: { day: string; merchant_payable: { posted: number; pending: number } }) => [
      one.day.slice(8),
      one.merchant_payable.posted,
      one.merchant_payable.pending,
    ]);

  it('answers with the end of each day up to today, also of one without transfers', async () => {
    const { read } = await setUp();
    const answer = await read({ currency: 'EUR' });
    expect(answer).toMatchObject({
      status: 200,
      json: {
        object: 'balance_report',
        currency: 'EUR',
        from: '2026-01-01',
        to: '2026-01-04',
        as_of: timeAt(2 * dayMs),
      },
    });
    expect(BalanceReport.safeParse(answer.json).success).toBe(true);
    expect(payableOf(answer)).toEqual([
      ['01', 9_710, 0],
      ['02', 9_710, 0],
      ['03', 19_420, 10_000],
      ['04', 19_420, 10_000],
    ]);
  });

  it('begins a period with what was before it', async () => {
    const { read } = await setUp();
    const answer = await read({ currency: 'EUR', from: '2026-01-02', to: '2026-01-02' });
    expect(payableOf(answer)).toEqual([['02', 9_710, 0]]);
  });

  it('is as of the latest transfer of the book, also in a period that was over before it', async () => {
    const { books, read } = await setUp();
    const asOf = (await books.read('acme', 'EUR'))?.asOf;
    expect(asOf).toBe(timeAt(2 * dayMs));
    const over = await read({ currency: 'EUR', from: '2025-12-30', to: '2026-01-01' });
    expect(over.json).toMatchObject({ as_of: asOf, data: [{}, {}, {}] });
  });

  it('ends with what the ledger’s accounts have', async () => {
    const { books, read } = await setUp();
    const { json } = await read({ currency: 'EUR' });
    const book = await books.read('acme', 'EUR');
    for (const code of ['merchant_payable', 'merchant_available', 'refunds_in_transit'] as const) {
      const counters = book?.accounts[code];
      const { postedMinor, pendingMinor } = counters
        ? balancesOf(code, counters)
        : { postedMinor: 0n, pendingMinor: 0n };
      expect(json.data.at(-1)[code]).toEqual({
        posted: Number(postedMinor),
        pending: Number(pendingMinor),
      });
    }
  });

  it('has no end of a day that is not there yet', async () => {
    const { read } = await setUp();
    const answer = await read({ currency: 'EUR', from: '2026-01-04', to: '2026-02-04' });
    expect(payableOf(answer).map(([day]: [string]) => day)).toEqual(['04']);
    const later = await read({ currency: 'EUR', from: '2026-02-01', to: '2026-02-04' });
    expect(later.json.data).toEqual([]);
  });

  it('is nothing in a currency that never was any of', async () => {
    const { read } = await setUp();
    const { json } = await read({ currency: 'CHF', to: '2026-01-01' });
    expect(json).toMatchObject({ as_of: null, data: [{ merchant_payable: { posted: 0 } }] });
  });

  it.each<[string, Query, string]>([
    ['no currency', {}, '?/currency'],
    ['a period that ends before it begins', { currency: 'EUR', from: '2026-01-05' }, '?/from'],
    ['a limit, as it has no pages', { currency: 'EUR', limit: '2' }, '?/limit'],
  ])('refuses %s', async (_, query, path) => {
    const { read } = await setUp();
    expect(await read(query)).toMatchObject({ status: 400, json: { errors: [{ path }] } });
  });
});
