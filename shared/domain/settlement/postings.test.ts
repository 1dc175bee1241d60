import { describe, expect, it } from 'vitest';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import { aLine, oursOf } from '../../../test/support/settlement/records.ts';
import type { SettlementLineRecord } from '../../contracts/settlement/settlement.ts';
import { postings } from '../ledger/transfer.ts';
import { noFunds, settlementTransfers } from './postings.ts';

/** The transfers of a line, `posting amount`, in their order. */
function posted(
  given: Partial<SettlementLineRecord>,
  { available = 0n, debt = 0n, ownFeeMinor = 290 } = {},
): string[] {
  const line = aLine('postings', given);
  const ours = { ...oursOf(line), ownFeeMinor };
  return settlementTransfers(
    line,
    ours,
    { availableMinor: available, debtMinor: debt },
    timeAt(1),
  ).map(({ posting, amountMinor }) => `${posting} ${amountMinor}`);
}

describe('the postings of a settlement', () => {
  it('settled, psp_fee, made_available: a capture comes to the bank, less the PSP’s fee', () => {
    expect(posted({})).toEqual(['settled 9880', 'psp_fee 120', 'made_available 9710']);
    expect(postings.settled).toEqual({ debit: 'bank', credit: 'psp_receivable' });
    expect(postings.psp_fee).toEqual({ debit: 'psp_fees', credit: 'psp_receivable' });
    expect(postings.made_available).toEqual({
      debit: 'merchant_payable',
      credit: 'merchant_available',
    });
  });

  it('settled_back, taken_back: a refund goes from the bank, and from what is available', () => {
    expect(posted({ type: 'refund', fee: 0 }, { available: 20_000n })).toEqual([
      'settled_back 10000',
      'taken_back 10000',
    ]);
    expect(postings.settled_back).toEqual({ debit: 'psp_receivable', credit: 'bank' });
    expect(postings.taken_back).toEqual({
      debit: 'merchant_available',
      credit: 'merchant_payable',
    });
  });

  it('takes a chargeback back with its fee', () => {
    expect(
      posted({ type: 'chargeback', gross: 8_500, fee: 1_500 }, { available: 20_000n }),
    ).toEqual(['settled_back 10000', 'taken_back 10000']);
  });

  it('gives the amount of a dispute that was won again', () => {
    expect(posted({ type: 'chargeback_reversal', fee: 0 }, { ownFeeMinor: 0 })).toEqual([
      'settled 10000',
      'made_available 10000',
    ]);
  });

  it.each([
    [9_999n, ['settled_back 10000', 'taken_back 9999', 'owed 1']],
    [1n, ['settled_back 10000', 'taken_back 1', 'owed 9999']],
    [0n, ['settled_back 10000', 'owed 10000']],
  ])('owed: takes back what is available, %i, and the rest is a debt', (available, expected) => {
    expect(posted({ type: 'refund', fee: 0 }, { available })).toEqual(expected);
    expect(postings.owed).toEqual({ debit: 'merchant_debt', credit: 'merchant_payable' });
  });

  it.each([
    [1n, 1],
    [9_709n, 9_709],
    [9_710n, 9_710],
    [9_711n, 9_710],
    [2n ** 80n, 9_710],
  ])('debt_paid: a capture pays a debt of %i before the merchant has it', (debt, paid) => {
    expect(posted({}, { debt })).toEqual([
      'settled 9880',
      'psp_fee 120',
      'made_available 9710',
      `debt_paid ${paid}`,
    ]);
    expect(postings.debt_paid).toEqual({ debit: 'merchant_available', credit: 'merchant_debt' });
  });

  it('pays a debt from a dispute that was won, and makes none larger', () => {
    const reversal = { type: 'chargeback_reversal', fee: 0 } as const;
    expect(posted(reversal, { debt: 11_500n })).toEqual([
      'settled 10000',
      'made_available 10000',
      'debt_paid 10000',
    ]);
    expect(posted({ type: 'refund', fee: 0 }, { available: 10_000n, debt: 5n })).toEqual([
      'settled_back 10000',
      'taken_back 10000',
    ]);
  });

  it('is exact up to the largest amount and a fee as large', () => {
    const most = 10 ** 12;
    const largest = { type: 'chargeback', gross: most, fee: most } as const;
    expect(posted(largest, { available: 1n })).toEqual([
      'settled_back 2000000000000',
      'taken_back 1',
      'owed 1999999999999',
    ]);
    expect(posted({ gross: most, fee: 1 }, { debt: 2n * 10n ** 12n, ownFeeMinor: 1 })).toEqual([
      'settled 999999999999',
      'psp_fee 1',
      'made_available 999999999999',
      'debt_paid 999999999999',
    ]);
  });

  it.each([
    ['no fee of the PSP', { fee: 0 }, {}, ['settled 10000', 'made_available 9710']],
    ['a fee as high as it', { fee: 10_000 }, {}, ['psp_fee 10000', 'made_available 9710']],
    [
      'a fee above it',
      { fee: 10_030 },
      {},
      ['settled_back 30', 'psp_fee 10030', 'made_available 9710'],
    ],
    [
      'no fee of ours',
      {},
      { ownFeeMinor: 0 },
      ['settled 9880', 'psp_fee 120', 'made_available 10000'],
    ],
    ['a fee of ours as high as it', {}, { ownFeeMinor: 10_000 }, ['settled 9880', 'psp_fee 120']],
  ])('has no transfer of nothing for a capture with %s', (_, line, ours, expected) => {
    expect(posted(line, ours)).toEqual(expected);
  });

  it('is of the payment, the operation and the run’s time', () => {
    const line = aLine('source');
    const [transfer] = settlementTransfers(line, oursOf(line, 'globex'), noFunds, timeAt(1));
    expect(transfer).toMatchObject({
      kind: 'posted',
      tenant: 'globex',
      currency: 'EUR',
      paymentId: line.record.reference,
      operationId: line.record.operation_id,
      time: timeAt(1),
    });
  });

  it('has ids of what is settled alone: not of the line, its file or its time', () => {
    const ids = (line: ReturnType<typeof aLine>, ms: number) =>
      settlementTransfers(line, oursOf(line), noFunds, timeAt(ms)).map(({ id }) => id);
    const line = aLine('ids');
    const again = aLine('ids', { line_id: 'other' }, { file: 'psp/2.csv', number: 7 });
    expect(ids(again, 2)).toEqual(ids(line, 1));
    const others = [
      ids({ ...line, provider: 'other' }, 1),
      ids(aLine('other'), 1),
      ids(aLine('ids', { type: 'chargeback_reversal' }), 1),
    ];
    expect(new Set([ids(line, 1), ...others].flat()).size).toBe(3 + 3 + 3 + 2);
  });
});
