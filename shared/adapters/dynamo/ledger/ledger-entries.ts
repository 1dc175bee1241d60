import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { AccountCode } from '../../../domain/ledger/accounts.ts';
import { type EntryOrder, pageOf } from '../../../domain/ledger/reports/entry-page.ts';
import type { Currency } from '../../../domain/money/currency.ts';
import type { EntryPage, ListEntries, ListEntriesOfDays } from '../../../ports/ledger.ts';
import { accountKey, transferOf } from './transfer-item.ts';

/** Reads an account's entries, newest first. */
export function dynamoListEntries(client: DynamoDBClient, table: string): ListEntries {
  const list = pageReader(client, table, 'newest first');
  return ({ after, ...query }) =>
    list(
      query,
      after === null
        ? null
        : { condition: '#position < :after', values: { ':after': { S: after } } },
    );
}

/**
 * Reads an account's entries of some days, oldest first. A position begins with its time and all
 * are of one length, so none lies between one and the same with a sign behind it.
 */
export function dynamoListEntriesOfDays(client: DynamoDBClient, table: string): ListEntriesOfDays {
  const list = pageReader(client, table, 'oldest first');
  return ({ after, from, to, ...query }) =>
    list(query, {
      condition: '#position BETWEEN :from AND :to',
      values: { ':from': { S: after === null ? from : `${after}!` }, ':to': { S: `${to}~` } },
    });
}

interface PageQuery {
  readonly tenant: string;
  readonly currency: Currency;
  readonly account: AccountCode;
  readonly limit: number;
}

/** Which positions are asked for. */
interface Range {
  readonly condition: string;
  readonly values: Readonly<Record<string, { readonly S: string }>>;
}

/**
 * An account's transfers from the two indexes of the ledger table. Both are asked for one more than
 * a page, so that the first of the two together are the page, and what is over says whether there
 * is another. Indexes follow the table within moments: DynamoDB reads them in no other way.
 */
function pageReader(client: DynamoDBClient, table: string, order: EntryOrder) {
  return async (
    { tenant, currency, account, limit }: PageQuery,
    range: Range | null,
  ): Promise<EntryPage> => {
    const sides = await Promise.all(
      (['debit_account', 'credit_account'] as const).map(async (side) => {
        const { Items = [] } = await client.send(
          new QueryCommand({
            TableName: table,
            IndexName: `by_${side}`,
            KeyConditionExpression: ['#account = :account', range?.condition ?? []]
              .flat()
              .join(' AND '),
            ExpressionAttributeNames: {
              '#account': side,
              ...(range ? { '#position': 'position' } : {}),
            },
            ExpressionAttributeValues: {
              ':account': { S: accountKey({ tenant, currency }, account) },
              ...range?.values,
            },
            ScanIndexForward: order === 'oldest first',
            Limit: limit + 1,
          }),
        );
        return Items.map(transferOf);
      }),
    );
    return pageOf(sides.flat(), limit, order);
  };
}
