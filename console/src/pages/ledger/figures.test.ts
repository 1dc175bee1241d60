import { describe, expect, it } from 'vitest';
import {
  accountName,
  balancePoints,
  byCurrency,
  pendingOf,
  periodOf,
  seriesOf,
  trialBalanceText,
} from './figures.ts';

const none = { posted: 0, pending: 0 };
const aDay = (day: string, payable: number, debt = 0) => ({
  object: 'daily_balances' as const,
  day,
  merchant_payable: { posted: payable, pending: 5 },
  merchant_available: none,
  merchant_debt: { posted: debt, pending: 0 },
  refunds_in_transit: none,
  payout_in_transit: none,
});

describe('a trial balance', () => {
  it('says in words that it is balanced, or by what it differs and to which side', () => {
    expect(trialBalanceText({ currency: 'EUR', difference: 0 })).toEqual({
      isBalanced: true,
      text: 'balanced',
    });
    expect(trialBalanceText({ currency: 'EUR', difference: 150 })).toEqual({
      isBalanced: false,
      text: 'differs by 1.50 EUR: debits are more than credits',
    });
    expect(trialBalanceText({ currency: 'JPY', difference: -3 }).text).toBe(
      'differs by -3 JPY: debits are less than credits',
    );
  });
});

describe('what is pending of an account', () => {
  it('counts on the side on which the account grows', () => {
    const held = { debits_pending: 30, credits_pending: 10 };
    expect(pendingOf({ normal_side: 'debit', ...held })).toBe(20);
    expect(pendingOf({ normal_side: 'credit', ...held })).toBe(-20);
    const nothing = { debits_pending: 0, credits_pending: 0 };
    expect(Object.is(pendingOf({ normal_side: 'credit', ...nothing }), 0)).toBe(true);
  });
});

describe('accounts', () => {
  it('stand under their currency', () => {
    const eur = { id: 'bank.EUR', currency: 'EUR' };
    const usd = { id: 'bank.USD', currency: 'USD' };
    expect(byCurrency([usd, eur])).toEqual([
      { currency: 'EUR', accounts: [eur] },
      { currency: 'USD', accounts: [usd] },
    ]);
  });

  it('have a name, and an unknown one its id', () => {
    expect(accountName('bank.EUR')).toBe('At the bank');
    expect(accountName('toString.EUR')).toBe('toString.EUR');
  });
});

describe('the chart of balances', () => {
  const report = { data: [aDay('2026-01-01', 0), aDay('2026-01-02', 2_500)] };

  it('has a point for each day', () => {
    expect(balancePoints(report).map((point) => [point.day, point.merchant_payable])).toEqual([
      ['2026-01-01', 0],
      ['2026-01-02', 2_500],
    ]);
  });

  it('has a line for what was anything, alone', () => {
    expect(seriesOf(report).map(({ name }) => name)).toEqual(['merchant_payable']);
    expect(seriesOf({ data: [aDay('2026-01-01', 0)] })).toEqual([]);
  });
});

describe('a period', () => {
  it('ends today and counts both of its ends', () => {
    const now = new Date('2026-03-01T00:00:00.000Z');
    expect(periodOf('7 days', now)).toEqual({ from: '2026-02-23', to: '2026-03-01' });
    expect(periodOf('366 days', now).from).toBe('2025-03-01');
  });
});
