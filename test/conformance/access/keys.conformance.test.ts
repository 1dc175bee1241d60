import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoKeyStore } from '../../../shared/adapters/dynamo/access/keys.ts';
import { hashApiKey } from '../../../shared/runtime/http/entry/authenticate.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { keysConform } from './keys.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  keysConform('DynamoDB', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['access']);
    return { keys: dynamoKeyStore(client, names.access), close: drop };
  });

  it('is no key what has the place of one and not its form', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['access']);
    const hash = hashApiKey('of an older form');
    await client.send(
      new PutItemCommand({
        TableName: names.access,
        Item: { pk: { S: `KEY#${hash}` }, sk: { S: 'KEY' }, tenant: { S: 'acme' } },
      }),
    );
    expect(await dynamoKeyStore(client, names.access).find(hash)).toBeNull();
    await drop();
  });
});
