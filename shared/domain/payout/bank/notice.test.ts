import { describe, expect, it } from 'vitest';
import {
  aPayout,
  aPayoutNotice,
  type PayoutFactName,
  payoutFacts,
} from '../../../../test/support/payouts.ts';
import { meaningOf, type PayoutNotice } from './notice.ts';

const meaningAfter = async (
  names: readonly PayoutFactName[],
  type: PayoutNotice['type'],
  data: Partial<PayoutNotice['data']> = {},
) => {
  const { id, write } = await aPayout();
  return meaningOf(await write(...names), aPayoutNotice(type, id, data));
};

const paid = payoutFacts.paid;
const cameBack = payoutFacts.cameBack;

describe('a notice of a payout', () => {
  it.each<[readonly PayoutFactName[]]>([
    [['reserved', 'sending']],
    [['reserved', 'sending', 'busy']],
    [['reserved', 'sending', 'unknown']],
    [['reserved', 'sending', 'sent']],
  ])('is the bank’s word after %j', async (names) => {
    expect(await meaningAfter(names, 'payout.paid')).toEqual(paid);
    expect(await meaningAfter(names, 'payout.failed')).toEqual(cameBack);
  });

  it('that says what is on record is no news', async () => {
    const sent = ['reserved', 'sending', 'sent'] as const;
    expect(await meaningAfter([...sent, 'paid'], 'payout.paid')).toBeNull();
    expect(await meaningAfter([...sent, 'cameBack'], 'payout.failed')).toBeNull();
    const declined = ['reserved', 'sending', 'declined', 'returned'] as const;
    expect(await meaningAfter(declined, 'payout.failed')).toBeNull();
    expect(await meaningAfter([...declined, 'failed'], 'payout.failed')).toBeNull();
  });

  it('of a decline that is not undone yet ends the payout at once', async () => {
    const names = ['reserved', 'sending', 'declined'] as const;
    expect(await meaningAfter(names, 'payout.failed')).toEqual(cameBack);
  });

  it('says why the money came back, and that it did when the bank does not say why', async () => {
    const names = ['reserved', 'sending', 'sent'] as const;
    const failure = { code: 'unreachable', message: 'No.' };
    expect(await meaningAfter(names, 'payout.failed', { failure })).toMatchObject({
      facts: failure,
    });
    expect(await meaningAfter(names, 'payout.failed', { failure: null })).toMatchObject({
      facts: { code: 'returned_by_bank' },
    });
  });

  it.each<[string, readonly PayoutFactName[], PayoutNotice['type'], object, RegExp]>([
    ['a payout that was never sent', ['reserved'], 'payout.paid', {}, /ever sent/],
    ['one that never came so far', ['failed'], 'payout.failed', {}, /ever sent/],
    [
      'another amount',
      ['reserved', 'sending', 'sent'],
      'payout.paid',
      { amount: 9_709 },
      /another amount/,
    ],
    [
      'another currency',
      ['reserved', 'sending', 'sent'],
      'payout.failed',
      { currency: 'USD' },
      /another amount or currency/,
    ],
    [
      'another order',
      ['reserved', 'sending', 'sent'],
      'payout.paid',
      { bank_reference: 'bt_2' },
      /another order/,
    ],
    [
      'another order than arrived',
      ['reserved', 'sending', 'paid'],
      'payout.paid',
      { bank_reference: 'bt_2' },
      /another order/,
    ],
    [
      'a failure after the end',
      ['reserved', 'sending', 'sent', 'paid'],
      'payout.failed',
      {},
      /that was paid/,
    ],
    [
      'success after the end',
      ['reserved', 'sending', 'sent', 'cameBack'],
      'payout.paid',
      {},
      /given back/,
    ],
    [
      'success of what the bank declined',
      ['reserved', 'sending', 'declined'],
      'payout.paid',
      {},
      /given back/,
    ],
    [
      'success of what was given back',
      ['reserved', 'sending', 'busy', 'returned'],
      'payout.paid',
      {},
      /given back/,
    ],
  ])('contradicts the record with %s', async (_name, names, type, data, reason) => {
    expect(await meaningAfter(names, type, data)).toEqual({
      contradiction: expect.stringMatching(reason),
    });
  });

  it('of another provider contradicts the record', async () => {
    for (const names of [[], ['unknown'], ['sent'], ['sent', 'paid']] as const) {
      const { id, write } = await aPayout();
      const payout = await write('reserved', 'sending', ...names);
      const notice = { ...aPayoutNotice('payout.paid', id), provider: 'other' };
      expect(meaningOf(payout, notice)).toEqual({
        contradiction: expect.stringContaining('another order'),
      });
    }
  });
});
