import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isAccountCode } from '../../../domain/ledger/accounts.ts';
import {
  entryPosition,
  postingNames,
  type Transfer,
  transferKinds,
} from '../../../domain/ledger/transfer.ts';
import { currencies } from '../../../domain/money/currency.ts';

/** An item as the table, a query or a stream record's image has it. */
export type Image = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

/** An item of the ledger that is no transfer that this version knows. Names the attribute only. */
export class UnreadableTransfer extends Error {
  override readonly name = 'UnreadableTransfer';
}

/** The partition of an account in the two indexes: it tells tenant and currency apart, too. */
export function accountKey(
  book: { readonly tenant: string; readonly currency: string },
  code: string,
): string {
  return `${book.tenant}#${book.currency}#${code}`;
}

/** What an item has of its transfer. */
export function attributesOf(transfer: Transfer): Record<string, AttributeValue> {
  return {
    id: { S: transfer.id },
    kind: { S: transfer.kind },
    posting: { S: transfer.posting },
    tenant: { S: transfer.tenant },
    currency: { S: transfer.currency },
    debit_account: { S: accountKey(transfer, transfer.debitAccount) },
    credit_account: { S: accountKey(transfer, transfer.creditAccount) },
    amount_minor: { N: String(transfer.amountMinor) },
    ...(transfer.paymentId === null ? {} : { payment_id: { S: transfer.paymentId } }),
    ...(transfer.operationId === null ? {} : { operation_id: { S: transfer.operationId } }),
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
  const textOrNull = (name: string) => (image?.[name] === undefined ? null : text(name));
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
    paymentId: textOrNull('payment_id'),
    operationId: textOrNull('operation_id'),
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
