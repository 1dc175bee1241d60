import { setTimeout as delay } from 'node:timers/promises';
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import {
  type ChainName,
  chainOf,
  chainOfTenant,
  operatorsChain,
  tenantOf,
} from '../../domain/operator-log/chains.ts';
import {
  emptyLog,
  entryOf,
  isOf,
  type LoggedAct,
  type LogHead,
  OtherAct,
} from '../../domain/operator-log/entry.ts';
import type { OperatorAction, OperatorLog, OperatorLogChains } from '../../ports/operator-log.ts';
import { readItems } from './read-items.ts';
import { pageOf } from './settlement/page.ts';
import { Contention, transact } from './transact.ts';

type Item = Record<string, AttributeValue>;

/** Each head in a partition of its own: tries that come to nothing are paid for by its own chain. */
const headKey = (chain: ChainName) => ({
  pk: { S: chain === operatorsChain ? 'HEAD' : `HEAD#${chain}` },
  sk: { S: 'HEAD' },
});
const entryKey = (chain: ChainName, sequence: number) => ({
  pk: { S: chain },
  sk: { S: String(sequence).padStart(12, '0') },
});
/** Of merchants alone: that of the operators is always looked for. */
const listPartition = { S: 'CHAINS' };
const markKey = (id: string) => ({ pk: { S: `ACT#${id}` }, sk: { S: 'ACT' } });

/** A person waits for it, or a client of the API, whose function has 15 s and may wait for 10 after it. */
const patienceMs = 4_000;

/** Short: who is refused has the next head in hand, and somebody is done with each refusal. */
const maxDelayMs = 25;

/**
 * The operator log on DynamoDB:
 *
 *     LOG       <sequence>   an entry
 *     ACT#<id>  ACT          the mark of an act: the sequence of its entry, and its chain unless it is LOG
 *     HEAD      HEAD         the last entry's sequence and hash
 *
 * and of a merchant's chain:
 *
 *     TENANT#<tenant>       <sequence>   an entry
 *     HEAD#TENANT#<tenant>  HEAD         as above
 *     CHAINS                <tenant>     that there is such a chain; written with its first entry
 *
 * They are written in one transaction. Two acts at once, and one that is said twice:
 *
 *     A  read: head 7
 *     B     read: head 7
 *     A  put 8, mark A, head 8 if it is 7           ---- written
 *     B     put 8, mark B, head 8 if it is 7           ---- refused, with head 8
 *           put 9, mark B, head 9 if it is 8           ---- written
 *     A' the same again: read: head 9
 *        put 10, mark A if there is none, head 10   ---- refused, with mark A: entry 8
 *        read: entry 8                              ---- the same act: done; another: OtherAct
 */
export function dynamoOperatorLog(client: DynamoDBClient, table: string): OperatorLog {
  return {
    append: async (act) => {
      const chain = chainOf(act);
      let head = await readHead(client, table, chain);
      const deadlineMs = Date.now() + patienceMs;
      for (let tried = 1; ; tried++) {
        const entry = entryOf(act, head);
        const answer = await transact(client, writesOf(table, chain, entry, head), {
          withinMs: Math.max(0, deadlineMs - Date.now()),
        });
        if (answer.kind === 'written') {
          return entry;
        }
        const [marked, , moved] = answer.reasons;
        if (marked?.Item) {
          const { sequence, chain: of } = markFrom(marked.Item);
          const before = await readEntry(client, table, of, sequence);
          if (before === null || !isOf(act, before)) {
            throw new OtherAct(act.id);
          }
          return before;
        }
        const now = headOf(moved?.Item);
        if (now.sequence <= head.sequence) {
          throw new Error(
            `the head of the operator log ${chain} is not that of entry ${head.sequence}`,
          );
        }
        head = now;
        const delayMs = Math.random() * maxDelayMs;
        if (Date.now() + delayMs >= deadlineMs) {
          throw new Contention(`others came first in ${tried} tries`);
        }
        await delay(delayMs);
      }
    },
    list: async ({ limit, after, chain = operatorsChain }) => {
      const { items, next } = await pageOf(client, { table, partition: chain, limit, after });
      return { items: items.map(entryFrom), next };
    },
  };
}

/** The same log, for who verifies it. */
export function dynamoOperatorLogChains(client: DynamoDBClient, table: string): OperatorLogChains {
  const partition = (pk: { readonly S: string }) =>
    paginateQuery(
      // As many as marks are read at once.
      { client, pageSize: 100 },
      {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
      },
    );
  return {
    names: async () => {
      const names: ChainName[] = [operatorsChain];
      for await (const { Items = [] } of partition(listPartition)) {
        names.push(...Items.map(({ sk }) => chainOfTenant(sk?.S ?? '')));
      }
      return names;
    },
    chain: (chain) => ({
      head: () => readHead(client, table, chain),
      entries: async function* () {
        for await (const { Items = [] } of partition({ S: chain })) {
          const entries = Items.map(entryFrom);
          const marks = await readMarks(client, table, chain, entries);
          for (const entry of entries) {
            yield { ...entry, marked: marks.get(entry.id) ?? null };
          }
        }
      },
    }),
  };
}

function writesOf(
  table: string,
  chain: ChainName,
  entry: LoggedAct,
  before: LogHead,
): TransactWriteItem[] {
  const isNotThere = 'attribute_not_exists(pk)';
  const isFirst = before.sequence === 0;
  const unchangedSinceRead = isFirst ? isNotThere : '#hash = :before AND #sequence = :last';
  const tenant = tenantOf(chain);
  return [
    {
      Put: {
        TableName: table,
        Item: {
          ...markKey(entry.id),
          sequence: { N: String(entry.sequence) },
          ...(tenant === null ? {} : { chain: { S: chain } }),
        },
        ConditionExpression: isNotThere,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    { Put: { TableName: table, Item: itemOf(chain, entry), ConditionExpression: isNotThere } },
    {
      Update: {
        TableName: table,
        Key: headKey(chain),
        UpdateExpression: 'SET #hash = :hash, #sequence = :sequence',
        ConditionExpression: unchangedSinceRead,
        ExpressionAttributeNames: { '#hash': 'hash', '#sequence': 'sequence' },
        ExpressionAttributeValues: {
          ':hash': { S: entry.hash },
          ':sequence': { N: String(entry.sequence) },
          ...(isFirst
            ? {}
            : { ':before': { S: before.hash }, ':last': { N: String(before.sequence) } }),
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    ...(isFirst && tenant !== null
      ? [{ Put: { TableName: table, Item: { pk: listPartition, sk: { S: tenant } } } }]
      : []),
  ];
}

async function readHead(client: DynamoDBClient, table: string, chain: ChainName): Promise<LogHead> {
  return headOf(await readItem(client, table, headKey(chain)));
}

async function readEntry(
  client: DynamoDBClient,
  table: string,
  chain: ChainName,
  sequence: number,
): Promise<LoggedAct | null> {
  const item = await readItem(client, table, entryKey(chain, sequence));
  return item ? entryFrom(item) : null;
}

async function readItem(
  client: DynamoDBClient,
  table: string,
  Key: Item,
): Promise<Item | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
  );
  return Item;
}

/** The sequences that marks of a chain name, by the ids of their acts. */
async function readMarks(
  client: DynamoDBClient,
  table: string,
  chain: ChainName,
  entries: readonly LoggedAct[],
): Promise<ReadonlyMap<string, number>> {
  const ids = [...new Set(entries.map(({ id }) => id))];
  const attributes = ['pk', 'sequence', 'chain'];
  const marks = await readItems(client, table, ids.map(markKey), attributes, {
    isConsistent: true,
  });
  return new Map(
    marks
      .map((item) => ({ id: item.pk?.S?.slice('ACT#'.length) ?? '', ...markFrom(item) }))
      // That of another chain marks nothing in this one: its entry was copied from there.
      .filter((mark) => mark.chain === chain)
      .map(({ id, sequence }) => [id, sequence]),
  );
}

function markFrom(item: Readonly<Item>): { sequence: number; chain: ChainName } {
  const chain = (item.chain?.S as ChainName | undefined) ?? operatorsChain;
  return { sequence: Number(item.sequence?.N), chain };
}

function headOf(item: Item | undefined): LogHead {
  return item
    ? { sequence: Number(item.sequence?.N), hash: item.hash?.S ?? '' }
    : { sequence: emptyLog.sequence, hash: emptyLog.hash };
}

/** The sequence is the key alone: stored twice, it could be two. */
function itemOf(chain: ChainName, entry: LoggedAct): Item {
  const { id, time, by, action, subject, reason, details, previous, hash } = entry;
  return {
    ...entryKey(chain, entry.sequence),
    id: { S: id },
    time: { S: time },
    by: { S: by },
    action: { S: action },
    subject: { S: subject },
    reason: { S: reason },
    details: { M: mapped(details, (S) => ({ S })) },
    previous: { S: previous },
    hash: { S: hash },
  };
}

function entryFrom(item: Readonly<Item>): LoggedAct {
  const text = (name: string) => item[name]?.S ?? '';
  return {
    id: text('id'),
    time: text('time'),
    by: text('by'),
    action: text('action') as OperatorAction,
    subject: text('subject'),
    reason: text('reason'),
    details: mapped(item.details?.M ?? {}, ({ S = '' }) => S),
    // Another key of the same number is not the entry's.
    sequence: /^\d{12}$/.test(text('sk')) ? Number(text('sk')) : Number.NaN,
    previous: text('previous'),
    hash: text('hash'),
  };
}

function mapped<V, W>(record: Readonly<Record<string, V>>, of: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, of(value)]));
}
