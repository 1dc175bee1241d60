import { type AttributeValue, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { PolicyStore, PublishedPolicies } from '../../../ports/access/policies.ts';
import { transact } from '../transact.ts';

const partition = { S: 'POLICIES' };
const active = { pk: partition, sk: { S: 'ACTIVE' } };

/** What was published stands twice: as what is live, and under its version, for ever. */
function versionKey(version: number) {
  return { pk: partition, sk: { S: `VERSION#${String(version).padStart(6, '0')}` } };
}

/** The policies on DynamoDB, in the access table: `POLICIES / ACTIVE`, `POLICIES / VERSION#<n>`. */
export function dynamoPolicies(client: DynamoDBClient, table: string): PolicyStore {
  async function read(Key: Record<string, AttributeValue>): Promise<PublishedPolicies | null> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
    );
    return Item ? policiesOf(Item) : null;
  }
  return {
    active: () => read(active),
    version: (version) => read(versionKey(version)),
    /*
     * Two people publish at once, both on version 4:
     *
     *   A: reads 4 | writes 5 over 4: live
     *   B: reads 4 |                     writes 5 over 4: refused, as 5 is live
     *
     * Without the condition B's set would be live as another version 5, over A's unseen.
     */
    publish: async (policies) => {
      const item = itemOf(policies);
      const followsTheLive = '#version = :before';
      const isNew = 'attribute_not_exists(pk)';
      const isFirst = policies.version === 1;
      const { kind } = await transact(client, [
        {
          Put: {
            TableName: table,
            Item: { ...active, ...item },
            ...(isFirst
              ? { ConditionExpression: isNew }
              : {
                  ConditionExpression: followsTheLive,
                  ExpressionAttributeNames: { '#version': 'version' },
                  ExpressionAttributeValues: { ':before': { N: String(policies.version - 1) } },
                }),
          },
        },
        {
          Put: {
            TableName: table,
            Item: { ...versionKey(policies.version), ...item },
            ConditionExpression: isNew,
          },
        },
      ]);
      return kind === 'written' ? 'published' : 'outdated';
    },
  };
}

function itemOf(policies: PublishedPolicies): Record<string, AttributeValue> {
  const { version, text, hash, published, by, reason } = policies;
  return {
    version: { N: String(version) },
    text: { S: text },
    hash: { S: hash },
    published: { S: published },
    by: { S: by },
    reason: { S: reason },
  };
}

function policiesOf(item: Readonly<Record<string, AttributeValue>>): PublishedPolicies {
  const text = (name: string) => item[name]?.S ?? '';
  return {
    version: Number(item.version?.N),
    text: text('text'),
    hash: text('hash'),
    published: text('published'),
    by: text('by'),
    reason: text('reason'),
  };
}
