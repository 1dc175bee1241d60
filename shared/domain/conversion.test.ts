import { describe, expect, it } from 'vitest';
import { timeAt } from '../../test/support/ledger/transfers.ts';
import {
  conversionId,
  conversionPostingsOf,
  makeConversion,
  renderConversion,
} from './conversion.ts';
import type { ExchangeRates } from './money/exchange/exchange.ts';
import { money } from './money/money.ts';

const rates: ExchangeRates = { date: '2026-11-20', base: 'EUR', rates: { USD: '1.1590' } };

const conversion = makeConversion(
  {
    id: conversionId('acme', 'key-1'),
    tenant: 'acme',
    requestHash: 'hash',
    sold: money(9_710, 'EUR'),
    to: 'USD',
  },
  rates,
  timeAt(0),
);

describe('a conversion', () => {
  it('buys at the rate of the day', () => {
    expect(renderConversion(conversion)).toEqual({
      id: conversion.id,
      object: 'conversion',
      sold: { amount: 9_710, currency: 'EUR' },
      // 97.10 x 1.1590 = 112.5389
      bought: { amount: 11_253, currency: 'USD' },
      rate: '1.159',
      rates_date: '2026-11-20',
      created: timeAt(0),
    });
  });

  it('has an id that its tenant and key decide', () => {
    const ids = [conversionId('acme', 'key-1'), conversionId('acme', 'key-2')];
    expect(ids[0]).toBe(conversion.id);
    expect(new Set([...ids, conversionId('globex', 'key-1')]).size).toBe(3);
  });
});

describe('the posting of', () => {
  const [sold, bought] = conversionPostingsOf(conversion);

  it('fx_sold: 9710 from merchant_available into fx_clearing, in the book of the sold currency', () => {
    expect(sold).toMatchObject({
      posting: 'fx_sold',
      kind: 'posted',
      currency: 'EUR',
      debitAccount: 'merchant_available',
      creditAccount: 'fx_clearing',
      amountMinor: 9_710,
    });
  });

  it('fx_bought: 11253 from fx_clearing into merchant_available, in the book of the bought one', () => {
    expect(bought).toMatchObject({
      posting: 'fx_bought',
      kind: 'posted',
      currency: 'USD',
      debitAccount: 'fx_clearing',
      creditAccount: 'merchant_available',
      amountMinor: 11_253,
    });
  });

  it('each names the conversion, no payment, and has an id of its own, the same each time', () => {
    for (const transfer of [sold, bought]) {
      expect(transfer).toMatchObject({ paymentId: null, operationId: conversion.id });
    }
    expect(new Set([sold?.id, bought?.id]).size).toBe(2);
    expect(conversionPostingsOf(conversion)).toEqual([sold, bought]);
  });
});
