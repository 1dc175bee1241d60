import { setTimeout as delay } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { Transfer } from '../../../domain/ledger/transfer.ts';
import type { AuditSources, FindTransfers } from '../../../ports/audit.ts';
import { dynamoLedgerAudit } from '../ledger/ledger-audit.ts';
import { transferKeyOf } from '../ledger/ledger-items.ts';
import { transferOf } from '../ledger/transfer-item.ts';
import { dynamoSubjects } from './subjects.ts';

/** What an audit reads, from the three tables that have it. */
export function dynamoAudit(
  client: DynamoDBClient,
  tables: { readonly payments: string; readonly ledger: string; readonly books: string },
): AuditSources {
  return {
    ledger: dynamoLedgerAudit(client, tables),
    subjects: dynamoSubjects(client, tables.payments),
    findTransfers: findTransfers(client, tables.ledger),
  };
}

type Key = Record<string, AttributeValue>;

const tries = 8;
const maxDelayMs = 400;

function findTransfers(client: DynamoDBClient, table: string): FindTransfers {
  return async (transfers) => {
    // Two of one key are one, as DynamoDB refuses to be asked twice.
    const byKey = new Map(
      transfers.map((transfer) => [JSON.stringify(transferKeyOf(transfer)), transfer]),
    );
    let keys = some([...byKey.values()].map(transferKeyOf));
    const found: Transfer[] = [];
    for (let tried = 1; keys; tried++) {
      const { Responses, UnprocessedKeys }: BatchGetItemCommandOutput = await client.send(
        new BatchGetItemCommand({
          RequestItems: { [table]: { Keys: keys, ConsistentRead: true } },
        }),
      );
      found.push(...(Responses?.[table] ?? []).map(transferOf));
      keys = some(UnprocessedKeys?.[table]?.Keys ?? []);
      if (keys && tried === tries) {
        throw new Error(`DynamoDB left ${keys.length} transfers unread in ${tries} tries`);
      }
      await (keys && delay(Math.random() * maxDelayMs));
    }
    return found;
  };
}

/** DynamoDB refuses to be asked for nothing. */
function some(keys: readonly Key[]): Key[] | null {
  return keys.length > 0 ? [...keys] : null;
}
