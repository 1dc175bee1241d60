import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { ApiKey } from '../../../domain/access/key.ts';
import { operationsTenant } from '../../../domain/settlement/break.ts';
import type { KeyStore, KeyUse } from '../../../ports/access/access.ts';
import { readItems } from '../read-items.ts';
import { transact } from '../transact.ts';
import {
  itemOf,
  keyAttributes,
  keyFrom,
  keyOf,
  keysOf,
  keysPrefix,
  pointerKey,
  tenantKey,
  tenantsPartition,
} from './items.ts';

/** A request does not wait longer than this for what only goes on record beside it. */
const recordWithinMs = 300;

const isThere = 'attribute_exists(pk)';
const isNotThere = 'attribute_not_exists(pk)';

/**
 * What a request asks of the keys: `KEY#<sha-256> / KEY`. The look-up is by the hash of what the caller
 * sent, so how long it takes says nothing of how near a guess was: who guesses cannot steer a hash.
 */
export function dynamoKeyUse(client: DynamoDBClient, table: string): KeyUse {
  return {
    find: async (keyHash) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(keyHash), ConsistentRead: true }),
      );
      return keyFrom(Item);
    },
    recordUse: async (keyHash, { time, unlessAfter }) => {
      const wasNeverUsed = 'attribute_not_exists(last_used)';
      const wasUsedBefore = 'last_used <= :before';
      await unlessRefused(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(keyHash),
            UpdateExpression: 'SET last_used = :time',
            ConditionExpression: `${isThere} AND (${wasNeverUsed} OR ${wasUsedBefore})`,
            ExpressionAttributeValues: { ':time': { S: time }, ':before': { S: unlessAfter } },
          }),
          { abortSignal: AbortSignal.timeout(recordWithinMs) },
        ),
      );
    },
  };
}

/**
 * The tenants and their keys on DynamoDB:
 *
 *     TENANT#<name>   TENANT     a tenant, and
 *     TENANTS         <name>     its row in the list of all
 *     KEY#<sha-256>   KEY        what is known of a key; the key itself is nowhere
 *     TENANT#<name>   KEY#<id>   where that is, by the key's id
 */
export function dynamoKeyStore(client: DynamoDBClient, table: string): KeyStore {
  const hasItem = async (Key: ReturnType<typeof tenantKey>) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
    );
    return Item;
  };
  const hashOf = async (tenant: string, id: string) =>
    (await hasItem(pointerKey(tenant, id)))?.hash?.S ?? null;

  return {
    ...dynamoKeyUse(client, table),
    createTenant: async ({ name, created }) => {
      const Item = { name: { S: name }, created: { S: created } };
      const row = { pk: tenantsPartition, sk: { S: name } };
      const answer = await transact(client, [
        {
          Put: {
            TableName: table,
            Item: { ...tenantKey(name), ...Item },
            ConditionExpression: isNotThere,
          },
        },
        { Put: { TableName: table, Item: { ...row, ...Item } } },
      ]);
      return answer.kind === 'written' ? 'created' : 'exists';
    },
    tenants: async () => {
      const rows = await partition(client, table, tenantsPartition, null);
      return rows.map((row) => ({ name: row.name?.S ?? '', created: row.created?.S ?? '' }));
    },
    hasTenant: async (name) =>
      name === operationsTenant || (await hasItem(tenantKey(name))) !== undefined,
    list: async (tenant) => {
      const pointers = await partition(client, table, keysOf(tenant), keysPrefix);
      const hashes = pointers.map(({ hash }) => hash?.S ?? '');
      const items = [];
      for (let first = 0; first < hashes.length; first += atOnce) {
        const keys = hashes.slice(first, first + atOnce).map(keyOf);
        items.push(
          ...(await readItems(client, table, keys, keyAttributes, { isConsistent: true })),
        );
      }
      return items.flatMap((item) => keyFrom(item) ?? []).sort(oldestFirst);
    },
    create: async (key, keyHash) => {
      const answer = await transact(client, [
        ...(key.tenant === operationsTenant ? [] : [onlyWithTenant(table, key.tenant)]),
        ...putsOf(table, key, keyHash),
      ]);
      return answer.kind === 'written' ? 'created' : 'no_tenant';
    },
    rotate: async ({ successor, predecessorExpires }, successorHash) => {
      const { tenant, id, rotatedFrom } = successor;
      const hash = rotatedFrom === null ? null : await hashOf(tenant, rotatedFrom);
      if (hash === null) {
        return 'changed';
      }
      const answer = await transact(client, [
        rotateOut(table, hash, { rotatedTo: id, expires: predecessorExpires }),
        ...putsOf(table, successor, successorHash),
      ]);
      return answer.kind === 'written' ? 'rotated' : 'changed';
    },
    revoke: async ({ tenant, id, time }) => {
      const hash = await hashOf(tenant, id);
      if (hash === null) {
        return null;
      }
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(hash),
          UpdateExpression: 'SET revoked = if_not_exists(revoked, :time)',
          ConditionExpression: isThere,
          ExpressionAttributeValues: { ':time': { S: time } },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return keyFrom(Attributes);
    },
  };
}

/** As many as DynamoDB reads by their keys at once. */
const atOnce = 100;

/** In the keys' own transaction, so that a tenant that is not there gets none. */
function onlyWithTenant(table: string, tenant: string): TransactWriteItem {
  return {
    ConditionCheck: { TableName: table, Key: tenantKey(tenant), ConditionExpression: isThere },
  };
}

function putsOf(table: string, key: ApiKey, hash: string): TransactWriteItem[] {
  const put = (Item: NonNullable<TransactWriteItem['Put']>['Item']): TransactWriteItem => ({
    Put: { TableName: table, Item, ConditionExpression: isNotThere },
  });
  return [
    put({ ...keyOf(hash), ...itemOf(key) }),
    put({ ...pointerKey(key.tenant, key.id), hash: { S: hash } }),
  ];
}

/**
 * Two rotations of one key at once, and a revocation between the read and the write:
 *
 *     A  read: active                    A  read: active
 *     B     read: active                 B     revoke
 *     A  rotate to C   ---- written      A  rotate to C   ---- refused: a revoked key has no successor
 *     B     rotate to D   ---- refused
 *
 * Whether the key before this one has ended was read before, and needs no condition: a key that has
 * ended never becomes valid again.
 */
function rotateOut(
  table: string,
  hash: string,
  { rotatedTo, expires }: { readonly rotatedTo: string; readonly expires: string },
): TransactWriteItem {
  const isNotRotated = 'attribute_not_exists(rotated_to)';
  const isNotRevoked = 'attribute_not_exists(revoked)';
  return {
    Update: {
      TableName: table,
      Key: keyOf(hash),
      UpdateExpression: 'SET rotated_to = :to, expires = :expires',
      ConditionExpression: `${isThere} AND ${isNotRotated} AND ${isNotRevoked}`,
      ExpressionAttributeValues: { ':to': { S: rotatedTo }, ':expires': { S: expires } },
    },
  };
}

async function partition(
  client: DynamoDBClient,
  table: string,
  pk: { readonly S: string },
  prefix: string | null,
) {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression:
        prefix === null ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: {
        ':pk': pk,
        ...(prefix === null ? {} : { ':prefix': { S: prefix } }),
      },
      ConsistentRead: true,
    },
  );
  const items = [];
  for await (const { Items = [] } of pages) {
    items.push(...Items);
  }
  return items;
}

function oldestFirst(a: ApiKey, b: ApiKey): number {
  return a.created < b.created || (a.created === b.created && a.id < b.id) ? -1 : 1;
}

async function unlessRefused(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) {
      throw error;
    }
  }
}
