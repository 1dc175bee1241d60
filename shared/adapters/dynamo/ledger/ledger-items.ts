import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { isAccountCode } from '../../../domain/ledger/accounts.ts';
import {
  checkTransfer,
  entryPosition,
  postingNames,
  type Transfer,
  transferKinds,
} from '../../../domain/ledger/transfer.ts';
import { currencies } from '../../../domain/money.ts';

type Item = Record<string, AttributeValue>;

/** An item as the table, a query or a stream record's image has it. */
export type Image = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

/** An item of the ledger that is no transfer that this version knows. Names the attribute only. */
export class UnreadableTransfer extends Error {
  override readonly name = 'UnreadableTransfer';
}

/**
 * What a transaction has to carry so that these transfers are written with it. One partition holds
 * a transfer and what became of it:
 *
 *     TRANSFER#<id>          TRANSFER      a pending or a posted transfer
 *     TRANSFER#<pending id>  RESOLUTION    the transfer that posts or voids the pending one
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
  return transfers.flatMap((transfer) => {
    checkTransfer(transfer);
    return transfer.kind === 'post_pending' || transfer.kind === 'void_pending'
      ? resolution(transfer, tableName)
      : [putOnce(transfer, tableName, keyOf(transfer.id, 'TRANSFER'))];
  });
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
    putOnce(transfer, tableName, keyOf(transfer.pendingId, 'RESOLUTION')),
  ];
}

function putOnce(transfer: Transfer, tableName: string, key: Item): TransactWriteItem {
  const isNotThere = 'attribute_not_exists(pk)';
  return {
    Put: {
      TableName: tableName,
      Item: { ...key, ...attributesOf(transfer) },
      ConditionExpression: isNotThere,
    },
  };
}

function keyOf(transferId: string, sortKey: 'TRANSFER' | 'RESOLUTION'): Item {
  return { pk: { S: `TRANSFER#${transferId}` }, sk: { S: sortKey } };
}

/** The partition of an account in the two indexes: it tells tenant and currency apart, too. */
export function accountKey(
  book: { readonly tenant: string; readonly currency: string },
  code: string,
): string {
  return `${book.tenant}#${book.currency}#${code}`;
}

function attributesOf(transfer: Transfer): Item {
  return {
    id: { S: transfer.id },
    kind: { S: transfer.kind },
    posting: { S: transfer.posting },
    tenant: { S: transfer.tenant },
    currency: { S: transfer.currency },
    debit_account: { S: accountKey(transfer, transfer.debitAccount) },
    credit_account: { S: accountKey(transfer, transfer.creditAccount) },
    amount_minor: { N: String(transfer.amountMinor) },
    payment_id: { S: transfer.paymentId },
    time: { S: transfer.time },
    position: { S: entryPosition(transfer) },
    ...('pendingId' in transfer
      ? {
          pending_id: { S: transfer.pendingId },
          pending_amount_minor: { N: String(transfer.pendingAmountMinor) },
        }
      : {}),
  };
}

/**
 * Reads a transfer back from its item or from a stream record's image.
 *
 * @throws UnreadableTransfer naming the attribute that is missing or not what it should be
 */
export function transferOf(image: Image | undefined): Transfer {
  const text = (name: string): string => image?.[name]?.S || unreadable(name);
  const oneOf = <T extends string>(name: string, known: readonly T[]): T =>
    known.find((value) => value === text(name)) ?? unreadable(name);
  const amount = (name: string): number => {
    const value = Number(image?.[name]?.N);
    return Number.isSafeInteger(value) && value > 0 ? value : unreadable(name);
  };
  const tenant = text('tenant');
  const currency = oneOf('currency', currencies);
  const account = (name: string) => {
    const prefix = accountKey({ tenant, currency }, '');
    const code = text(name).slice(prefix.length);
    return text(name).startsWith(prefix) && isAccountCode(code) ? code : unreadable(name);
  };
  const kind = oneOf('kind', transferKinds);
  const base = {
    id: text('id'),
    tenant,
    currency,
    debitAccount: account('debit_account'),
    creditAccount: account('credit_account'),
    amountMinor: amount('amount_minor'),
    posting: oneOf('posting', postingNames),
    paymentId: text('payment_id'),
    time: text('time'),
  };
  return kind === 'pending' || kind === 'posted'
    ? { ...base, kind }
    : {
        ...base,
        kind,
        pendingId: text('pending_id'),
        pendingAmountMinor: amount('pending_amount_minor'),
      };
}

function unreadable(attribute: string): never {
  throw new UnreadableTransfer(`an item of the ledger has no usable ${attribute}`);
}
