import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoSeenNotices } from '../../../shared/adapters/dynamo/seen-notices.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { seenNoticesConformance } from './seen-notices.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

async function open() {
  const { client, names, drop } = await createTables(endpoint as string, ['providers']);
  const seen = dynamoSeenNotices(client, names.providers);
  return { client, table: names.providers, seen, close: drop };
}

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  seenNoticesConformance('DynamoDB', open);

  it('names the second from which DynamoDB may delete a mark, and not one before', async () => {
    const { client, table, seen, close } = await open();
    await seen.mark({ provider: 'psp', id: 'nt_1' }, 1_700_000_000_001);
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: { pk: { S: 'NOTICE#psp#nt_1' }, sk: { S: 'SEEN' } },
      }),
    );
    expect(Item?.expires_at).toEqual({ N: '1700000001' });
    await close();
  });
});
