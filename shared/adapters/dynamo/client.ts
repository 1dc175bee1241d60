import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableName } from '../../runtime/function-spec.ts';
import { traced } from '../../runtime/observability.ts';
import { setting } from '../environment.ts';

let client: DynamoDBClient | undefined;

/**
 * The environment's one client. It tries a call at most twice: beyond that the saga table, the
 * queue or the client of the API decides, so that retries do not multiply.
 */
export function dynamo(): DynamoDBClient {
  client ??= traced(
    new DynamoDBClient({
      maxAttempts: 2,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 },
    }),
  );
  return client;
}

/** The deployed name of a table: `PAYMENTS_TABLE` for `payments`. */
export function tableName(table: TableName): string {
  return setting(`${table.toUpperCase()}_TABLE`);
}
