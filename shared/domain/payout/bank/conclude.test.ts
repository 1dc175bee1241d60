import { describe, expect, it } from 'vitest';
import { aPayout, type PayoutFactName, payoutFacts } from '../../../../test/support/payouts.ts';
import { bankOf, concludedPayout, goesOn } from './conclude.ts';

const after = async (...names: readonly PayoutFactName[]) => (await aPayout()).write(...names);

describe('a conclusion about an order', () => {
  it('is on record as if the bank had answered it', async () => {
    const unknown = await after('reserved', 'sending', 'unknown');
    expect(concludedPayout(unknown, { kind: 'accepted', bankReference: 'bt_1' })).toEqual(
      payoutFacts.sent,
    );
    const { code, message } = payoutFacts.declined.facts;
    expect(concludedPayout(unknown, { kind: 'declined', code, message })).toEqual(
      payoutFacts.declined,
    );
  });

  it('is of the bank that the order went to, and of no payout without one', async () => {
    expect(bankOf(await after('reserved', 'sending'))).toBe('bank');
    const reserved = await after('reserved');
    expect(() => bankOf(reserved)).toThrow('no order');
  });
});

describe('the saga of a payout that is known', () => {
  it.each<[readonly PayoutFactName[], boolean]>([
    [['reserved', 'sending', 'unknown', 'declined'], true],
    [['reserved', 'sending', 'unknown', 'declined', 'resumed'], false],
    [['reserved', 'sending', 'unknown', 'declined', 'parked'], false],
    [['reserved', 'sending', 'unknown'], false],
    [['reserved', 'sending', 'unknown', 'sent'], false],
    [['reserved', 'sending', 'unknown', 'declined', 'returned', 'failed'], false],
  ])('after %j goes on: %s', async (names, isOn) => {
    const fact = { type: 'payout.resumed', facts: { reason: 'why' } };
    expect(goesOn(await after(...names), 'why')).toEqual(isOn ? fact : null);
  });
});
