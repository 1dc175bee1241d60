import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
  type Projection,
  paginateScan,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { type HouseIndex, tables } from '../../../infra/tables.ts';
import { misKept } from '../../../shared/domain/retention/retention.ts';
import type { TableName } from '../../../shared/runtime/function-spec.ts';

/** Tables of one test run on a local DynamoDB. */
export interface TestTables<Name extends TableName> {
  readonly client: DynamoDBClient;
  /** The deployed name of each table, unique to the run. */
  readonly names: Readonly<Record<Name, string>>;
  /**
   * Deletes the tables and closes the client.
   *
   * @throws Error when something in them is not kept as `shared/domain/retention` says
   */
  readonly drop: () => Promise<void>;
}

/** What a table has beyond `pk` and `sk`: what the stacks give it, projections and all. */
function extrasOf(table: TableName): Partial<CreateTableCommandInput> {
  const { stream = false, indexes = {} } = table === 'simulator' ? {} : tables[table];
  const all = Object.entries(indexes);
  const named = all.flatMap(([, { partition, sort }]) => [partition, sort]);
  return {
    AttributeDefinitions: [...new Set(['pk', 'sk', ...named])].map(attribute),
    ...(all.length === 0 ? {} : { GlobalSecondaryIndexes: all.map(indexOf) }),
    ...(stream
      ? { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } }
      : {}),
  };
}

function indexOf([IndexName, { partition, sort, projects }]: [string, HouseIndex]) {
  return {
    IndexName,
    KeySchema: [
      { AttributeName: partition, KeyType: 'HASH' as const },
      { AttributeName: sort, KeyType: 'RANGE' as const },
    ],
    Projection: projectionOf(projects),
  };
}

function projectionOf(projects: readonly string[] | undefined): Projection {
  if (projects === undefined) {
    return { ProjectionType: 'ALL' };
  }
  return projects.length === 0
    ? { ProjectionType: 'KEYS_ONLY' }
    : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...projects] };
}

/**
 * Creates tables in the form that the stacks give them, on a DynamoDB of the loopback.
 *
 * @param endpoint such as `http://127.0.0.1:8000`
 */
export async function createTables<Name extends TableName>(
  endpoint: string,
  tables: readonly Name[],
): Promise<TestTables<Name>> {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const prefix = `test-${randomUUID()}`;
  const names = Object.fromEntries(tables.map((table) => [table, `${prefix}-${table}`]));
  await Promise.all(
    tables.map(async (table) => {
      await client.send(
        new CreateTableCommand({
          TableName: names[table],
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          BillingMode: 'PAY_PER_REQUEST',
          ...extrasOf(table),
        }),
      );
      await waitUntilTableExists(
        { client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 },
        { TableName: names[table] },
      );
    }),
  );
  return {
    client,
    names: names as Record<Name, string>,
    drop: async () => {
      const wrong = await misKeptIn(client, names as Record<Name, string>);
      await Promise.all(
        Object.values(names).map((TableName) => client.send(new DeleteTableCommand({ TableName }))),
      );
      client.destroy();
      if (wrong.length > 0) {
        throw new Error(wrong.join('\n'));
      }
    },
  };
}

/** What of some tables is not kept as it should be. */
export async function misKeptIn(
  client: DynamoDBClient,
  names: Readonly<Partial<Record<TableName, string>>>,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const [table, TableName] of Object.entries(names)) {
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
      for (const { pk, sk, expires_at } of Items) {
        const item = { pk: pk?.S ?? '', sk: sk?.S ?? '', expires: expires_at !== undefined };
        wrong.push(...[misKept(table as TableName, item)].filter((text) => text !== null));
      }
    }
  }
  return wrong;
}

function attribute(AttributeName: string) {
  return { AttributeName, AttributeType: 'S' as const };
}
