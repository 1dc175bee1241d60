import type { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { aBreak, aLine } from '../../../../test/support/settlement/records.ts';
import { breakIdsOf } from '../../../domain/settlement/decide.ts';
import { settledOf } from '../../../domain/settlement/sides.ts';
import { dynamoReconciliationStore } from './reconciliation-store.ts';

it('asks again for what DynamoDB left over', async () => {
  const line = aLine('left over');
  const filed = aBreak(line, 'acme', { kind: 'extra_line' });
  const asked: number[] = [];
  const send = async ({ input }: BatchGetItemCommand) => {
    const keys = input.RequestItems?.settlements?.Keys ?? [];
    asked.push(keys.length);
    // It has no time for more than one.
    const [key, ...left] = keys;
    const isTheBreak = key?.pk?.S === `BREAK#${filed.id}`;
    return {
      Responses: {
        settlements: isTheBreak ? [{ ...key, data: { S: JSON.stringify(filed) } }] : [],
      },
      ...(left.length > 0 ? { UnprocessedKeys: { settlements: { Keys: left } } } : {}),
    };
  };
  const client = { send } as unknown as DynamoDBClient;
  const tables = { settlements: 'settlements', ledger: 'ledger' };
  const { look } = dynamoReconciliationStore(client, tables);
  const [known] = await look([{ settled: settledOf(line), breakIds: breakIdsOf(line) }]);
  expect([...(known?.breaks.values() ?? [])]).toEqual([filed]);
  expect(asked).toEqual([5, 4, 3, 2, 1]);
});
