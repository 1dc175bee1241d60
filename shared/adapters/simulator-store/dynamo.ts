import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  paginateScan,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { SimulatorOutcome } from '../../contracts/simulator.ts';
import type { Charge, OperationRecord, SimulatorStore } from '../../ports/simulator-store.ts';
import { transact } from '../dynamo/transact.ts';

type Item = Record<string, AttributeValue>;

/**
 * The simulator's store on DynamoDB, in one table:
 *
 *     OPERATION#<id>    ANSWER         the first answer, its request and its outcome
 *     OPERATION#<id>    EFFECT#<id>    an effect: what it did, to which charge, by how much
 *     OPERATION#<id>    CALLS          how many calls were counted
 *     CHARGE#<id>       CHARGE         version, and the charge as JSON
 *     REFERENCE#<ref>   CHARGE#<id>    which charges have the reference
 *
 * An effect's id is new with each try, so that a second effect of one operation would be a second
 * item and never hides behind the first. No item is common to two charges.
 */
export function dynamoSimulatorStore(client: DynamoDBClient, table: string): SimulatorStore {
  const get = async (Key: Item): Promise<Item | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
    );
    return Item;
  };
  const charge = async (id: string): Promise<Charge | null> => {
    const item = await get(key(`CHARGE#${id}`, 'CHARGE'));
    return item ? chargeOf(item) : null;
  };
  const partOf = async (pk: string, prefix: string): Promise<Item[]> => {
    const items: Item[] = [];
    for await (const page of paginateQuery({ client }, within(table, pk, prefix))) {
      items.push(...(page.Items ?? []));
    }
    return items;
  };
  return {
    charge,
    answerTo: async (operationId) => {
      const item = await get(key(`OPERATION#${operationId}`, 'ANSWER'));
      return item
        ? {
            status: Number(item.status?.N),
            body: item.body?.S as string,
            outcome: item.outcome?.S as SimulatorOutcome,
            request: item.request?.S as string,
          }
        : null;
    },
    write: (record) => write(client, table, record),
    countCall: async (operationId) => {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: key(`OPERATION#${operationId}`, 'CALLS'),
          UpdateExpression: 'ADD calls :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Number(Attributes?.calls?.N);
    },
    effects: async (operationId) => (await partOf(`OPERATION#${operationId}`, 'EFFECT#')).length,
    chargesOf: async (reference) => {
      const items = await partOf(`REFERENCE#${reference}`, 'CHARGE#');
      const charges = await Promise.all(items.map((item) => charge(item.charge_id?.S as string)));
      return charges.filter((found) => found !== null);
    },
    allCharges: async function* () {
      const pages = paginateScan(
        { client },
        {
          TableName: table,
          FilterExpression: 'sk = :charge',
          ExpressionAttributeValues: { ':charge': { S: 'CHARGE' } },
          ConsistentRead: true,
        },
      );
      for await (const page of pages) {
        yield* (page.Items ?? []).map(chargeOf);
      }
    },
  };
}

/**
 * Two calls of one operation, or two operations on one charge, race:
 *
 *     A  put ANSWER if there is none, EFFECT, CHARGE at version 2 if it is at 1   ---- written
 *     B     put ANSWER if there is none, EFFECT, CHARGE at version 2 if it is at 1   ---- refused: conflict
 *
 * The loser reads again: it finds A's answer and repeats it when they are one operation, else the
 * charge as A left it.
 */
async function write(
  client: DynamoDBClient,
  table: string,
  { operationId, answer, changed }: OperationRecord,
): Promise<'written' | 'conflict'> {
  const operationHasNoAnswer = 'attribute_not_exists(pk)';
  const written = await transact(client, [
    {
      Put: {
        TableName: table,
        Item: {
          ...key(`OPERATION#${operationId}`, 'ANSWER'),
          status: { N: String(answer.status) },
          body: { S: answer.body },
          outcome: { S: answer.outcome },
          request: { S: answer.request },
        },
        ConditionExpression: operationHasNoAnswer,
      },
    },
    ...(changed ? changedItems(table, operationId, changed) : []),
  ]);
  return written.kind === 'written' ? 'written' : 'conflict';
}

function changedItems(
  table: string,
  operationId: string,
  { charge, effect }: NonNullable<OperationRecord['changed']>,
): TransactWriteItem[] {
  const chargeIsNew = 'attribute_not_exists(pk)';
  const chargeIsUnchangedSinceRead = '#version = :before';
  const effectItem = {
    ...key(`OPERATION#${operationId}`, `EFFECT#${effect.id}`),
    operation: { S: effect.operation },
    charge_id: { S: charge.id },
    amount: { N: String(effect.amountMinor) },
  };
  const chargeItem = {
    ...key(`CHARGE#${charge.id}`, 'CHARGE'),
    version: { N: String(charge.version) },
    data: { S: JSON.stringify(charge) },
  };
  const referenceItem = {
    ...key(`REFERENCE#${charge.reference}`, `CHARGE#${charge.id}`),
    charge_id: { S: charge.id },
  };
  return [
    { Put: { TableName: table, Item: effectItem } },
    ...(charge.version === 1
      ? [
          { Put: { TableName: table, Item: chargeItem, ConditionExpression: chargeIsNew } },
          { Put: { TableName: table, Item: referenceItem } },
        ]
      : [
          {
            Put: {
              TableName: table,
              Item: chargeItem,
              ConditionExpression: chargeIsUnchangedSinceRead,
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':before': { N: String(charge.version - 1) } },
            },
          },
        ]),
  ];
}

function key(pk: string, sk: string): Item {
  return { pk: { S: pk }, sk: { S: sk } };
}

function within(table: string, pk: string, prefix: string) {
  return {
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': { S: pk }, ':prefix': { S: prefix } },
    ConsistentRead: true,
  };
}

function chargeOf(item: Item): Charge {
  return JSON.parse(item.data?.S as string) as Charge;
}
