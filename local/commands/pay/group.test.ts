import { describe, expect, it } from 'vitest';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { amountOf, currencyOf } from '../api/amounts.ts';
import { capture, pay, refund } from './group.ts';

const caller = { user: 'ada', nowMs: 0 };
const id = '01900000-0000-8000-8000-000000000000';

describe('pay', () => {
  it('takes an amount and a currency, and waits unless told otherwise', () => {
    expect(requestOf(pay, ['99.90', 'EUR'], caller)).toMatchObject({
      amount: '99.90',
      currency: 'EUR',
      token: 'tok_approve',
      manual: false,
      wait: 10,
      json: false,
    });
    expect(
      requestOf(pay, ['1', 'jpy', '--token', 'tok_x', '--manual', '--wait', '1'], caller),
    ).toMatchObject({ token: 'tok_x', manual: true, wait: 1 });
  });

  it.each([[[]], [['99.90']], [['1', 'EUR', '--wait', '11']], [['1', 'EUR', '--token']]])(
    'is not %j',
    (args) => {
      expect(() => requestOf(pay, args, caller)).toThrow(UsageError);
    },
  );
});

describe('what is asked of a payment', () => {
  it('names it, and a part of it as a decimal', () => {
    expect(requestOf(capture, [id, '--amount', '40.00', '--final'], caller)).toMatchObject({
      kind: 'capture',
      id,
      amount: '40.00',
      final: true,
    });
    expect(requestOf(refund, [id], caller)).toMatchObject({ kind: 'refund', amount: undefined });
  });

  it.each([[['x']], [[]], [[id, '--approval', 'yes']]])('is not %j', (args) => {
    expect(() => requestOf(refund, args, caller)).toThrow(UsageError);
  });
});

describe('an amount', () => {
  it.each([
    ['99.90', 'EUR', 9_990],
    ['100', 'EUR', 10_000],
    ['1500', 'JPY', 1_500],
    ['1.234', 'KWD', 1_234],
  ] as const)('%s %s is %i minor units', (text, currency, minor) => {
    expect(amountOf(text, currency)).toBe(minor);
  });

  it.each([
    ['0', 'EUR'],
    ['-1', 'EUR'],
    ['1.5', 'JPY'],
    ['1,50', 'EUR'],
    ['1e3', 'EUR'],
    ['', 'EUR'],
  ] as const)('is not %s of %s', (text, currency) => {
    expect(() => amountOf(text, currency)).toThrow(UsageError);
  });

  it('is of a currency that there is, however it is written', () => {
    expect(currencyOf('eur')).toBe('EUR');
    expect(() => currencyOf('EURO')).toThrow('EURO is no currency of ISO 4217');
  });
});
