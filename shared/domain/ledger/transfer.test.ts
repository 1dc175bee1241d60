import { describe, expect, it } from 'vitest';
import { holdTransfer, releaseTransfer } from '../../../test/support/ledger/postings.ts';
import { aPayment, aTransfer, timeAt } from '../../../test/support/ledger/transfers.ts';
import { checkTransfer, effectOf, type Transfer } from './transfer.ts';

describe('a transfer', () => {
  const release = releaseTransfer(aPayment(), timeAt(0)) as Extract<
    Transfer,
    { pendingId: string }
  >;

  it('is taken when every rule holds', () => {
    for (const transfer of [aTransfer(), holdTransfer(aPayment(), timeAt(0)), release]) {
      expect(() => checkTransfer(transfer)).not.toThrow();
    }
  });

  it.each<[string, Transfer, RegExp]>([
    ['between one account', aTransfer({ creditAccount: 'merchant_payable' }), /one account/],
    ['of nothing', aTransfer({ amountMinor: 0 }), /positive whole amount/],
    ['of less than nothing', aTransfer({ amountMinor: -1 }), /positive whole amount/],
    ['of a fraction', aTransfer({ amountMinor: 1.5 }), /positive whole amount/],
    ['of no number', aTransfer({ amountMinor: Number.NaN }), /positive whole amount/],
    ['of what a number cannot hold', aTransfer({ amountMinor: 2 ** 53 }), /positive whole amount/],
    [
      'of more than was pending',
      { ...release, pendingAmountMinor: 9_999 },
      /more than was pending/,
    ],
    ['of an unknown pending', { ...release, pendingAmountMinor: Number.NaN }, /more than was/],
  ])('is refused %s', (_, transfer, message) => {
    expect(() => checkTransfer(transfer)).toThrow(message);
  });

  it('that posts a part takes the whole off what is pending', () => {
    const part = { ...release, kind: 'post_pending', amountMinor: 4_000 } as const;
    expect(effectOf(part)).toEqual({ pending: -10_000n, posted: 4_000n });
  });
});
