import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { SimulatorPsp } from '../../contracts/simulator/common.ts';
import type {
  SettlementEntry,
  SettlementFile,
  SettlementStore,
} from '../../ports/simulator-store.ts';
import { transact } from '../dynamo/transact.ts';
import { dataOf, type Item, key, type Place, partitionsOf, partOf, withData } from './items.ts';

/** As many entries as one transaction of 100 items moves: each is a delete and a put. */
const claimedAtOnce = 49;

/**
 * The simulator's settlement files on DynamoDB. An entry is written with its effect, in one
 * transaction, as an item of the partition UNSETTLED; a file takes it by moving that item, in one
 * transaction, into its own partition:
 *
 *     effect 1   ENTRY in UNSETTLED
 *     file A           reads UNSETTLED: 1     moves 1 if it is there and A is open    seals A, reads A: 1
 *     effect 2                          ENTRY in UNSETTLED
 *     file B                                  reads UNSETTLED: 1, 2    moves 1: not there; moves 2
 *
 * Effect 2 is read by A or it stays for B: there is no moment at which an entry is in neither, and
 * none at which it is in two. Nothing compares times or remembers how far a scan came. The check
 * that the file is open, in the same transaction, closes the other end: after a file is sealed what
 * it has is read once and for all, also when two calls are making it.
 */
export function dynamoSettlementStore(
  client: DynamoDBClient,
  table: string,
  psp: SimulatorPsp,
): SettlementStore {
  const place = { table, pkOf: partitionsOf(psp) };
  const { pkOf } = place;
  return {
    files: async () => (await partOf(client, table, pkOf('FILES'), 'FILE#')).map(fileOf),
    add: async ({ state, ...file }) => {
      const numberIsFree = 'attribute_not_exists(pk)';
      return conditionally(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: { ...fileKey(place, file.number), state: { S: state }, ...withData(file) },
            ConditionExpression: numberIsFree,
          }),
        ),
      );
    },
    unsettled: async () => (await partOf(client, table, pkOf('UNSETTLED'), 'ENTRY#')).map(entryOf),
    claim: async (number, entries) => {
      for (let from = 0; from < entries.length; from += claimedAtOnce) {
        const chunk = entries.slice(from, from + claimedAtOnce);
        if (!(await claimChunk(client, place, number, chunk))) {
          return;
        }
      }
    },
    seal: async (number) => {
      await setState(client, place, number, 'sealed', { onlyIf: 'open' });
    },
    markWritten: async (number) => {
      await setState(client, place, number, 'written', { onlyIf: 'sealed' });
    },
    entriesOf: async (number) =>
      (await partOf(client, table, pkOf(`FILE#${padded(number)}`), 'ENTRY#')).map(entryOf),
  };
}

/** Moves what is there of the entries; false when the file is not open. */
async function claimChunk(
  client: DynamoDBClient,
  place: Place,
  number: number,
  chunk: readonly SettlementEntry[],
): Promise<boolean> {
  const { table, pkOf } = place;
  const fileIsOpen = '#state = :open';
  const noFileHasIt = 'attribute_exists(pk)';
  const check: TransactWriteItem = {
    ConditionCheck: {
      TableName: table,
      Key: fileKey(place, number),
      ConditionExpression: fileIsOpen,
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':open': { S: 'open' } },
    },
  };
  const move = (entry: SettlementEntry): TransactWriteItem[] => [
    {
      Delete: {
        TableName: table,
        Key: key(pkOf('UNSETTLED'), `ENTRY#${entry.id}`),
        ConditionExpression: noFileHasIt,
      },
    },
    {
      Put: {
        TableName: table,
        Item: { ...key(pkOf(`FILE#${padded(number)}`), `ENTRY#${entry.id}`), ...withData(entry) },
      },
    },
  ];
  let left = chunk;
  while (left.length > 0) {
    const outcome = await transact(client, [check, ...left.flatMap(move)]);
    if (outcome.kind === 'written') {
      return true;
    }
    const failed = outcome.reasons.map(({ Code }) => Code === 'ConditionalCheckFailed');
    if (failed[0]) {
      return false;
    }
    // Another file, or this call's own repeated request, took some: the rest is tried again.
    left = left.filter((_, index) => !failed[1 + 2 * index]);
  }
  return true;
}

function setState(
  client: DynamoDBClient,
  place: Place,
  number: number,
  state: SettlementFile['state'],
  { onlyIf }: { readonly onlyIf: SettlementFile['state'] },
): Promise<'written' | 'conflict'> {
  const isWhereItCameFrom = '#state = :before';
  return conditionally(
    client.send(
      new UpdateItemCommand({
        TableName: place.table,
        Key: fileKey(place, number),
        UpdateExpression: 'SET #state = :state',
        ConditionExpression: isWhereItCameFrom,
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':state': { S: state }, ':before': { S: onlyIf } },
      }),
    ),
  );
}

async function conditionally(write: Promise<unknown>): Promise<'written' | 'conflict'> {
  try {
    await write;
    return 'written';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return 'conflict';
    }
    throw error;
  }
}

function fileKey({ pkOf }: Place, number: number): Item {
  return key(pkOf('FILES'), `FILE#${padded(number)}`);
}

/** Numbers as text sort as numbers. */
function padded(number: number): string {
  return String(number).padStart(8, '0');
}

function fileOf(item: Item): SettlementFile {
  return {
    ...dataOf<Omit<SettlementFile, 'state'>>(item),
    state: item.state?.S as SettlementFile['state'],
  };
}

function entryOf(item: Item): SettlementEntry {
  return dataOf(item);
}
