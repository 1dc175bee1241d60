import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import {
  dynamoOperatorLog,
  dynamoOperatorLogChains,
} from '../../../shared/adapters/dynamo/operator-log.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { operatorsChain } from '../../../shared/domain/operator-log/chains.ts';
import { type LogBreak, verifyChain } from '../../../shared/domain/operator-log/verify.ts';
import { verifyChains } from '../../../shared/domain/operator-log/verify-chains.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { timeAt } from '../../support/ledger/transfers.ts';
import { operatorLogConforms } from './operator-log.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

async function aLog() {
  const { client, names, drop } = await createTables(endpoint as string, ['operator_log']);
  const table = names.operator_log;
  return {
    client,
    table,
    log: dynamoOperatorLog(client, table),
    chains: dynamoOperatorLogChains(client, table),
    close: drop,
  };
}

const idOf = (number: number) => derivedId('tampered', String(number));
const keyOf = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });
const entry = (number: number) => keyOf('LOG', `00000000000${number}`);
const mark = (number: number) => keyOf(`ACT#${idOf(number)}`, 'ACT');
const head = keyOf('HEAD', 'HEAD');

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  operatorLogConforms('DynamoDB', aLog);

  describe('what somebody did to the items of a log of four', () => {
    type Key = Record<string, AttributeValue>;
    const remove = (Key: Key) => (client: DynamoDBClient, TableName: string) =>
      client.send(new DeleteItemCommand({ TableName, Key }));
    const set =
      (Key: Key, name: string, value: AttributeValue) =>
      (client: DynamoDBClient, TableName: string) =>
        client.send(
          new UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression: 'SET #name = :value',
            ExpressionAttributeNames: { '#name': name },
            ExpressionAttributeValues: { ':value': value },
          }),
        );
    const move =
      (Key: Key, to: Key) =>
      async (client: DynamoDBClient, TableName: string): Promise<unknown> => {
        const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
        await client.send(new PutItemCommand({ TableName, Item: { ...Item, ...to } }));
        return remove(Key)(client, TableName);
      };
    type Tamper = (client: DynamoDBClient, table: string) => Promise<unknown>;
    it.each<[string, Tamper, LogBreak]>([
      ['its reason', set(entry(2), 'reason', { S: '' }), { kind: 'changed_entry', sequence: 2 }],
      ['its details', set(entry(2), 'details', { M: {} }), { kind: 'changed_entry', sequence: 2 }],
      ['a text no more', set(entry(1), 'by', { N: '1' }), { kind: 'changed_entry', sequence: 1 }],
      ['the first is gone', remove(entry(1)), { kind: 'gap', sequence: 1 }],
      ['one is gone', remove(entry(3)), { kind: 'gap', sequence: 3 }],
      ['the last is gone', remove(entry(4)), { kind: 'truncated', sequence: 4 }],
      ['a mark is gone', remove(mark(2)), { kind: 'unmarked', sequence: 2 }],
      [
        'a mark of another',
        set(mark(2), 'sequence', { N: '3' }),
        { kind: 'unmarked', sequence: 2 },
      ],
      ['no head', remove(head), { kind: 'lost_head', sequence: 4 }],
      ['an earlier head', set(head, 'sequence', { N: '3' }), { kind: 'changed_head', sequence: 3 }],
      ['another head', set(head, 'hash', { S: 'ab' }), { kind: 'changed_head', sequence: 4 }],
      [
        'one more',
        set(keyOf('LOG', '00000000002'), 'id', { S: 'x' }),
        { kind: 'gap', sequence: 5 },
      ],
      ['another key', move(entry(4), keyOf('LOG', '4')), { kind: 'gap', sequence: 4 }],
    ])('is found: %s', async (_name, tamper, broken) => {
      const { client, table, log, chains, close } = await aLog();
      const chain = chains.chain(operatorsChain);
      try {
        for (const number of [1, 2, 3, 4]) {
          await log.append({
            id: idOf(number),
            time: timeAt(number),
            by: 'ada',
            action: 'dlq.discard',
            subject: `letter-${number}`,
            reason: 'the event is of a test',
            details: { queue: 'payments-relay' },
          });
        }
        expect((await verifyChain(chain)).broken).toBeNull();
        await tamper(client, table);
        expect((await verifyChain(chain)).broken).toEqual(broken);
      } finally {
        await close();
      }
    });

    it('is found in the chain of a merchant: one is copied to another, one is gone', async () => {
      const { client, table, log, chains, close } = await aLog();
      try {
        await log.append({
          id: idOf(1),
          time: timeAt(1),
          by: 'key:1',
          action: 'payout.create',
          subject: 'payout-1',
          reason: '',
          details: { tenant: 'acme' },
        });
        const copy = async (Key: Key, to: Key) => {
          const { Item } = await client.send(new GetItemCommand({ TableName: table, Key }));
          await client.send(new PutItemCommand({ TableName: table, Item: { ...Item, ...to } }));
        };
        const brokenIn = async () =>
          (await verifyChains(chains)).flatMap(({ chain, broken }) =>
            broken ? [{ chain, ...broken }] : [],
          );
        expect(await brokenIn()).toEqual([]);
        const first = '000000000001';
        await copy(keyOf('TENANT#acme', first), keyOf('TENANT#zenith', first));
        await copy(keyOf('HEAD#TENANT#acme', 'HEAD'), keyOf('HEAD#TENANT#zenith', 'HEAD'));
        await copy(keyOf('CHAINS', 'acme'), keyOf('CHAINS', 'zenith'));
        const copied = { chain: 'TENANT#zenith', kind: 'unmarked', sequence: 1 };
        expect(await brokenIn()).toEqual([copied]);
        for (const gone of [keyOf('TENANT#acme', first), keyOf('HEAD#TENANT#acme', 'HEAD')]) {
          await remove(gone)(client, table);
        }
        const cut = { chain: 'TENANT#acme', kind: 'truncated', sequence: 1 };
        expect(await brokenIn()).toEqual([cut, copied]);
      } finally {
        await close();
      }
    });

    it('without its head it takes nothing more, instead of beginning anew', async () => {
      const { client, table, log, close } = await aLog();
      const act = {
        time: timeAt(1),
        by: 'ada',
        action: 'dlq.discard',
        subject: 'letter-1',
        reason: '',
        details: {},
      } as const;
      try {
        await log.append({ ...act, id: idOf(1) });
        await remove(head)(client, table);
        await expect(log.append({ ...act, id: idOf(2) })).rejects.toThrow('head');
      } finally {
        await close();
      }
    });
  });
});
