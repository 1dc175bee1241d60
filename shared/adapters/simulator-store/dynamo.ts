import {
  type DynamoDBClient,
  paginateScan,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { SimulatorPsp } from '../../contracts/simulator/common.ts';
import type { SimulatorOutcome } from '../../contracts/simulator/control.ts';
import type {
  Charge,
  OperationAbout,
  OperationRecord,
  Payout,
  SimulatorStore,
  StoredAnswer,
} from '../../ports/simulator-store.ts';
import { transact } from '../dynamo/transact.ts';
import {
  dataOf,
  get,
  type Item,
  key as keyOf,
  type Place,
  partitionsOf,
  partOf,
  withData,
} from './items.ts';

/** The operations of one PSP of the simulator on DynamoDB. */
export function dynamoSimulatorStore(
  client: DynamoDBClient,
  table: string,
  psp: SimulatorPsp,
): SimulatorStore {
  const pkOf = partitionsOf(psp);
  const place = { table, pkOf };
  const key = (pk: string, sk: string) => keyOf(pkOf(pk), sk);
  const answerTo = async (operationId: string): Promise<StoredAnswer | null> => {
    const item = await get(client, table, key(`OPERATION#${operationId}`, 'ANSWER'));
    return item ? answerOf(item) : null;
  };
  const charge = async (id: string): Promise<Charge | null> => {
    const item = await get(client, table, key(`CHARGE#${id}`, 'CHARGE'));
    return item ? dataOf(item) : null;
  };
  return {
    charge,
    chargeOfDispute: async (disputeId) => {
      const item = await get(client, table, key(`DISPUTE#${disputeId}`, 'DISPUTE'));
      return item ? charge(item.charge_id?.S as string) : null;
    },
    payout: async (id) => {
      const item = await get(client, table, key(`PAYOUT#${id}`, 'PAYOUT'));
      return item ? dataOf(item) : null;
    },
    answerTo,
    write: (record) => write(client, place, record),
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
    effects: async (operationId) =>
      (await partOf(client, table, pkOf(`OPERATION#${operationId}`), 'EFFECT#')).length,
    chargesOf: async (reference) => {
      const items = await partOf(client, table, pkOf(`REFERENCE#${reference}`), 'CHARGE#');
      const charges = await Promise.all(items.map((item) => charge(item.charge_id?.S as string)));
      return charges.filter((found) => found !== null);
    },
    operationsOf: async (reference) => {
      const items = await partOf(client, table, pkOf(`REFERENCE#${reference}`), 'OPERATION#');
      const operations = items.map(async (item) => {
        const id = item.operation_id?.S as string;
        // Written in one transaction with what points to it.
        return { id, answer: (await answerTo(id)) as StoredAnswer };
      });
      return Promise.all(operations);
    },
    allCharges: () => all<Charge>(client, place, 'CHARGE'),
    allPayouts: () => all<Payout>(client, place, 'PAYOUT'),
  };
}

/** Each item of a kind, by a scan. */
async function* all<T>(
  client: DynamoDBClient,
  { table, pkOf }: Place,
  kind: string,
): AsyncGenerator<T> {
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      FilterExpression: 'sk = :kind AND begins_with(pk, :kindOfThisPsp)',
      ExpressionAttributeValues: {
        ':kind': { S: kind },
        ':kindOfThisPsp': { S: pkOf(`${kind}#`) },
      },
      ConsistentRead: true,
    },
  );
  for await (const page of pages) {
    yield* (page.Items ?? []).map((item) => dataOf<T>(item));
  }
}

function answerOf(item: Item): StoredAnswer {
  return {
    status: Number(item.status?.N),
    body: item.body?.S as string,
    outcome: item.outcome?.S as SimulatorOutcome,
    request: item.request?.S as string,
    ...dataOf<Pick<StoredAnswer, 'about' | 'notices'>>(item),
  };
}

/**
 * Two calls of one operation, or two operations on one charge or payout, race:
 *
 *     A  put ANSWER if there is none, EFFECT, CHARGE at version 2 if it is at 1   ---- written
 *     B     put ANSWER if there is none, EFFECT, CHARGE at version 2 if it is at 1   ---- refused: conflict
 *
 * The loser reads again: it finds A's answer and repeats it when they are one operation, else the
 * charge as A left it.
 */
async function write(
  client: DynamoDBClient,
  place: Place,
  { operationId, answer, changed }: OperationRecord,
): Promise<'written' | 'conflict'> {
  const { table, pkOf } = place;
  const { about, notices } = answer;
  const operationHasNoAnswer = 'attribute_not_exists(pk)';
  const written = await transact(client, [
    {
      Put: {
        TableName: table,
        Item: {
          ...keyOf(pkOf(`OPERATION#${operationId}`), 'ANSWER'),
          status: { N: String(answer.status) },
          body: { S: answer.body },
          outcome: { S: answer.outcome },
          request: { S: answer.request },
          ...withData({ about, notices }),
        },
        ConditionExpression: operationHasNoAnswer,
      },
    },
    ...(about ? [pointerTo(place, operationId, about)] : []),
    ...(changed ? changedItems(place, operationId, changed) : []),
  ]);
  return written.kind === 'written' ? 'written' : 'conflict';
}

function pointerTo(
  { table, pkOf }: Place,
  operationId: string,
  { reference }: OperationAbout,
): TransactWriteItem {
  const Item = {
    ...keyOf(pkOf(`REFERENCE#${reference}`), `OPERATION#${operationId}`),
    operation_id: { S: operationId },
  };
  return { Put: { TableName: table, Item } };
}

function changedItems(
  { table, pkOf }: Place,
  operationId: string,
  changed: NonNullable<OperationRecord['changed']>,
): TransactWriteItem[] {
  const { effect } = changed;
  const key = (pk: string, sk: string) => keyOf(pkOf(pk), sk);
  const put = (Item: Item): TransactWriteItem => ({ Put: { TableName: table, Item } });
  const effectOn = (subject: string) =>
    put({
      ...key(`OPERATION#${operationId}`, `EFFECT#${effect.id}`),
      operation: { S: effect.operation },
      subject: { S: subject },
      amount: { N: String(effect.amountMinor) },
    });
  if ('payout' in changed) {
    const { payout } = changed;
    return [effectOn(payout.id), versioned(table, key(`PAYOUT#${payout.id}`, 'PAYOUT'), payout)];
  }
  const { charge, entry } = changed;
  const pointsTo = { charge_id: { S: charge.id } };
  return [
    effectOn(charge.id),
    versioned(table, key(`CHARGE#${charge.id}`, 'CHARGE'), charge),
    ...(charge.version === 1
      ? [put({ ...key(`REFERENCE#${charge.reference}`, `CHARGE#${charge.id}`), ...pointsTo })]
      : []),
    ...charge.disputes.map(({ id }) => put({ ...key(`DISPUTE#${id}`, 'DISPUTE'), ...pointsTo })),
    ...(entry ? [put({ ...key('UNSETTLED', `ENTRY#${entry.id}`), ...withData(entry) })] : []),
  ];
}

/** Puts something at its version, if it is at the version before, or not there yet. */
function versioned(
  table: string,
  itemKey: Item,
  value: { readonly version: number },
): TransactWriteItem {
  const isNew = 'attribute_not_exists(pk)';
  const unchangedSinceRead = '#version = :before';
  const { version } = value;
  return {
    Put: {
      TableName: table,
      Item: { ...itemKey, version: { N: String(version) }, ...withData(value) },
      ...(version === 1
        ? { ConditionExpression: isNew }
        : {
            ConditionExpression: unchangedSinceRead,
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':before': { N: String(version - 1) } },
          }),
    },
  };
}
