import { describe, expect, it } from 'vitest';
import { type CsvLine, csvOf } from '../../../test/support/settlement/world.ts';
import { parseFile } from './parse-file.ts';

const line: CsvLine = {
  line_id: '000001',
  type: 'capture',
  reference: 'payment-1',
  operation_id: 'operation-1',
  gross: 10_000,
  fee: 120,
  currency: 'EUR',
};
const record = {
  ...line,
  provider_reference: 'ch_1',
  time: '2026-01-01T00:00:00.000Z',
};
const header = 'line_id,type,reference,operation_id,provider_reference,gross,fee,currency,time';
const good = '000001,capture,payment-1,operation-1,ch_1,10000,120,EUR,2026-01-01T00:00:00.000Z';

describe('a settlement file', () => {
  it('is read as PSPs write it, its lines numbered from the header on', () => {
    expect(parseFile(csvOf([line, { ...line, line_id: '000002', gross: 1, fee: 0 }]))).toEqual([
      { number: 2, record },
      { number: 3, record: { ...record, line_id: '000002', gross: 1, fee: 0 } },
    ]);
  });

  it.each([
    ['line feeds', `${header}\n${good}\n`],
    ['carriage returns and line feeds', `${header}\r\n${good}\r\n`],
    ['a byte order mark', `\uFEFF${header}\n${good}`],
    ['quotes', `"line_id"${header.slice(7)}\n"000001"${good.slice(6)}\n`],
  ])('may have %s', (_, text) => {
    expect(parseFile(text)).toEqual([{ number: 2, record }]);
  });

  it('may be of no lines at all', () => {
    expect(parseFile(`${header}\r\n`)).toEqual([]);
  });

  it('keeps the numbers of its lines when there are empty ones among them', () => {
    expect(parseFile(`${header}\n\n${good}\n`)).toEqual([{ number: 3, record }]);
  });

  it.each([
    ['nothing', ''],
    ['other columns', good],
    ['columns in another order', header.replace('gross,fee', 'fee,gross')],
    ['a column more', `${header},note`],
    ['a column less', header.replace(',time', '')],
    ['a header that is no CSV', `"${header}`],
    ['one line without an end', 'x'.repeat(100_000)],
  ])('is not read with %s', (_, text) => {
    expect(parseFile(text)).toBeNull();
  });

  it.each([
    ['a type that is none', good.replace('capture', 'chargebacks')],
    ['an amount of nothing', good.replace('10000', '0')],
    ['an amount with a fraction', good.replace('10000', '100.00')],
    ['a negative amount', good.replace('10000', '-10000')],
    ['an amount in another writing', good.replace('10000', '1e4')],
    ['an amount above the largest', good.replace('10000', '1000000000001')],
    ['an amount that no double holds', good.replace('10000', '10000000000000000000000')],
    ['a negative fee', good.replace(',120,', ',-120,')],
    ['a currency that is none', good.replace('EUR', 'EURO')],
    ['a time that is none', good.replace('00:00.000Z', '00')],
    ['no payment', good.replace('payment-1', '')],
    ['a payment that is a formula', good.replace('payment-1', '=cmd()')],
    ['a field more', `${good},`],
    ['a field less', good.replace(',EUR', '')],
    ['a quote that is not closed', good.replace('payment-1', '"payment-1')],
    ['a quote within', good.replace('payment-1', 'pay"ment')],
    ['a byte that is no UTF-8', good.replace('payment-1', 'payment\uFFFD')],
    ['no end', `${good},${'x'.repeat(100_000)}`],
  ])('has a line that cannot be read with %s, and the others around it', (_, broken) => {
    expect(parseFile([header, good, broken, good].join('\n'))).toEqual([
      { number: 2, record },
      { number: 3, record: null },
      { number: 4, record },
    ]);
  });
});
