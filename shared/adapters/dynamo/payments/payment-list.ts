import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { PaymentResource } from '../../../contracts/payment.ts';
import type { ListedPayment, PaymentList } from '../../../ports/payment-list.ts';
import { readItems } from '../read-items.ts';

/** The index of a tenant's payments in one status. */
export const byStatusIndex = 'by_status';

/**
 * The payment list on DynamoDB: `TENANT#<tenant> / <created>#<id>`, the row holding the payment as
 * its latest event left it, and the sequences of all of its events that have come. A position in the
 * list is a row's sort key.
 */
export function dynamoPaymentList(client: DynamoDBClient, table: string): PaymentList {
  return {
    project: async ({ tenant, payment }) => {
      const Key = keyOf({ ...payment, tenant });
      /*
       * Events 3 and 4 of one payment come in the wrong order, or 3 comes again:
       *
       *     event 4  set row if there is none older than 4   ---- written, with 4 as taken
       *        event 3  set row if there is none older than 3   ---- refused: the row has 4
       *        event 3  add 3 to what is taken, unless the refusal says that it is
       */
      const rowIsOlder = 'attribute_not_exists(pk) OR #version < :version';
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key,
            UpdateExpression:
              'SET status_key = :status, #version = :version, #data = :data ADD taken :taken',
            ConditionExpression: rowIsOlder,
            ExpressionAttributeNames: { '#version': 'version', '#data': 'data' },
            ExpressionAttributeValues: {
              ':status': { S: `${tenant}#${payment.status}` },
              ':version': { N: String(payment.version) },
              ':data': { S: JSON.stringify(payment) },
              ':taken': { NS: [String(payment.version)] },
            },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return 'projected';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) {
          throw error;
        }
        if (!takenIn(error.Item).has(payment.version)) {
          await client.send(
            new UpdateItemCommand({
              TableName: table,
              Key,
              UpdateExpression: 'ADD taken :taken',
              ExpressionAttributeValues: { ':taken': { NS: [String(payment.version)] } },
            }),
          );
        }
        return 'not_newer';
      }
    },
    list: async ({ tenant, status, limit, after }) => {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          ...(status ? { IndexName: byStatusIndex } : { ConsistentRead: true }),
          KeyConditionExpression: after === null ? '#p = :p' : '#p = :p AND sk < :after',
          ExpressionAttributeNames: { '#p': status ? 'status_key' : 'pk' },
          ExpressionAttributeValues: {
            ':p': { S: status ? `${tenant}#${status}` : `TENANT#${tenant}` },
            ...(after === null ? {} : { ':after': { S: after } }),
          },
          ScanIndexForward: false,
          // One more than is shown tells whether there is a page behind it.
          Limit: limit + 1,
        }),
      );
      const page = Items.slice(0, limit);
      const more = Items.length > limit || LastEvaluatedKey !== undefined;
      return {
        payments: page.map((item) => JSON.parse(item.data?.S as string) as PaymentResource),
        next: more ? (page.at(-1)?.sk?.S ?? null) : null,
      };
    },
    taken: async (payments) => {
      const items = await readItems(client, table, payments.map(keyOf), ['sk', 'taken']);
      const bySortKey = new Map(items.map((item) => [item.sk?.S, takenIn(item)]));
      return new Map(
        payments.flatMap((payment) => {
          const sequences = bySortKey.get(keyOf(payment).sk.S);
          return sequences ? [[payment.id, sequences]] : [];
        }),
      );
    },
  };
}

function keyOf({ id, tenant, created }: ListedPayment) {
  return { pk: { S: `TENANT#${tenant}` }, sk: { S: `${created}#${id}` } };
}

function takenIn(item: Readonly<Record<string, AttributeValue>> | undefined): Set<number> {
  return new Set(item?.taken?.NS?.map(Number));
}
