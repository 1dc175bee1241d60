import type { LedgerEntryResource } from '../../../contracts/ledger.ts';
import { type AccountCode, accountId } from '../accounts.ts';
import type { Transfer } from '../transfer.ts';

/** A transfer as one of its two accounts sees it. */
export function renderEntry(transfer: Transfer, account: AccountCode): LedgerEntryResource {
  const debits = transfer.debitAccount === account;
  const { currency } = transfer;
  return {
    object: 'ledger_entry',
    transfer_id: transfer.id,
    account: accountId(account, currency),
    counter_account: accountId(debits ? transfer.creditAccount : transfer.debitAccount, currency),
    direction: debits ? 'debit' : 'credit',
    kind: transfer.kind,
    posting: transfer.posting,
    amount: transfer.amountMinor,
    currency,
    pending_id: 'pendingId' in transfer ? transfer.pendingId : null,
    payment_id: transfer.paymentId,
    operation_id: transfer.operationId,
    time: transfer.time,
  };
}
