import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableName } from '../../runtime/function-spec.ts';
import { traced } from '../../runtime/observability.ts';
import { clientOptions } from '../aws/client-options.ts';
import { setting } from '../environment.ts';

let client: DynamoDBClient | undefined;

/** The environment's one client. */
export function dynamo(): DynamoDBClient {
  client ??= traced(new DynamoDBClient(clientOptions()));
  return client;
}

/** The deployed name of a table: `PAYMENTS_TABLE` for `payments`. */
export function tableName(table: TableName): string {
  return setting(`${table.toUpperCase()}_TABLE`);
}
