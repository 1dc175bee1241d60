import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { TableName } from '../../../shared/runtime/function-spec.ts';

/** Tables of one test run on a local DynamoDB. */
export interface TestTables<Name extends TableName> {
  readonly client: DynamoDBClient;
  /** The deployed name of each table, unique to the run. */
  readonly names: Readonly<Record<Name, string>>;
  /** Deletes the tables and closes the client. */
  readonly drop: () => Promise<void>;
}

/** An index as the stacks make them: both keys text, every attribute in it. */
function index(IndexName: string, partition: string, sort: string) {
  return {
    IndexName,
    KeySchema: [
      { AttributeName: partition, KeyType: 'HASH' as const },
      { AttributeName: sort, KeyType: 'RANGE' as const },
    ],
    Projection: { ProjectionType: 'ALL' as const },
  };
}

const byStatus: Partial<CreateTableCommandInput> = {
  AttributeDefinitions: [attribute('status_key')],
  GlobalSecondaryIndexes: [index('by_status', 'status_key', 'sk')],
};

/** What a table has beyond `pk` and `sk`. */
const extras: Partial<Record<TableName, Partial<CreateTableCommandInput>>> = {
  payments: {
    AttributeDefinitions: ['due_key', 'due_at', 'parked_key', 'parked_at'].map(attribute),
    GlobalSecondaryIndexes: [
      index('by_due', 'due_key', 'due_at'),
      index('by_parked', 'parked_key', 'parked_at'),
    ],
  },
  ledger: {
    AttributeDefinitions: ['debit_account', 'credit_account', 'position'].map(attribute),
    GlobalSecondaryIndexes: ['debit_account', 'credit_account'].map((account) =>
      index(`by_${account}`, account, 'position'),
    ),
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  },
  payment_list: byStatus,
  settlements: byStatus,
};

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
      const { AttributeDefinitions = [], ...rest } = extras[table] ?? {};
      await client.send(
        new CreateTableCommand({
          TableName: names[table],
          AttributeDefinitions: [...['pk', 'sk'].map(attribute), ...AttributeDefinitions],
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          BillingMode: 'PAY_PER_REQUEST',
          ...rest,
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
      await Promise.all(
        Object.values(names).map((TableName) => client.send(new DeleteTableCommand({ TableName }))),
      );
      client.destroy();
    },
  };
}

function attribute(AttributeName: string) {
  return { AttributeName, AttributeType: 'S' as const };
}
