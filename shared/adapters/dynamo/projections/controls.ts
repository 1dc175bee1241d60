import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  firstControl,
  type ProjectionAct,
  type ProjectionControl,
} from '../../../domain/projection/control.ts';
import type { ProjectionName } from '../../../domain/projection/names.ts';
import type {
  ProjectionControls,
  ReadGenerations,
} from '../../../ports/projections/projections.ts';
import { keptGenerations } from '../../kept-generations.ts';

type Item = Record<string, AttributeValue>;

const keyOf = (name: ProjectionName) => ({
  pk: { S: `PROJECTION#${name}` },
  sk: { S: 'CONTROL' },
});

/** What is on record of projections, on DynamoDB: `PROJECTION#<name> / CONTROL`. */
export function dynamoProjectionControls(
  client: DynamoDBClient,
  table: string,
): ProjectionControls {
  return {
    read: async (name) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(name), ConsistentRead: true }),
      );
      return Item ? controlFrom(name, Item) : firstControl(name);
    },
    write: async (control) => {
      /*
       * Two who rebuild the same come to its end at once:
       *
       *     A  read: revision 4, building
       *     B     read: revision 4, building
       *     A  put revision 5, swapped, if it is 4   ---- written
       *     B     put revision 5, swapped, if it is 4   ---- refused: B reads it again, and sees that it is
       */
      const isFirst = control.revision === 1;
      const unchangedSinceRead = isFirst ? 'attribute_not_exists(pk)' : '#revision = :before';
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: itemOf(control),
            ConditionExpression: unchangedSinceRead,
            ...(isFirst
              ? {}
              : {
                  ExpressionAttributeNames: { '#revision': 'revision' },
                  ExpressionAttributeValues: { ':before': { N: String(control.revision - 1) } },
                }),
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) {
          return false;
        }
        throw error;
      }
    },
  };
}

/** The generations of projections, read once in `generationsForMs` by each process. */
export function dynamoGenerations(client: DynamoDBClient, table: string): ReadGenerations {
  return keptGenerations(dynamoProjectionControls(client, table), {
    wallMs: Date.now,
    monotonicMs: () => performance.now(),
  });
}

function itemOf(control: ProjectionControl): Item {
  const { name, revision, live, beside, leaving, last, begun, built } = control;
  return {
    ...keyOf(name),
    revision: { N: String(revision) },
    live: { N: String(live) },
    last: { N: String(last) },
    ...(beside === null ? {} : { beside: { N: String(beside) } }),
    ...(leaving === null ? {} : { leaving: { N: String(leaving) } }),
    ...(begun === null ? {} : { begun: actItem(begun) }),
    ...(built === null ? {} : { built: actItem(built) }),
  };
}

function actItem({ at, by }: ProjectionAct) {
  return { M: { at: { S: at }, by: { S: by } } };
}

function controlFrom(name: ProjectionName, item: Readonly<Item>): ProjectionControl {
  const optional = (value: AttributeValue | undefined) => (value ? Number(value.N) : null);
  return {
    name,
    revision: Number(item.revision?.N),
    live: Number(item.live?.N),
    last: Number(item.last?.N),
    beside: optional(item.beside),
    leaving: optional(item.leaving),
    begun: actFrom(item.begun),
    built: actFrom(item.built),
  };
}

function actFrom(value: AttributeValue | undefined): ProjectionAct | null {
  return value?.M ? { at: value.M.at?.S ?? '', by: value.M.by?.S ?? '' } : null;
}
