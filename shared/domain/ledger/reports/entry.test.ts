import { describe, expect, it } from 'vitest';
import { captureTransfers, holdTransfer } from '../../../../test/support/ledger/postings.ts';
import { aPayment, timeAt } from '../../../../test/support/ledger/transfers.ts';
import { LedgerEntry } from '../../../contracts/ledger.ts';
import type { Transfer } from '../transfer.ts';
import { renderEntry } from './entry.ts';

const payment = aPayment();
const [captured, fee] = captureTransfers(payment, timeAt(1)) as [Transfer, Transfer];

describe('an entry', () => {
  it('shows a transfer from the side of the account that it debits', () => {
    const entry = renderEntry(fee, 'merchant_payable');
    expect(entry).toEqual({
      object: 'ledger_entry',
      transfer_id: fee.id,
      account: 'merchant_payable.EUR',
      counter_account: 'fee_revenue.EUR',
      direction: 'debit',
      kind: 'posted',
      posting: 'fee',
      amount: 290,
      currency: 'EUR',
      pending_id: null,
      payment_id: payment.id,
      operation_id: fee.operationId,
      time: timeAt(1),
    });
    expect(LedgerEntry.parse(entry)).toEqual(entry);
  });

  it('shows it from the side of the account that it credits, too', () => {
    expect(renderEntry(fee, 'fee_revenue')).toMatchObject({
      account: 'fee_revenue.EUR',
      counter_account: 'merchant_payable.EUR',
      direction: 'credit',
    });
  });

  it('names the pending transfer that it resolves', () => {
    const entry = renderEntry(captured, 'merchant_payable');
    expect(entry.pending_id).toBe(holdTransfer(payment, timeAt(0)).id);
    expect(LedgerEntry.parse(entry)).toEqual(entry);
  });

  it('may be of no payment and of no operation', () => {
    const entry = renderEntry({ ...fee, paymentId: null, operationId: null }, 'fee_revenue');
    expect(entry).toMatchObject({ payment_id: null, operation_id: null });
    expect(LedgerEntry.parse(entry)).toEqual(entry);
  });
});
