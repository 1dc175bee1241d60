import { describe, expect, it } from 'vitest';
import type { DeadLetter, DeadLetterQueue, RedriveOutcome } from './types.ts';
import {
  isDone,
  needsSecondPerson,
  outcomeText,
  riskOfAll,
  safeOnes,
  tenantOf,
  totalOf,
} from './words.ts';

const payment = { kind: 'payment', id: 'p-1' } as const;

const aLetter = (more: Partial<DeadLetter> = {}): DeadLetter => ({
  object: 'dead_letter',
  id: 'l-1',
  queue: 'payments-relay',
  when: '2026-01-01T00:00:02.000Z',
  what: 'payment.captured',
  about: [payment],
  at_risk: [{ amount: 100, currency: 'EUR' }],
  at_risk_known: true,
  reason: 'Error',
  verdict: { kind: 'repeatable', redo: 'safe', why: 'it is', advice: 'redrive it' },
  ...more,
});

const aQueue = (...letters: DeadLetter[]): DeadLetterQueue => ({
  name: 'payments-relay',
  kind: 'stream',
  function: 'payments-relay',
  letters,
  more: false,
  taken_by_others: 1,
});

describe('the total of the dead letters', () => {
  it('counts letters, those of others, and the oldest over all queues', () => {
    const older = aLetter({ id: 'l-2', when: '2026-01-01T00:00:01.000Z' });
    expect(totalOf([aQueue(aLetter()), { ...aQueue(older), more: true }])).toMatchObject({
      letters: 2,
      isMore: true,
      isRiskKnown: false,
      takenByOthers: 2,
      oldest: older.when,
    });
    expect(totalOf([])).toMatchObject({ letters: 0, isMore: false, oldest: null, atRisk: [] });
  });

  it('counts a payment that two letters are about once, with the most of them', () => {
    const twice = aLetter({ id: 'l-2', at_risk: [{ amount: 250, currency: 'EUR' }] });
    expect(riskOfAll([aLetter(), twice, aLetter()])).toEqual([{ amount: 250, currency: 'EUR' }]);
    const other = aLetter({ id: 'l-3', about: [{ kind: 'payment', id: 'p-2' }] });
    expect(riskOfAll([aLetter(), other])).toHaveLength(2);
  });

  it('takes letters that are about nobody each by itself', () => {
    expect(riskOfAll([aLetter({ about: [] }), aLetter({ id: 'l-2', about: [] })])).toHaveLength(2);
  });
});

describe('a second person', () => {
  it('is needed for much, and for what nobody can put a figure to', () => {
    const much = [{ amount: 1_000_001, currency: 'EUR' as const }];
    expect(needsSecondPerson(aLetter())).toBe(false);
    expect(needsSecondPerson(aLetter({ at_risk: much }))).toBe(true);
    expect(needsSecondPerson(aLetter({ at_risk_known: false }))).toBe(true);
  });
});

describe('redriving all of a queue', () => {
  it('takes what is safe, the oldest first', () => {
    const older = aLetter({ id: 'l-2', when: '2026-01-01T00:00:01.000Z' });
    const unsafe = aLetter({ verdict: { ...aLetter().verdict, redo: 'unsafe' } });
    const impossible = aLetter({ verdict: { ...aLetter().verdict, redo: 'impossible' } });
    expect(safeOnes([aLetter(), unsafe, older, impossible]).map(({ id }) => id)).toEqual([
      'l-2',
      'l-1',
    ]);
  });
});

describe('what became of a letter', () => {
  it('names what stayed of it', () => {
    const letters = [{ id: 'l-9', records: 1, reason: 'Unhandled' }];
    const stays: RedriveOutcome = { kind: 'stays', passed: 2, letters };
    expect(outcomeText(stays, 'safe')).toContain(
      '2 records passed; 1 record stayed as l-9: Unhandled',
    );
    expect(isDone(stays)).toBe(false);
  });

  it('says that a failure may have been done', () => {
    const failed: RedriveOutcome = { kind: 'failed', error: 'no answer' };
    expect(outcomeText(failed, 'safe')).toMatch(
      /may have been .* safe to redrive again; no answer/,
    );
    expect(outcomeText(failed, 'unsafe')).toMatch(/may have been .* See what it did .* no answer/);
    expect(isDone({ kind: 'redriven' })).toBe(true);
    expect(isDone({ kind: 'would' })).toBe(false);
  });
});

describe('whose a letter is', () => {
  it('is what its content says, where it does', () => {
    expect(tenantOf({ content: { tenant: 'acme' } })).toBe('acme');
    for (const content of [null, undefined, 'acme', {}, { tenant: 7 }]) {
      expect(tenantOf({ content })).toBeNull();
    }
  });
});
