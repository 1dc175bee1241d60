import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import {
  SettlementLine,
  type SettlementLineRecord,
  settlementColumns,
  settlementPrefix,
} from '../../../shared/contracts/settlement/settlement.ts';
import { SimulatorSettlement } from '../../../shared/contracts/simulator/settlements.ts';
import { aSimulator } from '../../../test/support/psp/simulator.ts';

/** The simulator with a charge at will, and its files as their reader sees them. */
function aSettling() {
  const simulator = aSimulator();
  const { post, files } = simulator;
  const charge = async (id: string, part: Readonly<Record<string, unknown>> = {}) => {
    const { json } = await post('/charges', {
      operation_id: id,
      reference: `pay-${id}`,
      amount: 10_000,
      currency: 'EUR',
      payment_method: 'tok_approve',
      capture: true,
      ...part,
    });
    return json.id as string;
  };
  const settle = async (operation_id: string, part: Readonly<Record<string, unknown>> = {}) => {
    const { status, json } = await post('/settlements', { operation_id, ...part });
    expect(status).toBe(200);
    return SimulatorSettlement.parse(json);
  };
  const read = async (key: string): Promise<SettlementLineRecord[]> =>
    parse((await files.get(key)) ?? '', { columns: true }).map((record) =>
      SettlementLine.parse(record),
    );
  const keys = async () => (await files.list(settlementPrefix('simulator'))).map(({ key }) => key);
  return { ...simulator, charge, settle, read, keys };
}

describe('a settlement file', () => {
  it('has a line for each capture, refund, chargeback and reversal, and for nothing else', async () => {
    const { charge, settle, read, post, pass } = aSettling();
    const first = await charge('op-1');
    pass(1_000);
    const second = await charge('op-2', { capture: false, amount: 8_000 });
    pass(1_000);
    await post(`/charges/${second}/capture`, { operation_id: 'op-3', amount: 3_000 });
    pass(1_000);
    const final = { operation_id: 'op-4', amount: 4_000, final: true };
    await post(`/charges/${second}/capture`, final);
    const third = await charge('op-5', { capture: false });
    await post(`/charges/${third}/void`, { operation_id: 'op-6' });
    await charge('op-7', { payment_method: 'tok_decline_lost_card' });
    pass(1_000);
    await post(`/charges/${first}/refund`, { operation_id: 'op-8', amount: 1_000 });
    pass(1_000);
    const opened = await post(`/charges/${first}/disputes`, {
      operation_id: 'op-9',
      amount: 2_000,
      reason: 'fraudulent',
    });
    const dispute: string = opened.json.id;
    pass(1_000);
    await post(`/disputes/${dispute}/close`, { outcome: 'won' });
    const lost = await post(`/charges/${second}/disputes`, { operation_id: 'op-10', reason: 'x' });
    pass(1_000);
    await post(`/disputes/${lost.json.id}/close`, { outcome: 'lost' });

    const { file, lines } = await settle('op-11');
    const records = await read(file);
    expect(lines).toBe(7);
    expect(
      records.map((r) => [
        r.type,
        r.reference,
        r.operation_id,
        r.provider_reference,
        r.gross,
        r.fee,
      ]),
    ).toEqual([
      ['capture', 'pay-op-1', 'op-1', first, 10_000, 120],
      ['capture', 'pay-op-2', 'op-3', second, 3_000, 36],
      ['capture', 'pay-op-2', 'op-4', second, 4_000, 48],
      ['refund', 'pay-op-1', 'op-8', first, 1_000, 0],
      ['chargeback', 'pay-op-1', dispute, first, 2_000, 1_500],
      ...expectedLast(),
    ]);
    expect(records.map(({ time }) => time.slice(17, 19))).toEqual([
      '00',
      '02',
      '03',
      '04',
      '05',
      '06',
      '06',
    ]);

    /** Two effects of one instant, in the order of their ids. */
    function expectedLast() {
      const reversal = ['chargeback_reversal', 'pay-op-1', dispute, first, 2_000, 0];
      const chargeback = ['chargeback', 'pay-op-2', lost.json.id, second, 7_000, 1_500];
      return records[5]?.type === 'chargeback' ? [chargeback, reversal] : [reversal, chargeback];
    }
  });

  it('is a CSV with a header, in the columns of the contract', async () => {
    const { charge, settle, files } = aSettling();
    await charge('op-1');
    const { file } = await settle('op-2');
    expect(file).toBe('simulator/2026-01-01-000001.csv');
    expect(await files.get(file)).toBe(
      `${settlementColumns.join(',')}\r\n000001,capture,pay-op-1,op-1,ch_1,10000,120,EUR,2026-01-01T00:00:00.000Z\r\n`,
    );
  });

  it('is exact at the largest amount', async () => {
    const { charge, settle, read } = aSettling();
    await charge('op-1', { amount: 10 ** 12, currency: 'JPY' });
    expect(await read((await settle('op-2')).file)).toMatchObject([
      { gross: 1_000_000_000_000, fee: 12_000_000_000, currency: 'JPY' },
    ]);
  });

  it('has what no earlier one had', async () => {
    const { charge, settle, read, keys, pass } = aSettling();
    await charge('op-1');
    const first = await settle('op-2');
    await charge('op-3');
    pass(24 * 60 * 60 * 1_000);
    const second = await settle('op-4');
    expect(await read(second.file)).toMatchObject([{ operation_id: 'op-3' }]);
    expect(await read(first.file)).toMatchObject([{ operation_id: 'op-1' }]);
    expect(await keys()).toEqual([
      'simulator/2026-01-01-000001.csv',
      'simulator/2026-01-02-000002.csv',
    ]);
  });

  it('without a line has its header', async () => {
    const { settle, read, files } = aSettling();
    const { file, lines } = await settle('op-1');
    expect(lines).toBe(0);
    expect(await files.get(file)).toBe(`${settlementColumns.join(',')}\r\n`);
    expect(await read(file)).toEqual([]);
  });

  it('has only the currencies asked for, and leaves the others for the next', async () => {
    const { charge, settle, read } = aSettling();
    await charge('op-1');
    await charge('op-2', { currency: 'JPY' });
    await charge('op-3', { currency: 'KWD' });
    const some = await settle('op-4', { currencies: ['JPY', 'USD'] });
    expect((await read(some.file)).map(({ currency }) => currency)).toEqual(['JPY']);
    const rest = await settle('op-5');
    expect((await read(rest.file)).map(({ currency }) => currency)).toEqual(['EUR', 'KWD']);
  });

  it('says which lines are wrong, and settles them for good all the same', async () => {
    const { charge, settle, read, pass } = aSettling();
    for (const id of ['op-1', 'op-2', 'op-3', 'op-4', 'op-5']) {
      await charge(id);
      pass(1_000);
    }
    const { file, lines, faults } = await settle('op-6', {
      faults: [
        { kind: 'missing_line' },
        { kind: 'wrong_amount' },
        { kind: 'wrong_currency', operation_id: 'op-5' },
        { kind: 'duplicate_line' },
        { kind: 'extra_line' },
      ],
    });
    const records = await read(file);
    expect(lines).toBe(records.length);
    expect(faults.map(({ kind, operation_id }) => [kind, operation_id])).toEqual([
      ['missing_line', 'op-1'],
      ['wrong_amount', 'op-2'],
      ['wrong_currency', 'op-5'],
      ['duplicate_line', 'op-3'],
      ['extra_line', expect.any(String)],
    ]);
    expect(records.map((r) => [r.operation_id, r.gross, r.currency])).toEqual([
      ['op-2', 10_001, 'EUR'],
      ['op-3', 10_000, 'EUR'],
      ['op-4', 10_000, 'EUR'],
      ['op-5', 10_000, 'USD'],
      ['op-3', 10_000, 'EUR'],
      [faults[4]?.operation_id, 1_000, 'EUR'],
    ]);
    expect((await settle('op-7')).lines).toBe(0);
  });
});

describe('a settlement', () => {
  it('asked for again has the same answer and the same file, and no second one', async () => {
    const { charge, settle, keys, files } = aSettling();
    await charge('op-1');
    const asked = { faults: [{ kind: 'extra_line' }], currencies: ['EUR'] };
    const first = await settle('op-2', asked);
    const csv = await files.get(first.file);
    await charge('op-3');
    expect(await settle('op-2', asked)).toEqual(first);
    expect(await files.get(first.file)).toBe(csv);
    expect(await keys()).toHaveLength(1);
  });

  it.each([[{}], [{ faults: [{ kind: 'extra_line' }] }], [{ currencies: ['JPY'] }]])(
    'asked for otherwise under its operation id is refused: %o',
    async (part) => {
      const { settle, post, keys } = aSettling();
      await settle('op-1', { currencies: ['EUR'] });
      expect(await post('/settlements', { operation_id: 'op-1', ...part })).toMatchObject({
        status: 409,
        json: { error: { code: 'operation_id_reused' } },
      });
      expect(await keys()).toHaveLength(1);
    },
  );

  it('asked for ten times at once has one file with every line', async () => {
    const { charge, settle, keys, read } = aSettling();
    await Promise.all(Array.from({ length: 20 }, (_, index) => charge(`op-${index}`)));
    const answers = await Promise.all(Array.from({ length: 10 }, () => settle('op-99')));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await keys()).toHaveLength(1);
    expect(await read(answers[0]?.file ?? '')).toHaveLength(20);
  });

  it('is of one PSP, and has what was captured there', async () => {
    const { charge, post, settle, read, keys } = aSettling();
    await charge('op-1');
    const there = { reference: 'pay-2', amount: 500, currency: 'EUR', capture: true };
    const body = { ...there, operation_id: 'op-2', payment_method: 'tok_approve' };
    await post('/b/charges', body);
    const ours = await settle('op-3');
    const theirs = await settle('op-3', { psp: 'simulator-b', faults: [{ kind: 'extra_line' }] });
    expect(theirs.file).toBe('simulator-b/2026-01-01-000001.csv');
    expect(await read(ours.file)).toMatchObject([{ operation_id: 'op-1' }]);
    expect(await read(theirs.file)).toMatchObject([{ operation_id: 'op-2' }, { gross: 1_000 }]);
    expect(await keys()).toEqual([ours.file]);
  });

  it('is written by the next call when the bucket was away', async () => {
    const { charge, settle, read, files } = aSettling();
    await charge('op-1');
    const { put } = files;
    Object.assign(files, { put: () => Promise.reject(new Error('bucket gone')) });
    await expect(settle('op-2')).rejects.toThrow('bucket gone');
    Object.assign(files, { put });
    await charge('op-3');
    expect(await read((await settle('op-2')).file)).toMatchObject([{ operation_id: 'op-1' }]);
  });

  it('that was left by who began it is finished by another, and not before that one is gone', async () => {
    const { charge, settle, read, files, pass } = aSettling();
    await charge('op-1');
    const { put } = files;
    Object.assign(files, { put: () => Promise.reject(new Error('bucket gone')) });
    await expect(settle('op-2')).rejects.toThrow('bucket gone');
    Object.assign(files, { put });
    pass(15 * 60 * 1_000);
    expect(await settle('op-3')).toMatchObject({ lines: 0 });
    expect(await files.list('simulator/')).toHaveLength(1);
    pass(1);
    expect(await settle('op-4')).toMatchObject({ lines: 0 });
    const abandoned = 'simulator/2026-01-01-000001.csv';
    expect(await read(abandoned)).toMatchObject([{ operation_id: 'op-1' }]);
    expect(await settle('op-2')).toMatchObject({ file: abandoned, lines: 1 });
  });

  it.each([
    ['no operation', {}],
    ['an unknown fault', { operation_id: 'op-1', faults: [{ kind: 'late' }] }],
    ['an unknown currency', { operation_id: 'op-1', currencies: ['EUX'] }],
    ['no currency', { operation_id: 'op-1', currencies: [] }],
  ])('with %s is refused', async (_name, body) => {
    const { post, keys } = aSettling();
    expect((await post('/settlements', body)).json).toMatchObject({
      error: { code: 'invalid_request' },
    });
    expect(await keys()).toEqual([]);
  });
});
