import { describe, expect, it } from 'vitest';
import { countingStamps } from '../../../test/support/payments/payments.ts';
import {
  aRequestedPayout,
  type PayoutFactName,
  payoutFacts,
} from '../../../test/support/payouts.ts';
import { changePayout } from './change.ts';
import type { Payout } from './state.ts';
import { payoutDueOf, sweepOfPayout } from './sweep.ts';

const minuteMs = 60 * 1_000;
const hourMs = 60 * minuteMs;
const start = Date.UTC(2026, 0, 1);
const at = (ms: number) => new Date(start + ms).toISOString();
const terms = { stuckAfterMs: 5 * minuteMs };

/** A payout that was asked for at the start; its facts come a minute after each other. */
function payoutAfter(...names: readonly PayoutFactName[]): Payout {
  const nextStamp = countingStamps();
  let minutes = 0;
  const stampOf = () => ({ ...nextStamp(), time: at(minutes++ * minuteMs) });
  return names.reduce<Payout>(
    (payout, name) => changePayout(payout, payoutFacts[name], stampOf()).after,
    aRequestedPayout(stampOf).after,
  );
}

/** What a sweeper does at a time, by its last word: null for nothing. */
const sweptAt = (payout: Payout, ms: number) => sweepOfPayout(payout, at(ms), terms)?.type ?? null;

const resumedThrice = Array<'resumed'>(3).fill('resumed');

describe('a payout is due for a sweeper', () => {
  it.each<[readonly PayoutFactName[], number]>([
    [[], 1],
    [['reserved', 'sending'], 1],
    [['reserved', 'sending', 'declined'], 1],
    [['reserved', 'resumed'], 3],
    [['reserved', 'resumed', 'takenOver'], 3],
  ])('while it is under way, a minute after it was asked for last: %j', (names, minutes) => {
    expect(payoutDueOf(payoutAfter(...names))).toEqual({
      kind: 'saga',
      at: at(minutes * minuteMs),
    });
  });

  it('while its outcome is unknown, when every inquiry has ended', () => {
    expect(payoutDueOf(payoutAfter('reserved', 'sending', 'unknown'))).toEqual({
      kind: 'inquiry',
      at: at(3 * minuteMs + 25 * hourMs),
    });
  });

  it.each<[readonly PayoutFactName[]]>([
    [['reserved', 'sending', 'sent']],
    [['reserved', 'sending', 'paid']],
    [['reserved', 'sending', 'cameBack']],
    [['failed']],
    [['reserved', 'parked']],
    [['reserved', 'sending', 'unknown', 'parked']],
    [['reserved', 'sending', 'unknown', 'parked', 'tookEffect']],
  ])('never after %j', (names) => {
    const payout = payoutAfter(...names);
    expect(payoutDueOf(payout)).toBeNull();
    expect(sweptAt(payout, 1_000 * hourMs)).toBeNull();
  });
});

describe('a sweeper', () => {
  it('begins a saga anew that did not end in its time, and not before', () => {
    const payout = payoutAfter('reserved', 'sending');
    expect(sweptAt(payout, 5 * minuteMs - 1)).toBeNull();
    expect(sweptAt(payout, 5 * minuteMs)).toBe('payout.resumed');
  });

  it('gives a saga that began anew its whole time', () => {
    const payout = payoutAfter('reserved', 'sending', 'resumed');
    expect(sweptAt(payout, 8 * minuteMs - 1)).toBeNull();
    expect(sweptAt(payout, 8 * minuteMs)).toBe('payout.resumed');
  });

  it('begins a saga anew three times, and then parks it', () => {
    const twice = payoutAfter('reserved', 'resumed', 'resumed');
    expect(sweptAt(twice, hourMs)).toBe('payout.resumed');
    const thrice = payoutAfter('reserved', ...resumedThrice);
    expect(sweptAt(thrice, 9 * minuteMs - 1)).toBeNull();
    expect(sweptAt(thrice, 9 * minuteMs)).toBe('payout.parked');
  });

  it('never begins one anew while an outcome is unknown: it parks it, after the inquiry', () => {
    const unknown = payoutAfter('reserved', 'sending', 'unknown');
    expect(sweptAt(unknown, 24 * hourMs)).toBeNull();
    expect(sweptAt(unknown, 25 * hourMs + 3 * minuteMs - 1)).toBeNull();
    expect(sweptAt(unknown, 25 * hourMs + 3 * minuteMs)).toBe('payout.parked');
  });
});
