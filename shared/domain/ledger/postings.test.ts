import { describe, expect, it } from 'vitest';
import { aPayment, timeAt } from '../../../test/support/transfers.ts';
import { transferId } from '../ids.ts';
import { captureTransfers, feeOf, holdTransfer, releaseTransfer } from './postings.ts';
import { effectOf, type Transfer } from './transfer.ts';

const payment = aPayment({ amount: 10_000, currency: 'EUR' });
const time = timeAt(1);
const hold = holdTransfer(payment, time);

/** Each row of the postings table for EUR 100.00: what moves between which accounts. */
const rows: readonly (readonly [Transfer['posting'], Transfer | undefined, object])[] = [
  [
    'authorized',
    hold,
    {
      kind: 'pending',
      debitAccount: 'psp_receivable',
      creditAccount: 'merchant_payable',
      amountMinor: 10_000,
    },
  ],
  [
    'captured',
    captureTransfers(payment, time)[0],
    {
      kind: 'post_pending',
      debitAccount: 'psp_receivable',
      creditAccount: 'merchant_payable',
      amountMinor: 10_000,
      pendingId: hold.id,
      pendingAmountMinor: 10_000,
    },
  ],
  [
    'fee',
    captureTransfers(payment, time)[1],
    {
      kind: 'posted',
      debitAccount: 'merchant_payable',
      creditAccount: 'fee_revenue',
      amountMinor: 290,
    },
  ],
  [
    'released',
    releaseTransfer(payment, time),
    {
      kind: 'void_pending',
      debitAccount: 'psp_receivable',
      creditAccount: 'merchant_payable',
      amountMinor: 10_000,
      pendingId: hold.id,
      pendingAmountMinor: 10_000,
    },
  ],
];

describe('the postings table', () => {
  it.each(rows)('%s', (posting, transfer, expected) => {
    expect(transfer).toEqual({
      id: transferId(payment.id, posting),
      tenant: 'acme',
      currency: 'EUR',
      posting,
      paymentId: payment.id,
      time,
      ...expected,
    });
  });

  it('has nothing pending after a capture or a release of what was authorized', () => {
    const [captured] = captureTransfers(payment, time);
    for (const resolution of [captured, releaseTransfer(payment, time)]) {
      expect(effectOf(hold).pending + effectOf(resolution as Transfer).pending).toBe(0);
    }
  });

  it('has posted the amount after a capture, and nothing after a release', () => {
    const [captured] = captureTransfers(payment, time);
    expect(effectOf(captured as Transfer).posted).toBe(10_000);
    expect(effectOf(releaseTransfer(payment, time)).posted).toBe(0);
  });

  it('gives a repeated change the same transfers, and another payment others', () => {
    expect(holdTransfer(payment, time)).toEqual(hold);
    expect(holdTransfer(aPayment({ key: '2' }), time).id).not.toBe(hold.id);
  });

  it('makes no fee transfer of nothing', () => {
    const [, fee] = captureTransfers(aPayment({ amount: 17 }), time);
    expect(fee).toBeUndefined();
  });
});

describe('the fee', () => {
  it.each([
    ['of EUR 100.00', 10_000, 290],
    ['of the smallest amount', 1, 0],
    ['below a half', 17, 0],
    ['from a half on', 18, 1],
    ['of an exact half', 5_000, 145],
    ['of the largest amount', 1_000_000_000_000, 29_000_000_000],
    ['just under it', 999_999_999_999, 29_000_000_000],
  ])('%s', (_, amountMinor, feeMinor) => {
    expect(feeOf(amountMinor)).toBe(feeMinor);
  });
});
