import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { untouched } from '../../../domain/provider/breaker/breaker.ts';
import { providerStateOf } from '../../../domain/provider/provider-state.ts';
import type { ReadProviders } from '../../../ports/provider-health.ts';
import { breakerOf } from './breaker-item.ts';
import { breakerKey, partitionOf, slotKeys } from './health-keys.ts';

/** Reads the state of PSPs from the table `providers`: a query each. Needs `Query` on it. */
export function dynamoReadProviders(client: DynamoDBClient, table: string): ReadProviders {
  return (limits, nowMs) =>
    Promise.all(
      Object.entries(limits).map(async ([name, limit]) => {
        const pages = paginateQuery(
          { client },
          {
            TableName: table,
            KeyConditionExpression: 'pk = :provider',
            ExpressionAttributeValues: { ':provider': partitionOf(name) },
            ConsistentRead: true,
          },
        );
        let breaker = untouched;
        let slotsInUse = 0;
        for await (const { Items = [] } of pages) {
          for (const item of Items) {
            const key = item.sk?.S ?? '';
            if (key === breakerKey) {
              breaker = breakerOf(item);
            } else if (key.startsWith(slotKeys) && Number(item.until?.N) > nowMs) {
              slotsInUse += 1;
            }
          }
        }
        return providerStateOf(name, breaker, slotsInUse, limit, nowMs);
      }),
    );
}
