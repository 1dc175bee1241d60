import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { FindPrincipal } from '../../ports/access.ts';
import { type Authenticate, bearerKeys } from '../../runtime/http/authenticate.ts';
import { dynamo, tableName } from './client.ts';

/** API keys on DynamoDB: `KEY#<sha-256 of the key> / KEY`, with the tenant. The key is nowhere. */
export function dynamoApiKeys(client: DynamoDBClient, table: string): FindPrincipal {
  return async (keyHash) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: keyOf(keyHash), ConsistentRead: true }),
    );
    return Item?.tenant?.S ? { tenant: Item.tenant.S } : null;
  };
}

/** Lets a key in. The caller shows the key once; what is stored is its hash. */
export async function storeApiKey(
  client: DynamoDBClient,
  table: string,
  key: { readonly hash: string; readonly tenant: string; readonly created: string },
): Promise<void> {
  await client.send(
    new PutItemCommand({
      TableName: table,
      Item: { ...keyOf(key.hash), tenant: { S: key.tenant }, created: { S: key.created } },
    }),
  );
}

function keyOf(hash: string) {
  return { pk: { S: `KEY#${hash}` }, sk: { S: 'KEY' } };
}

/** Authenticates against the deployed access table. */
export const authenticateByKey: Authenticate = (() => {
  let authenticate: Authenticate | undefined;
  return (headers) => {
    authenticate ??= bearerKeys((hash) => dynamoApiKeys(dynamo(), tableName('access'))(hash));
    return authenticate(headers);
  };
})();
