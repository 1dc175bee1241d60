import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { CustomerOf } from '../../domain/personal-data/personal-data.ts';
import type { CustomerKeys, WrappedKey } from '../../ports/personal-data.ts';
import { updateIf } from '../dynamo/update-if.ts';

type Item = Record<string, AttributeValue>;

/** Tenants are encoded, as one may have a `#` in it. */
const keyOf = ({ tenant, id }: CustomerOf) => ({
  pk: { S: `TENANT#${encodeURIComponent(tenant.toWellFormed())}` },
  sk: { S: `CUSTOMER#${id}` },
});

/**
 * The customers' data keys on DynamoDB: `TENANT#<tenant> / CUSTOMER#<id>`, with `key_id`,
 * `wrapped_key` and `created` while there is a key, and `erased_at` since one was erased.
 *
 * Two first payments of a customer at once, and two erasures, of which one is slow:
 *
 *     A  read: no key | make 1 | keep 1 if there is none: written
 *     B    read: no key | make 2 |  keep 2 if there is none: refused, it is 1 | unwrap 1
 *     E                                       read: 1 | log: 1 | erase if it is 1: erased
 *     C                                                            read: no key | make 3 | keep 3
 *     F                                         read: 1 | log: 1 |                    erase if it is 1:
 *                                                                     refused, it is 3; erased_at stays
 *     F before C: refused, as there is none; erased_at stays. Said again after C: read: 3, and so on
 */
export function dynamoCustomerKeys(client: DynamoDBClient, table: string): CustomerKeys {
  /** When its condition does not hold, with the item as it is. */
  const update = (whose: CustomerOf, change: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>) =>
    updateIf(client, { TableName: table, Key: keyOf(whose), ...change });
  return {
    read: async (whose) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(whose), ConsistentRead: true }),
      );
      return Item ? { key: wrappedOf(Item), erasedAt: Item.erased_at?.S ?? null } : null;
    },
    keep: async (whose, key, at) => {
      const hasNoKey = 'attribute_not_exists(#wrapped)';
      const { written, item } = await update(whose, {
        UpdateExpression: 'SET #key_id = :key_id, #wrapped = :wrapped, #created = :at',
        ConditionExpression: hasNoKey,
        ExpressionAttributeNames: {
          '#key_id': 'key_id',
          '#wrapped': 'wrapped_key',
          '#created': 'created',
        },
        ExpressionAttributeValues: {
          ':key_id': { S: key.keyId },
          ':wrapped': { B: key.wrapped },
          ':at': { S: at },
        },
      });
      const kept = written ? key : item && wrappedOf(item);
      if (!kept) {
        throw new Error('a customer was refused a data key, and has none');
      }
      return kept;
    },
    erase: async (whose, keyId, at) => {
      const isThisKey = '#key_id = :key_id';
      const { written, item } = await update(whose, {
        UpdateExpression: 'SET #erased_at = :at REMOVE #key_id, #wrapped, #created',
        ConditionExpression: isThisKey,
        ExpressionAttributeNames: {
          '#erased_at': 'erased_at',
          '#key_id': 'key_id',
          '#wrapped': 'wrapped_key',
          '#created': 'created',
        },
        ExpressionAttributeValues: { ':key_id': { S: keyId }, ':at': { S: at } },
      });
      return written ? at : (item?.erased_at?.S ?? null);
    },
  };
}

function wrappedOf(item: Readonly<Item>): WrappedKey | null {
  const wrapped = item.wrapped_key?.B;
  return wrapped ? { keyId: item.key_id?.S ?? '', wrapped } : null;
}
