import { describe, expect, it } from 'vitest';
import { breaksOf, differenceText, placeOf, postedTexts, sideText } from './words.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });

describe('what the file says against the ledger', () => {
  it('is more or less in one currency', () => {
    expect(differenceText({ ours: eur(10_000), theirs: eur(10_001) })).toBe(
      'the file has 0.01 EUR more',
    );
    expect(differenceText({ ours: eur(10_000), theirs: eur(9_000) })).toBe(
      'the file has 10.00 EUR less',
    );
    expect(differenceText({ ours: eur(5), theirs: eur(5) })).toBe('none');
  });

  it('compares nothing with one side alone, or with two currencies', () => {
    expect(differenceText({ ours: eur(5), theirs: null })).toBe('one side alone');
    expect(differenceText({ ours: null, theirs: eur(5) })).toBe('one side alone');
    const usd = { amount: 5, currency: 'USD' as const };
    expect(differenceText({ ours: eur(5), theirs: usd })).toBe('two currencies');
    expect(sideText(null)).toBe('nothing');
  });
});

describe('the place of a break', () => {
  it('is its line, or the file where there is none', () => {
    expect(placeOf({ file: 'psp/1.csv', line: 2 })).toBe('psp/1.csv:2');
    expect(placeOf({ file: 'psp/1.csv', line: null })).toBe('psp/1.csv');
  });
});

describe('a run', () => {
  const none = { settled_back: 0, made_available: 0, taken_back: 0, owed: 0, debt_paid: 0 };

  it('counts the breaks of all kinds', () => {
    const kinds = { missing_line: 1, extra_line: 0, wrong_amount: 2, wrong_currency: 0 };
    expect(breaksOf({ breaks: { ...kinds, duplicate_line: 0, unreadable_line: 3 } })).toBe(6);
  });

  it('says what came to the bank, and what the PSP kept', () => {
    const posted = [
      { currency: 'EUR' as const, ...none, settled: 7_892, settled_back: 92, psp_fee: 108 },
      { currency: 'JPY' as const, ...none, settled: 5, psp_fee: 0 },
    ];
    expect(postedTexts({ posted })).toEqual([
      'to the bank 78.00 EUR, PSP fees 1.08 EUR',
      'to the bank 5 JPY',
    ]);
  });
});
