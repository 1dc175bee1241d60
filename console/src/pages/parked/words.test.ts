import { describe, expect, it } from 'vitest';
import {
  isReference,
  isWord,
  needsReference,
  needsSecondPerson,
  resolutionText,
  subjectOf,
  wordText,
} from './words.ts';

const large = { amount: 1_000_001, currency: 'EUR' };
const aResolution = {
  outcome: 'took_effect',
  provider_reference: 'ch_1',
  by: 'key:1',
  reason: 'seen there',
  time: '2026-01-01T00:00:00.000Z',
} as const;

describe('a reference of the PSP or the bank', () => {
  it.each([
    ['charge', 'took_effect', true],
    ['payout', 'took_effect', true],
    ['refund', 'took_effect', false],
    ['charge', 'no_effect', false],
    ['charge', 'ask', false],
  ] as const)('for a %s that %s: %s', (operation, action, is) => {
    expect(needsReference({ operation }, action)).toBe(is);
  });

  it('has the characters that the API takes', () => {
    expect(isReference('ch_1-a.b~c')).toBe(true);
    expect(isReference(' ch_1 ')).toBe(true);
    for (const not of ['', 'a b', 'ä', 'x'.repeat(65)]) {
      expect(isReference(not)).toBe(false);
    }
  });
});

describe('a second person', () => {
  it('is needed for a word over a large amount, and for nothing that asks or resumes', () => {
    expect(needsSecondPerson(large, 'took_effect')).toBe(true);
    expect(needsSecondPerson(large, 'no_effect')).toBe(true);
    expect(needsSecondPerson(large, 'ask')).toBe(false);
    expect(needsSecondPerson(large, 'resume')).toBe(false);
    expect(needsSecondPerson({ amount: 1_000_000, currency: 'EUR' }, 'took_effect')).toBe(false);
  });
});

describe('a word', () => {
  it('is on what took effect and what did not', () => {
    const all = ['took_effect', 'no_effect', 'ask', 'resume'] as const;
    expect(all.filter(isWord)).toEqual(['took_effect', 'no_effect']);
  });

  it('is shown to whoever approves it with its reference, where it has one', () => {
    expect(wordText('no_effect', null)).toBe('“it had no effect”');
    expect(wordText('took_effect', null)).toBe('“it took effect”');
    expect(wordText('took_effect', '')).toBe('“it took effect”');
    expect(wordText('took_effect', 'ch_1')).toContain('under the reference ch_1');
  });
});

describe('what came of an act', () => {
  it('is the word of a person, and whether it led to something', () => {
    const done = { resolution: aResolution, answer: null, actions: [] };
    expect(resolutionText(done)).toBe('It counts as having taken effect.');
    expect(resolutionText({ ...done, actions: ['took_effect'] })).toMatch(
      /not led to anything yet/,
    );
  });

  it('is the answer, where it was asked and is still not known', () => {
    const asked = { resolution: null, actions: ['ask' as const] };
    expect(resolutionText({ ...asked, answer: 'timeout' })).toContain('the answer was: timeout');
    expect(resolutionText({ ...asked, answer: null })).toMatch(/still waits/);
  });
});

describe('what is parked', () => {
  it('is a payment or a payout', () => {
    expect(subjectOf({ payment_id: 'p', payout_id: null })).toEqual({ kind: 'payment', id: 'p' });
    expect(subjectOf({ payment_id: null, payout_id: 'o' })).toEqual({
      kind: 'payout',
      id: 'o',
    });
  });
});
