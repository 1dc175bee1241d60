import { describe, expect, it } from 'vitest';
import { amountText, needsApproval, sumsOf } from './amounts.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe('the sums of what is at risk', () => {
  it('are kept apart by currency, in the order of their codes', () => {
    const usd = (amount: number) => ({ amount, currency: 'USD' });
    expect(sumsOf([usd(5), eur(100), usd(7)])).toEqual([
      { currency: 'EUR', amountMinor: 100n },
      { currency: 'USD', amountMinor: 12n },
    ]);
    expect(sumsOf([])).toEqual([]);
  });

  it('are exact beyond what a double holds', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(sumsOf([eur(most), eur(2)])).toEqual([
      { currency: 'EUR', amountMinor: 9_007_199_254_740_993n },
    ]);
  });

  it('are written by the digits of their currency', () => {
    expect(amountText(1_500, 'JPY')).toBe('1,500 JPY');
    expect(amountText(-1_500, 'KWD')).toBe('-1.500 KWD');
  });
});

describe('an approval', () => {
  it('is needed above the limit, for one currency or their sum in it, and not at it', () => {
    expect(needsApproval([eur(1_000_000)])).toBe(false);
    expect(needsApproval([eur(1_000_001)])).toBe(true);
    expect(needsApproval([eur(600_000), eur(400_001)])).toBe(true);
    expect(needsApproval([eur(600_000), { amount: 600_000, currency: 'USD' }])).toBe(false);
  });
});
