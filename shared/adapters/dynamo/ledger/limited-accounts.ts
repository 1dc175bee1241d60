import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { type AccountCode, isAccountCode } from '../../../domain/ledger/accounts.ts';
import { counterNames } from '../../../domain/ledger/book.ts';
import type { LimitChange } from '../../../domain/ledger/limits.ts';
import { type Counters, zeroCounters } from '../../../domain/ledger/transfer.ts';
import type { Currency } from '../../../domain/money/currency.ts';
import type { LimitedAccount, ReadLimited } from '../../../ports/ledger.ts';
import { accountKey, type Image } from './transfer-item.ts';

/** What the partitions of limited accounts begin with. */
export const limitedPartition = 'ACCOUNT#';

const limitSortKey = 'LIMIT';

function keyOf(account: Pick<LimitedAccount, 'tenant' | 'currency' | 'code'>) {
  return {
    pk: { S: `${limitedPartition}${accountKey(account, account.code)}` },
    sk: { S: limitSortKey },
  };
}

/**
 * What a transaction does to a limited account, `ACCOUNT#<tenant>#<currency>#<code> / LIMIT`: four
 * counters, and `available`, which the limit is a condition on. It is derived from the counters, as
 * a condition cannot add; which of them it is made from is the limit's own. Two payouts race for the
 * last EUR 100:
 *
 *     A  available -100 if available >= 100   ---- written: available 0
 *     B     available -100 if available >= 100   ---- conflict with A: tried again
 *           available -100 if available >= 100   ---- refused: insufficient funds
 *
 * All transfers of a transaction are one update, as DynamoDB takes one an item: what counts is what
 * they leave behind together.
 */
export function limitUpdate(change: LimitChange, tableName: string): TransactWriteItem {
  const { tenant, currency, code, deltas, availableByMinor } = change;
  const staysWithinTheLimit = '#available >= :taken';
  const counters = Object.entries(deltas).map(([counter, byMinor]) => ({
    attribute: counterNames[counter as keyof Counters],
    byMinor,
  }));
  return {
    Update: {
      TableName: tableName,
      Key: keyOf(change),
      UpdateExpression: [
        'SET #tenant = :tenant, #currency = :currency, #code = :code',
        `ADD #available :available, ${counters.map(({ attribute }) => `${attribute} :${attribute}`).join(', ')}`,
      ].join(' '),
      ...(availableByMinor < 0n ? { ConditionExpression: staysWithinTheLimit } : {}),
      ExpressionAttributeNames: {
        '#available': 'available',
        '#tenant': 'tenant',
        '#currency': 'currency',
        '#code': 'code',
      },
      ExpressionAttributeValues: {
        ...(availableByMinor < 0n ? { ':taken': { N: String(-availableByMinor) } } : {}),
        ':available': { N: String(availableByMinor) },
        ':tenant': { S: tenant },
        ':currency': { S: currency },
        ':code': { S: code },
        ...Object.fromEntries(
          counters.map(({ attribute, byMinor }) => [`:${attribute}`, { N: String(byMinor) }]),
        ),
      },
    },
  };
}

/** True for an update of a limited account: the one item of a transaction that funds can refuse. */
export function isLimitUpdate({ Update }: TransactWriteItem): boolean {
  return Update?.Key?.sk?.S === limitSortKey;
}

/** Reads a limited account from its item. */
export function limitedAccountOf(item: Image): LimitedAccount {
  const code = item.code?.S ?? '';
  if (!isAccountCode(code)) {
    throw new Error(`a limited account is none that this version knows: ${code}`);
  }
  const counters = Object.fromEntries(
    Object.entries(counterNames).map(([counter, name]) => [counter, sumOf(item, name)]),
  ) as unknown as Counters;
  return {
    tenant: item.tenant?.S ?? '',
    currency: item.currency?.S as Currency,
    code,
    counters,
    availableMinor: sumOf(item, 'available'),
  };
}

function sumOf(item: Image, name: string): bigint {
  return BigInt(item[name]?.N ?? 0);
}

/** Reads a limited account as it is now; one that no transfer has touched has nothing available. */
export function dynamoReadLimited(client: DynamoDBClient, table: string): ReadLimited {
  return async (tenant: string, currency: Currency, code: AccountCode) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: keyOf({ tenant, currency, code }),
        ConsistentRead: true,
      }),
    );
    return Item
      ? limitedAccountOf(Item)
      : { tenant, currency, code, counters: zeroCounters, availableMinor: 0n };
  };
}
