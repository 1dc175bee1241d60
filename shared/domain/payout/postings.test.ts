import { describe, expect, it } from 'vitest';
import { countingStamps } from '../../../test/support/payments/payments.ts';
import {
  aRequestedPayout,
  type PayoutFactName,
  payoutFacts,
} from '../../../test/support/payouts.ts';
import { changePayout } from './change.ts';

/** The last change's transfers, as rows of the postings table: debit, credit, amount. */
function rowsOf(...names: readonly PayoutFactName[]) {
  const nextStamp = countingStamps();
  let change = aRequestedPayout(nextStamp);
  for (const name of names) {
    change = changePayout(change.after, payoutFacts[name], nextStamp());
  }
  return change.transfers.map(({ posting, kind, debitAccount, creditAccount, amountMinor }) => [
    posting,
    kind,
    debitAccount,
    creditAccount,
    amountMinor,
  ]);
}

// EUR 97.10: what is left of a payment of EUR 100.00 after its fee of EUR 2.90.
describe('the posting of', () => {
  it('payout: 9710 from merchant_available into payout_in_transit, with the reservation', () => {
    expect(rowsOf('reserved')).toEqual([
      ['payout', 'posted', 'merchant_available', 'payout_in_transit', 9_710],
    ]);
  });

  it('payout_paid: 9710 from payout_in_transit out of bank, when it arrived', () => {
    const row = [['payout_paid', 'posted', 'payout_in_transit', 'bank', 9_710]];
    expect(rowsOf('reserved', 'sending', 'sent', 'paid')).toEqual(row);
    expect(rowsOf('reserved', 'sending', 'paid')).toEqual(row);
  });

  it('payout_returned: 9710 from payout_in_transit back into merchant_available, once', () => {
    const row = [['payout_returned', 'posted', 'payout_in_transit', 'merchant_available', 9_710]];
    expect(rowsOf('reserved', 'sending', 'declined', 'returned')).toEqual(row);
    expect(rowsOf('reserved', 'sending', 'declined', 'returned', 'failed')).toEqual([]);
    expect(rowsOf('reserved', 'sending', 'sent', 'cameBack')).toEqual(row);
    expect(rowsOf('reserved', 'sending', 'cameBack')).toEqual(row);
  });

  it.each<[string, readonly PayoutFactName[]]>([
    ['the request', []],
    ['a try', ['reserved', 'sending']],
    ['a busy bank', ['reserved', 'sending', 'busy']],
    ['the order at the bank', ['reserved', 'sending', 'sent']],
    ['a decline', ['reserved', 'sending', 'declined']],
    ['an unknown outcome', ['reserved', 'sending', 'unknown']],
    ['a failure before the reservation', ['failed']],
  ])('%s: none', (_name, names) => {
    expect(rowsOf(...names)).toEqual([]);
  });
});

describe('a transfer of a payout', () => {
  it('has an id that the payout and the posting decide, and names the payout, no payment', () => {
    const nextStamp = countingStamps();
    const { after } = aRequestedPayout(nextStamp, { currency: 'JPY' });
    const [one] = changePayout(after, payoutFacts.reserved, nextStamp()).transfers;
    const [again] = changePayout(after, payoutFacts.reserved, nextStamp()).transfers;
    expect(again?.id).toBe(one?.id);
    expect(again?.time).not.toBe(one?.time);
    expect(one).toMatchObject({
      tenant: 'acme',
      currency: 'JPY',
      paymentId: null,
      operationId: after.id,
    });
  });
});
