import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Transfer } from '../../../domain/ledger/transfer.ts';
import { entryPosition } from '../../../domain/ledger/transfer.ts';
import type { ListEntries } from '../../../ports/ledger.ts';
import { accountKey, transferOf } from './ledger-items.ts';

/**
 * An account's transfers from the two indexes of the ledger table. Both are asked for what comes
 * strictly after the cursor and for one more than a page, so that the newest of the two together
 * are the page, and what is over says whether there is another. Indexes follow the table within
 * moments: DynamoDB reads them in no other way.
 */
export function dynamoListEntries(client: DynamoDBClient, table: string): ListEntries {
  return async ({ tenant, currency, account, limit, after }) => {
    const key = accountKey({ tenant, currency }, account);
    const sides = await Promise.all(
      (['debit_account', 'credit_account'] as const).map(async (side) => {
        const { Items = [] } = await client.send(
          new QueryCommand({
            TableName: table,
            IndexName: `by_${side}`,
            KeyConditionExpression: `#account = :account${after === null ? '' : ' AND #position < :after'}`,
            ExpressionAttributeNames: {
              '#account': side,
              ...(after === null ? {} : { '#position': 'position' }),
            },
            ExpressionAttributeValues: {
              ':account': { S: key },
              ...(after === null ? {} : { ':after': { S: after } }),
            },
            ScanIndexForward: false,
            Limit: limit + 1,
          }),
        );
        return Items.map(transferOf);
      }),
    );
    return pageOf(sides.flat(), limit);
  };
}

/** The newest `limit` of the transfers, and where the next page starts. */
function pageOf(transfers: readonly Transfer[], limit: number) {
  const newestFirst = transfers
    .map((transfer) => ({ transfer, position: entryPosition(transfer) }))
    .sort((a, b) => (a.position < b.position ? 1 : -1));
  const page = newestFirst.slice(0, limit);
  return {
    transfers: page.map(({ transfer }) => transfer),
    next: newestFirst.length > limit ? (page.at(-1)?.position ?? null) : null,
  };
}
