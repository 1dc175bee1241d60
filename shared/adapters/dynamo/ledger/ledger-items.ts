import type {
  AttributeValue,
  CancellationReason,
  TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { limitChanges } from '../../../domain/ledger/limits.ts';
import { checkTransfer, type Transfer } from '../../../domain/ledger/transfer.ts';
import { isLimitUpdate, limitUpdate } from './limited-accounts.ts';
import { accountKey, attributesOf } from './transfer-item.ts';

type Item = Record<string, AttributeValue>;

/** What the partitions of transfers begin with. */
export const transferPartition = 'TRANSFER#';

/**
 * What a transaction has to carry so that these transfers are written with it. One partition holds
 * a transfer and what became of it:
 *
 *     TRANSFER#<id>          TRANSFER      a pending or a posted transfer
 *     TRANSFER#<pending id>  RESOLUTION    the transfer that posts or voids the pending one
 *
 * and the balance of each limited account that they touch changes with them.
 *
 * Transfers are never changed and, by their conditions, never written twice. A pending one and its
 * resolution cannot be in one transaction, as the second checks what the first would put.
 *
 * @throws RangeError for a transfer that no ledger may take
 */
export function ledgerItems(
  transfers: readonly Transfer[],
  tableName: string,
): TransactWriteItem[] {
  const puts = transfers.flatMap((transfer) => {
    checkTransfer(transfer);
    return transfer.kind === 'post_pending' || transfer.kind === 'void_pending'
      ? resolution(transfer, tableName)
      : [putOnce(transfer, tableName)];
  });
  return [...puts, ...limitChanges(transfers).map((change) => limitUpdate(change, tableName))];
}

/**
 * What a refused transaction with the ledger's items says to them. A repeated transaction can find
 * its own transfers there and the limit used up, by itself or by others since: then it was written,
 * and is `refused`. Only when nothing but limits refused, the caller's own items included, funds
 * are what it lacked.
 *
 * @param items all of the transaction
 * @param reasons as DynamoDB gave them, one an item
 */
export function ledgerRefusal(
  items: readonly TransactWriteItem[],
  reasons: readonly CancellationReason[],
): 'refused' | 'insufficient_funds' {
  const refusing = items.filter((_, index) => reasons[index]?.Code === 'ConditionalCheckFailed');
  return refusing.length > 0 && refusing.every(isLimitUpdate) ? 'insufficient_funds' : 'refused';
}

/**
 * A capture and a release race to resolve one pending transfer:
 *
 *     A  check it is pending and ours, put RESOLUTION if not there   ---- written: posted
 *     B     check it is pending and ours, put RESOLUTION if not there   ---- refused: it has one
 *
 * Both would put the same item, so at most one of them can; no state of the pending transfer has to
 * change for that. The check keeps a resolution from another tenant's, account's or amount's hold:
 * `pendingAmountMinor` is what the fold takes off the pending counters, so it must be the truth.
 */
function resolution(
  transfer: Extract<Transfer, { pendingId: string }>,
  tableName: string,
): TransactWriteItem[] {
  const isPending = '#kind = :pending';
  const isBetweenTheSameAccounts = '#debit = :debit AND #credit = :credit';
  const isOfTheAmountGiven = '#amount = :pendingAmount';
  const coversThePosting = '#amount >= :amount';
  return [
    {
      ConditionCheck: {
        TableName: tableName,
        Key: keyOf(transfer.pendingId, 'TRANSFER'),
        ConditionExpression: [
          isPending,
          isBetweenTheSameAccounts,
          isOfTheAmountGiven,
          coversThePosting,
        ].join(' AND '),
        ExpressionAttributeNames: {
          '#kind': 'kind',
          '#debit': 'debit_account',
          '#credit': 'credit_account',
          '#amount': 'amount_minor',
        },
        ExpressionAttributeValues: {
          ':pending': { S: 'pending' },
          ':debit': { S: accountKey(transfer, transfer.debitAccount) },
          ':credit': { S: accountKey(transfer, transfer.creditAccount) },
          ':pendingAmount': { N: String(transfer.pendingAmountMinor) },
          ':amount': { N: String(transfer.amountMinor) },
        },
      },
    },
    putOnce(transfer, tableName),
  ];
}

function putOnce(transfer: Transfer, tableName: string): TransactWriteItem {
  const isNotThere = 'attribute_not_exists(pk)';
  return {
    Put: {
      TableName: tableName,
      Item: { ...transferKeyOf(transfer), ...attributesOf(transfer) },
      ConditionExpression: isNotThere,
    },
  };
}

/** Where a transfer is: one that resolves another, beside it. */
export function transferKeyOf(transfer: Transfer): Item {
  return 'pendingId' in transfer
    ? keyOf(transfer.pendingId, 'RESOLUTION')
    : keyOf(transfer.id, 'TRANSFER');
}

function keyOf(transferId: string, sortKey: 'TRANSFER' | 'RESOLUTION'): Item {
  return { pk: { S: `${transferPartition}${transferId}` }, sk: { S: sortKey } };
}
