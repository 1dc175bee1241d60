import { type DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { dynamoWriteTransfers } from '../../shared/adapters/dynamo/ledger/write-transfers.ts';
import type { Transfer } from '../../shared/domain/ledger/transfer.ts';
import { aCredit, aHold } from '../support/ledger/transfers.ts';
import { type Figure, median, type Section } from './timing.ts';

const transfers = 300;
const atOnce = 20;
const rounds = 3;

/** Transfers a second, written so many at once, each in a transaction of its own. */
async function perSecond(write: (index: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < transfers) {
        await write(next++);
      }
    }),
  );
  return (transfers * 1_000) / (performance.now() - start);
}

/**
 * How many transfers a second go into the ledger: onto one account and onto many, of the open kind and
 * of the limited kind, whose balance each transfer's own transaction changes.
 */
export async function benchLedger(client: DynamoDBClient, table: string): Promise<Section> {
  const write = dynamoWriteTransfers(client, table);
  const written = async (transfer: Transfer) => {
    const outcome = await write([transfer]);
    if (outcome !== 'written') {
      throw new Error(`a transfer was ${outcome}`);
    }
  };
  const one = (round: number) => `bench-one-${round}`;
  const many = (round: number, index: number) => `bench-many-${round}-${index % 50}`;
  const kinds: Readonly<Record<string, (round: number, index: number) => Promise<unknown>>> = {
    'open, one account': (round, index) =>
      written(aHold({ tenant: one(round) }, `one ${round} ${index}`)),
    'open, 50 accounts': (round, index) =>
      written(aHold({ tenant: many(round, index) }, `many ${round} ${index}`)),
    'limited, one account': (round, index) =>
      written(aCredit({ tenant: one(round) }, `l one ${round} ${index}`)),
    'limited, 50 accounts': (round, index) =>
      written(aCredit({ tenant: many(round, index) }, `l many ${round} ${index}`)),
  };
  const bare = (round: number, index: number) =>
    client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Put: {
              TableName: table,
              Item: { pk: { S: `BENCH#${round}#${index}` }, sk: { S: 'BENCH' } },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
        ],
      }),
    );
  const rates = new Map<string, number[]>(
    ['bare', ...Object.keys(kinds)].map((name) => [name, []]),
  );
  for (let round = 0; round < rounds; round++) {
    rates.get('bare')?.push(await perSecond((index) => bare(round, index)));
    for (const [name, kind] of Object.entries(kinds)) {
      rates.get(name)?.push(await perSecond((index) => kind(round, index)));
    }
  }
  const reference = median(rates.get('bare') ?? []);
  return {
    title: 'Ledger',
    says: `Transfers a second, ${atOnce} at once, each in a transaction of its own, beside a bare TransactWriteItems with one conditional put in it. DynamoDB Local has one writer for a table and no conflicts between transactions, so that the machine is what is measured here, and not AWS: the ratios say what the ledger adds.`,
    figures: Object.keys(kinds).map(
      (what): Figure => ({
        what,
        value: median(rates.get(what) ?? []),
        unit: '/s',
        reference,
        beside: 'a bare transaction',
      }),
    ),
  };
}
