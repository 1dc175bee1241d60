import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { OperatorAct, OperatorAction, OperatorLog } from '../../ports/operator-log.ts';
import { pageOf } from './settlement/page.ts';

/** All acts: people do few things. */
const partition = 'LOG';

/** The operator log on DynamoDB: `LOG / <time>#<id>`, so that they sort by time. */
export function dynamoOperatorLog(client: DynamoDBClient, table: string): OperatorLog {
  return {
    append: async (act) => {
      const isNotThere = 'attribute_not_exists(pk)';
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: itemOf(act),
            ConditionExpression: isNotThere,
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) {
          throw error;
        }
      }
    },
    list: async ({ limit, after }) => {
      const { items, next } = await pageOf(client, { table, partition, limit, after });
      return { items: items.map(actOf), next };
    },
  };
}

function itemOf({
  id,
  time,
  by,
  action,
  subject,
  reason,
  details,
}: OperatorAct): Record<string, AttributeValue> {
  return {
    pk: { S: partition },
    sk: { S: `${time}#${id}` },
    id: { S: id },
    time: { S: time },
    by: { S: by },
    action: { S: action },
    subject: { S: subject },
    reason: { S: reason },
    details: { M: mapped(details, (S) => ({ S })) },
  };
}

function actOf(item: Readonly<Record<string, AttributeValue>>): OperatorAct {
  const text = (name: string) => item[name]?.S ?? '';
  return {
    id: text('id'),
    time: text('time'),
    by: text('by'),
    action: text('action') as OperatorAction,
    subject: text('subject'),
    reason: text('reason'),
    details: mapped(item.details?.M ?? {}, ({ S = '' }) => S),
  };
}

function mapped<V, W>(record: Readonly<Record<string, V>>, of: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, of(value)]));
}
