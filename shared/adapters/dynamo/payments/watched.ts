import {
  type AttributeValue,
  type DynamoDBClient,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';

/*
 * What of the event stores somebody has to look at, in two sparse indexes over their states:
 *
 *     by_due       <what for>#<shard>   when a sweeper has to look at it, at the earliest
 *     by_parked    <parked key>         since when it waits for a person
 */

/** Whose states are looked for: a store's own keys in the indexes. */
export interface Watched<Kind extends string> {
  /** What the partition of a state begins with; its id follows. */
  readonly prefix: string;
  /** What a sweeper does, as the index has it. */
  readonly dueKey: (kind: Kind) => string;
  readonly parkedKey: string;
}

/** By the first digit of an id, so that no one partition of the index has to take all of them. */
const dueShards = [0, 1, 2, 3] as const;

/** The attributes by which a state is in the indexes; it is in neither without them. */
export function watchedItem<Kind extends string>(
  { dueKey, parkedKey }: Watched<Kind>,
  id: string,
  {
    due,
    parkedSince,
  }: {
    readonly due: { readonly kind: Kind; readonly at: string } | null;
    readonly parkedSince: string | null;
  },
): Record<string, AttributeValue> {
  const shard = Number.parseInt(id.charAt(0), 16) % dueShards.length;
  return {
    ...(due === null
      ? {}
      : { due_key: { S: `${dueKey(due.kind)}#${shard}` }, due_at: { S: due.at } }),
    ...(parkedSince === null
      ? {}
      : { parked_key: { S: parkedKey }, parked_at: { S: parkedSince } }),
  };
}

/** The ids that are due for something at a time, the longest due first, at most so many. */
export async function listDue<Kind extends string>(
  client: DynamoDBClient,
  table: string,
  { prefix, dueKey }: Watched<Kind>,
  { kind, at, limit }: { readonly kind: Kind; readonly at: string; readonly limit: number },
): Promise<string[]> {
  const shards = await Promise.all(
    dueShards.map(async (shard) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'by_due',
          KeyConditionExpression: 'due_key = :shard AND due_at <= :at',
          ExpressionAttributeValues: {
            ':shard': { S: `${dueKey(kind)}#${shard}` },
            ':at': { S: at },
          },
          Limit: limit,
        }),
      );
      return Items.map(({ pk, due_at }) => ({ id: idOf(prefix, pk), at: due_at?.S ?? '' }));
    }),
  );
  return shards
    .flat()
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .slice(0, limit)
    .map(({ id }) => id);
}

/**
 * The ids of what waits for a person, the longest first. Who asks for a tenant's own reads past those
 * of others, and is told of no position of theirs.
 *
 * @param query `tenant` null: everybody's; `after` null: from the start
 */
export async function listParked(
  client: DynamoDBClient,
  table: string,
  { prefix, parkedKey }: Watched<never>,
  {
    tenant,
    limit,
    after,
  }: { readonly tenant: string | null; readonly limit: number; readonly after: string | null },
): Promise<{ readonly ids: readonly string[]; readonly next: string | null }> {
  const [since = '', id = ''] = after?.split(' ') ?? [];
  const startingToken = {
    parked_key: { S: parkedKey },
    parked_at: { S: since },
    pk: { S: `${prefix}${id}` },
    sk: { S: 'STATE' },
  };
  const isOfTenant = '#tenant = :tenant';
  const pages = paginateQuery(after === null ? { client } : { client, startingToken }, {
    TableName: table,
    IndexName: 'by_parked',
    KeyConditionExpression: 'parked_key = :parked',
    ProjectionExpression: 'pk, parked_at',
    ExpressionAttributeValues: {
      ':parked': { S: parkedKey },
      ...(tenant === null ? {} : { ':tenant': { S: tenant } }),
    },
    ...(tenant === null
      ? // One more than is shown tells whether there is a page behind it.
        { Limit: limit + 1 }
      : { FilterExpression: isOfTenant, ExpressionAttributeNames: { '#tenant': 'tenant' } }),
  });
  const found: { readonly id: string; readonly position: string }[] = [];
  for await (const { Items = [] } of pages) {
    for (const { pk, parked_at } of Items) {
      found.push({ id: idOf(prefix, pk), position: `${parked_at?.S} ${idOf(prefix, pk)}` });
    }
    if (found.length > limit) {
      break;
    }
  }
  const page = found.slice(0, limit);
  return {
    ids: page.map((one) => one.id),
    next: found.length > limit ? (page.at(-1)?.position ?? null) : null,
  };
}

function idOf(prefix: string, partition: AttributeValue | undefined): string {
  return (partition?.S ?? '').slice(prefix.length);
}
