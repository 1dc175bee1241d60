import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { Currency } from '../../../domain/money/currency.ts';
import { operationsTenant } from '../../../domain/settlement/break.ts';
import type { Figures, Run } from '../../../domain/settlement/run.ts';
import type { ReconciliationRuns } from '../../../ports/settlement/reconciliation.ts';
import { transact } from '../transact.ts';
import { pageOf } from './page.ts';
import { type StoredSums, storedSums, sumsOf } from './sums.ts';

type Item = Record<string, AttributeValue>;

/**
 * The runs on DynamoDB, each once for the next run to find and once in each list:
 *
 *     RUN#<provider>       <file>          its status, and the run as JSON
 *     RUNS#<tenant>        <started>#<id>  the same, with the tenant's figures
 *     SCANNED#<provider>   SCANNED         the latest cut-off that was gone through
 */
export function dynamoReconciliationRuns(
  client: DynamoDBClient,
  table: string,
): ReconciliationRuns {
  const read = async (key: Item) =>
    (await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true })))
      .Item;
  const scannedTo = async (provider: string) =>
    (await read(scannedKey(provider)))?.cut_off?.S ?? null;
  return {
    scannedTo,
    begin: async (run) => {
      const isNotThere = 'attribute_not_exists(pk)';
      const begun = await transact(client, [
        { Put: { TableName: table, Item: runItem(run), ConditionExpression: isNotThere } },
        { Put: { TableName: table, Item: rowOf(run, operationsTenant, run.figures) } },
      ]);
      const there = begun.kind === 'written' ? undefined : await read(runKey(run));
      return there ? runOf(there) : run;
    },
    finish: async (run, figures, scanned) => {
      // Before the end, which says that they are all there; the same when they come again.
      for (const [tenant, own] of figures) {
        if (tenant !== operationsTenant) {
          await client.send(
            new PutItemCommand({ TableName: table, Item: rowOf(run, tenant, own) }),
          );
        }
      }
      await finish(client, table, run, scanned, scannedTo);
    },
    finished: async (provider) => {
      const files = new Set<string>();
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :runs',
          FilterExpression: '#status = :finished',
          ProjectionExpression: 'sk',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':runs': { S: runsPartition(provider) },
            ':finished': { S: 'finished' },
          },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) {
        for (const { sk } of Items) {
          files.add(sk?.S ?? '');
        }
      }
      return files;
    },
    list: async ({ owner, limit, after }) => {
      const page = await pageOf(client, { table, partition: listOf(owner), limit, after });
      return { items: page.items.map(runOf), next: page.next };
    },
  };
}

/**
 * Two runs over one file end, and one over a later file of the same provider with them:
 *
 *     A  put RUN if running, SCANNED if it is as read   ---- written
 *     B     put RUN if running, SCANNED if it is as read   ---- refused: the run has ended
 *     C     put RUN if running, SCANNED if it is as read   ---- refused: reads SCANNED again
 */
async function finish(
  client: DynamoDBClient,
  table: string,
  run: Run,
  scanned: string | null,
  scannedTo: (provider: string) => Promise<string | null>,
): Promise<void> {
  const isRunning = '#status = :running';
  for (;;) {
    const before = await scannedTo(run.provider);
    const isLater = scanned !== null && (before === null || before < scanned);
    const answer = await transact(client, [
      {
        Put: {
          TableName: table,
          Item: runItem(run),
          ConditionExpression: isRunning,
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':running': { S: 'running' } },
        },
      },
      { Put: { TableName: table, Item: rowOf(run, operationsTenant, run.figures) } },
      ...(isLater ? [scannedItem(table, run.provider, scanned, before)] : []),
    ]);
    if (answer.kind === 'written' || answer.reasons[0]?.Code === 'ConditionalCheckFailed') {
      return;
    }
  }
}

function scannedItem(
  table: string,
  provider: string,
  scanned: string,
  before: string | null,
): TransactWriteItem {
  const isAsRead = before === null ? 'attribute_not_exists(pk)' : 'cut_off = :before';
  return {
    Put: {
      TableName: table,
      Item: { ...scannedKey(provider), cut_off: { S: scanned } },
      ConditionExpression: isAsRead,
      ...(before === null ? {} : { ExpressionAttributeValues: { ':before': { S: before } } }),
    },
  };
}

function scannedKey(provider: string): Item {
  return { pk: { S: `SCANNED#${provider}` }, sk: { S: 'SCANNED' } };
}

function runsPartition(provider: string): string {
  return `RUN#${provider}`;
}

function runKey({ provider, file }: Pick<Run, 'provider' | 'file'>): Item {
  return { pk: { S: runsPartition(provider) }, sk: { S: file } };
}

function listOf(owner: string): string {
  return `RUNS#${owner}`;
}

function runItem(run: Run): Item {
  return { ...runKey(run), status: { S: run.status }, data: { S: storedRun(run) } };
}

function rowOf(run: Run, owner: string, figures: Figures): Item {
  return {
    pk: { S: listOf(owner) },
    sk: { S: `${run.started}#${run.id}` },
    data: { S: storedRun({ ...run, figures }) },
  };
}

function storedRun(run: Run): string {
  const posted = Object.entries(run.figures.posted).map(([currency, sums]) => [
    currency,
    storedSums(sums),
  ]);
  return JSON.stringify({ ...run, figures: { ...run.figures, posted } });
}

function runOf(item: Item): Run {
  const run = JSON.parse(item.data?.S as string) as Run & {
    readonly figures: { readonly posted: readonly (readonly [Currency, StoredSums])[] };
  };
  const posted = run.figures.posted.map(([currency, sums]) => [currency, sumsOf(sums)]);
  return { ...run, figures: { ...run.figures, posted: Object.fromEntries(posted) } };
}
