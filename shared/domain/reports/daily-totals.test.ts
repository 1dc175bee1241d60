import { describe, expect, it } from 'vitest';
import { type FactName, facts } from '../../../test/support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import type { PaymentEvent } from '../../contracts/events/payment-events.ts';
import { DailyTotals } from '../../contracts/reports.ts';
import {
  additionOf,
  addTallies,
  type DayTotals,
  pageOfDays,
  renderDayTotals,
  type Tallies,
  talliesText,
} from './daily-totals.ts';

/** EUR 100.00. */
const accepted = anAcceptedPayment(countingStamps()).event;

function eventOf(name: FactName): PaymentEvent {
  const { type, facts: data } = facts[name];
  const { payment } = accepted.data;
  return { ...accepted, type, data: { ...data, payment } } as unknown as PaymentEvent;
}

const one = (amount: number) => ({ count: 1, amountMinor: BigInt(amount) });

describe('what an event adds to its day', () => {
  it('is its payment, when it was taken', () => {
    expect(additionOf(accepted)).toEqual({
      day: '2026-01-01',
      currency: 'EUR',
      totals: { accepted: one(10_000) },
    });
  });

  it.each<[FactName, Tallies]>([
    ['authorized', { authorized: one(10_000) }],
    ['capturedPart', { captured: one(4_000), fees: one(116) }],
    ['refunded', { refunded: one(3_000) }],
    ['failed', { failed: one(10_000) }],
    ['canceledRest', { canceled: one(6_000) }],
    ['expired', { expired: one(10_000) }],
    ['disputeOpened', { disputes_opened: one(10_000), dispute_fees: one(1_500) }],
    ['disputeWon', { disputes_won: one(0) }],
    ['disputeLost', { disputes_lost: one(0) }],
  ])('of %s is what it is about', (name, totals) => {
    expect(additionOf(eventOf(name)).totals).toEqual(totals);
  });

  it.each<FactName>([
    'reserved',
    'declined',
    'unknownCharge',
    'reversed',
    'released',
    'captureRequested',
    'captureFailed',
    'cancelRequested',
    'refundRequested',
    'refundHeld',
    'refundReturned',
    'refundFailed',
  ])('of %s is nothing: it is no end of anything', (name) => {
    expect(additionOf(eventOf(name)).totals).toEqual({});
  });

  it('has no fee of nothing, as the ledger has none', () => {
    const free = (name: FactName) => {
      const event = eventOf(name);
      return { ...event, data: { ...event.data, fee: 0 } } as PaymentEvent;
    };
    expect(Object.keys(additionOf(free('captured')).totals)).toEqual(['captured']);
    expect(Object.keys(additionOf(free('disputeOpened')).totals)).toEqual(['disputes_opened']);
  });

  it('is of the UTC day of its own time, to the last millisecond of it', () => {
    const at = (time: string) => additionOf({ ...accepted, time }).day;
    expect(at('2026-11-21T23:59:59.999Z')).toBe('2026-11-21');
    expect(at('2026-11-22T00:00:00.000Z')).toBe('2026-11-22');
  });
});

describe('the totals of a day', () => {
  const totals: Tallies = { captured: one(5), disputes_won: one(0) };

  it('are sums', () => {
    expect(addTallies(totals, { captured: one(7), refunded: one(1) })).toEqual({
      captured: { count: 2, amountMinor: 12n },
      disputes_won: one(0),
      refunded: one(1),
    });
  });

  it('are shown by their contract, with zero for what did not happen', () => {
    const shown = renderDayTotals({ day: '2026-01-01', currency: 'EUR', totals });
    expect(DailyTotals.parse(shown)).toEqual(shown);
    expect(shown).toMatchObject({
      captured: { count: 1, amount: 5n },
      refunded: { count: 0, amount: 0n },
      disputes_won: { count: 1 },
    });
  });

  it('as a text are equal exactly when they are equal', () => {
    const { captured, disputes_won } = { captured: one(5), disputes_won: one(0) };
    expect(talliesText({ disputes_won, captured })).toBe(talliesText({ captured, disputes_won }));
    expect(talliesText({ captured: one(6) })).not.toBe(talliesText({ captured }));
    expect(talliesText({ captured: { count: 2, amountMinor: 5n } })).not.toBe(
      talliesText({ captured }),
    );
  });
});

describe('a page of days', () => {
  const part = (day: string, currency: DayTotals['currency'] = 'EUR'): DayTotals => ({
    day,
    currency,
    totals: { captured: one(1) },
  });

  it('has each day once, with its parts added up', () => {
    const parts = [part('2026-01-01'), part('2026-01-02'), part('2026-01-01')];
    expect(pageOfDays(parts, 2)).toEqual({
      days: [
        part('2026-01-02'),
        { ...part('2026-01-01'), totals: { captured: { count: 2, amountMinor: 2n } } },
      ],
      next: null,
    });
  });

  it('ends with the position of its last day when there are more', () => {
    const parts = [part('2026-01-01'), part('2026-01-02', 'USD'), part('2026-01-02')];
    expect(pageOfDays(parts, 2).next).toBe('2026-01-02#EUR');
  });
});
