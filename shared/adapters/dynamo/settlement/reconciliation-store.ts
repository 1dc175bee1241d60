import {
  type AttributeValue,
  type DynamoDBClient,
  paginateQuery,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { Claim, SettlementChange } from '../../../domain/settlement/decide.ts';
import { type FileLine, type Settled, settledOf } from '../../../domain/settlement/sides.ts';
import type { WriteOutcome } from '../../../ports/ledger.ts';
import type { ReconciliationStore } from '../../../ports/settlement/reconciliation.ts';
import { ledgerItems, ledgerRefusal } from '../ledger/ledger-items.ts';
import { readItems } from '../read-items.ts';
import { type Patience, transact } from '../transact.ts';
import { absentItem, breakKey, breakOf, closeItems, fileItems } from './break-items.ts';
import { type StoredSums, storedSums, sumsOf } from './sums.ts';

type Item = Record<string, AttributeValue>;

interface Tables {
  readonly settlements: string;
  readonly ledger: string;
}

/**
 * What reconciliation keeps of lines, on DynamoDB. One partition is one thing to be settled:
 *
 *     SETTLED#<provider>#<type>#<operation>  CLAIM                 the line that it belongs to
 *     SETTLED#<provider>#<type>#<operation>  WAITING               there when lines came before ours
 *     SETTLED#<provider>#<type>#<operation>  WAITING#<file>#<line> each of them
 *
 * @param patience how long a transaction may be tried against others on one limited account
 */
export function dynamoReconciliationStore(
  client: DynamoDBClient,
  tables: Tables,
  patience?: Patience,
): ReconciliationStore {
  return {
    look: async (questions) => {
      const items = await itemsByName(
        client,
        tables.settlements,
        questions.flatMap(({ settled, breakIds }) => [
          claimKey(settled),
          waitingKey(settled),
          ...breakIds.map(breakKey),
        ]),
      );
      return questions.map(({ settled, breakIds }) => {
        const claim = items.get(nameOf(claimKey(settled)));
        const breaks = breakIds.flatMap((id) => {
          const item = items.get(nameOf(breakKey(id)));
          return item ? [[id, breakOf(item)] as const] : [];
        });
        return {
          claim: claim ? claimOf(claim) : null,
          breaks: new Map(breaks),
          hasWaiting: items.has(nameOf(waitingKey(settled))),
        };
      });
    },
    waiting: async (settled) => {
      const lines: FileLine[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: tables.settlements,
          KeyConditionExpression: 'pk = :settled AND begins_with(sk, :waiting)',
          ExpressionAttributeValues: {
            ':settled': { S: settledPartition(settled) },
            ':waiting': { S: 'WAITING#' },
          },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) {
        lines.push(...Items.map((item) => JSON.parse(item.data?.S as string) as FileLine));
      }
      return lines;
    },
    write: (change) => write(client, tables, change, patience),
  };
}

/**
 * Two lines, or two runs over one, race for one thing to be settled:
 *
 *     A  put CLAIM if not there, transfers   ---- written: posted
 *     B     put CLAIM if not there, transfers   ---- refused: looks again, sees A's claim
 *
 * and a line with the run that would file it as missing:
 *
 *     A  put CLAIM if BREAK not there   ---- written
 *     B     put BREAK if CLAIM not there   ---- refused: nothing is missing
 *
 * The other way round A is refused, looks again, and closes the break with its claim. So neither
 * can a claim and an open break of what it claims be there together. Two lines that agree race to
 * replace one that did not:
 *
 *     A  put CLAIM if it is as read, transfers   ---- written: posted
 *     B     put CLAIM if it is as read, transfers   ---- refused: looks again, sees A's claim
 */
async function write(
  client: DynamoDBClient,
  tables: Tables,
  change: SettlementChange,
  patience?: Patience,
): Promise<WriteOutcome> {
  const { settlements } = tables;
  const isNotThere = 'attribute_not_exists(pk)';
  const { claim, replaces, unclaimed, files, waiting, closes, absent, transfers } = change;
  const items: TransactWriteItem[] = [
    ...one(claim, (made) => ({
      Put: { TableName: settlements, Item: claimItem(made), ...conditionOf(replaces) },
    })),
    ...one(unclaimed, (settled) => ({
      ConditionCheck: {
        TableName: settlements,
        Key: claimKey(settled),
        ConditionExpression: isNotThere,
      },
    })),
    ...(waiting ? waitingItems(settlements, waiting) : []),
    ...(files ? fileItems(settlements, files) : []),
    ...closes.flatMap((closed) => closeItems(settlements, closed)),
    ...absent.map((id) => absentItem(settlements, id)),
    ...ledgerItems(transfers, tables.ledger),
  ];
  const answer = await transact(client, items, patience);
  return answer.kind === 'written' ? 'written' : ledgerRefusal(items, answer.reasons);
}

function one<T>(value: T | null, itemOf: (value: T) => TransactWriteItem): TransactWriteItem[] {
  return value === null ? [] : [itemOf(value)];
}

function settledPartition({ provider, type, operationId }: Settled): string {
  return `SETTLED#${provider}#${type}#${operationId}`;
}

function claimKey(settled: Settled): Item {
  return { pk: { S: settledPartition(settled) }, sk: { S: 'CLAIM' } };
}

function claimItem(claim: Claim): Item {
  const data = { ...claim, posted: storedSums(claim.posted) };
  const claimedBy = { S: placeOf(claim) };
  return { ...claimKey(claim), claimed_by: claimedBy, data: { S: JSON.stringify(data) } };
}

/** The line of a claim: with each line the claim is another, and never one that it was before. */
function placeOf({ file, line }: Claim): string {
  return `${file}#${line}`;
}

function conditionOf(replaces: Claim | null) {
  const isNotThere = 'attribute_not_exists(pk)';
  const isAsRead = 'claimed_by = :before';
  return replaces === null
    ? { ConditionExpression: isNotThere }
    : {
        ConditionExpression: isAsRead,
        ExpressionAttributeValues: { ':before': { S: placeOf(replaces) } },
      };
}

function claimOf(item: Item): Claim {
  const data = JSON.parse(item.data?.S as string) as Claim & { readonly posted: StoredSums };
  return { ...data, posted: sumsOf(data.posted) };
}

function waitingKey(settled: Settled): Item {
  return { pk: { S: settledPartition(settled) }, sk: { S: 'WAITING' } };
}

function waitingItems(table: string, line: FileLine): TransactWriteItem[] {
  const waiting = waitingKey(settledOf(line));
  const sk = { S: `WAITING#${line.file}#${String(line.number).padStart(8, '0')}` };
  const Item = { ...waiting, sk, data: { S: JSON.stringify(line) } };
  return [{ Put: { TableName: table, Item: waiting } }, { Put: { TableName: table, Item } }];
}

/** Items by their names, strongly consistent; DynamoDB refuses to be asked for one twice. */
async function itemsByName(
  client: DynamoDBClient,
  table: string,
  keys: readonly Item[],
): Promise<Map<string, Item>> {
  const once = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
  const items = await readItems(client, table, once, null, { isConsistent: true });
  return new Map(items.map((item) => [nameOf(item), item]));
}

function nameOf({ pk, sk }: Item): string {
  return `${pk?.S} ${sk?.S}`;
}
