import type { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { readItems } from './read-items.ts';

const keys = ['a', 'b', 'c'].map((name) => ({ pk: { S: name } }));

it('asks again for what DynamoDB left over, and for nothing of nothing', async () => {
  const asked: (string | undefined)[][] = [];
  const send = async ({ input }: BatchGetItemCommand) => {
    const left = input.RequestItems?.things?.Keys ?? [];
    asked.push(left.map(({ pk }) => pk?.S));
    // It has no time for more than one, and there is no b.
    const [key, ...more] = left;
    return {
      Responses: { things: key?.pk?.S === 'b' ? [] : [key] },
      ...(more.length > 0 ? { UnprocessedKeys: { things: { Keys: more } } } : {}),
    };
  };
  const client = { send } as unknown as DynamoDBClient;
  expect(await readItems(client, 'things', keys, ['pk'])).toEqual([keys[0], keys[2]]);
  expect(asked).toEqual([['a', 'b', 'c'], ['b', 'c'], ['c']]);
  expect(await readItems(client, 'things', [], ['pk'])).toEqual([]);
  expect(asked).toHaveLength(3);
});
