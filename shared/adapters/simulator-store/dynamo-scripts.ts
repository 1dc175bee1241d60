import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { SimulatorCall } from '../../contracts/simulator/behaviour.ts';
import type { SimulatorPsp } from '../../contracts/simulator/common.ts';
import type { SimulatorScriptedAnswer } from '../../contracts/simulator/scripts.ts';
import type { ScriptStore } from '../../ports/simulator-store.ts';
import { transact } from '../dynamo/transact.ts';
import { dataOf, get, type Item, key, partitionsOf, withData } from './items.ts';

/** A script, and how many of its answers were taken. */
interface Script {
  readonly id: string;
  readonly answers: readonly SimulatorScriptedAnswer[];
  readonly taken: number;
}

/**
 * The scripts of one PSP of the simulator on DynamoDB. To find that nothing is scripted is one read.
 * An answer is taken by counting it, in a transaction of one item: under the SDK's token, a request
 * that is sent again after its answer got lost takes no second one.
 */
export function dynamoScriptStore(
  client: DynamoDBClient,
  table: string,
  psp: SimulatorPsp,
  newId: () => string,
): ScriptStore {
  const keyOf = (call: SimulatorCall) => key(partitionsOf(psp)('SCRIPT'), call);
  const read = async (call: SimulatorCall): Promise<Script | null> => {
    const item = await get(client, table, keyOf(call));
    return item ? scriptOf(item) : null;
  };
  return {
    take: async (call) => {
      // Each refusal is another call that got through, or another script, so this ends.
      for (;;) {
        const script = await read(call);
        const next = script?.answers[script.taken];
        if (!script || !next) {
          return null;
        }
        if (await countOne(client, table, keyOf(call), script)) {
          return next;
        }
      }
    },
    put: async (call, answers) => {
      const script = { id: { S: newId() }, taken: { N: '0' }, ...withData(answers) };
      const Item = { ...keyOf(call), ...script };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },
    left: async (call) => {
      const script = await read(call);
      return script?.answers.slice(script.taken) ?? [];
    },
  };
}

/**
 * Two calls want the next answer, and somebody puts another script in its place:
 *
 *     A  reads script 1: 0 taken     1 taken if it is script 1 with 0 taken   ---- has the first
 *     B  reads script 1: 0 taken         the same                             ---- refused: reads again
 *     C                                        reads: 1 taken    (script 2 is put)   refused: reads again
 */
async function countOne(
  client: DynamoDBClient,
  table: string,
  itemKey: Item,
  { id, taken }: Script,
): Promise<boolean> {
  const unchangedSinceRead = '#id = :id AND #taken = :before';
  const counted = await transact(client, [
    {
      Update: {
        TableName: table,
        Key: itemKey,
        UpdateExpression: 'SET #taken = :after',
        ConditionExpression: unchangedSinceRead,
        ExpressionAttributeNames: { '#id': 'id', '#taken': 'taken' },
        ExpressionAttributeValues: {
          ':id': { S: id },
          ':before': { N: String(taken) },
          ':after': { N: String(taken + 1) },
        },
      },
    },
  ]);
  return counted.kind === 'written';
}

function scriptOf(item: Item): Script {
  return {
    id: item.id?.S as string,
    answers: dataOf(item),
    taken: Number(item.taken?.N),
  };
}
