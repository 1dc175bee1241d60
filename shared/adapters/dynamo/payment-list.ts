import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { PaymentResource } from '../../contracts/payment.ts';
import type { PaymentList } from '../../ports/payment-list.ts';

/** The index of a tenant's payments in one status. */
export const byStatusIndex = 'by_status';

/**
 * The payment list on DynamoDB: `TENANT#<tenant> / <created>#<id>`, the row holding the payment as
 * its latest event left it. A position in the list is a row's sort key.
 */
export function dynamoPaymentList(client: DynamoDBClient, table: string): PaymentList {
  return {
    project: async ({ tenant, payment }) => {
      /*
       * Events 3 and 4 of one payment come in the wrong order, or 3 comes again:
       *
       *     event 4  put row if there is none older than 4   ---- written
       *        event 3  put row if there is none older than 3   ---- refused: the row has 4
       */
      const rowIsOlder = 'attribute_not_exists(pk) OR #version < :version';
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: rowOf(tenant, payment),
            ConditionExpression: rowIsOlder,
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': { N: String(payment.version) } },
          }),
        );
        return 'projected';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) {
          return 'not_newer';
        }
        throw error;
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
  };
}

function rowOf(tenant: string, payment: PaymentResource): Record<string, AttributeValue> {
  return {
    pk: { S: `TENANT#${tenant}` },
    sk: { S: `${payment.created}#${payment.id}` },
    status_key: { S: `${tenant}#${payment.status}` },
    version: { N: String(payment.version) },
    data: { S: JSON.stringify(payment) },
  };
}
