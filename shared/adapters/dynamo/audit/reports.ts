import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AuditReport } from '../../../domain/audit/report.ts';
import type { LastReport, StoreReport } from '../../../ports/audit.ts';

/** How long a report is kept by its time. */
const keptMs = 90 * 24 * 60 * 60 * 1_000;

/** An item has 400 KB at most. */
const maxBytes = 380_000;

const latestKey = { pk: { S: 'AUDIT#LATEST' }, sk: { S: 'AUDIT' } };

/**
 * The reports of audits, in the table of the books:
 *
 *     AUDIT#LATEST   AUDIT       the latest one
 *     AUDIT          <started>   each, for 90 days
 *
 * Two audits end in the wrong order:
 *
 *     A  started 10:00   ----------------------- put LATEST if it is older than 10:00 -- refused
 *     B     started 11:00   -- put LATEST if it is older than 11:00 -- written
 */
export function dynamoReports(client: DynamoDBClient, table: string): StoreReport {
  return async (report) => {
    const attributes = attributesOf(report);
    const expires = Math.ceil((Date.parse(report.ended) + keptMs) / 1_000);
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          pk: { S: 'AUDIT' },
          sk: { S: report.started },
          ...attributes,
          expires_at: { N: String(expires) },
        },
      }),
    );
    const latestIsOlder = 'attribute_not_exists(pk) OR started <= :started';
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: { ...latestKey, ...attributes },
          ConditionExpression: latestIsOlder,
          ExpressionAttributeValues: { ':started': { S: report.started } },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) {
        throw error;
      }
    }
  };
}

/** The latest of the reports above. */
export function dynamoLastReport(client: DynamoDBClient, table: string): LastReport {
  return async () => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: latestKey, ConsistentRead: true }),
    );
    return Item ? JSON.parse(Item.data?.S ?? '') : null;
  };
}

function attributesOf(report: AuditReport): Record<string, AttributeValue> {
  return {
    started: { S: report.started },
    ended: { S: report.ended },
    verdict: { S: report.verdict },
    difference_count: { N: String(report.difference_count) },
    data: { S: fitting(report) },
  };
}

/** The report as JSON, with as many of its differences as an item can hold. */
function fitting(report: AuditReport): string {
  for (let listed = report.differences.length; ; listed = Math.floor(listed / 2)) {
    const text = JSON.stringify({ ...report, differences: report.differences.slice(0, listed) });
    if (listed === 0 || Buffer.byteLength(text) <= maxBytes) {
      return text;
    }
  }
}
