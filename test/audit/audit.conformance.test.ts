import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoLastReport, dynamoReports } from '../../shared/adapters/dynamo/audit/reports.ts';
import { dynamoAudit } from '../../shared/adapters/dynamo/audit/sources.ts';
import { dynamoBooks } from '../../shared/adapters/dynamo/ledger/books.ts';
import { dynamoWriteTransfers } from '../../shared/adapters/dynamo/ledger/write-transfers.ts';
import { dynamoConversionStore } from '../../shared/adapters/dynamo/payments/conversion-store.ts';
import { dynamoPaymentStore } from '../../shared/adapters/dynamo/payments/payment-store.ts';
import { dynamoPayoutStore } from '../../shared/adapters/dynamo/payments/payout-store.ts';
import {
  type AuditReport,
  type Difference,
  nothingChecked,
} from '../../shared/domain/audit/report.ts';
import { createTables } from '../support/deployed/dynamo-tables.ts';
import { auditConforms, auditOf } from './audit.suite.ts';

type Item = Record<string, AttributeValue>;
type Table = 'payments' | 'ledger' | 'books';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  const tables = {} as { client: DynamoDBClient; names: Record<Table, string> };

  const open = async () => {
    const created = await createTables(endpoint as string, ['payments', 'ledger', 'books']);
    const { client, names, drop } = created;
    Object.assign(tables, { client, names });
    return {
      payments: dynamoPaymentStore(client, names),
      payouts: dynamoPayoutStore(client, names),
      conversions: dynamoConversionStore(client, names),
      write: dynamoWriteTransfers(client, names.ledger),
      books: dynamoBooks(client, names.books),
      sources: dynamoAudit(client, names),
      close: drop,
    };
  };

  auditConforms('DynamoDB', open, (current) => {
    /** What is found while one item is another, or gone. */
    async function foundWith(
      table: Table,
      is: (item: Item) => boolean,
      change: (item: Item) => Item | null,
    ): Promise<readonly Difference[]> {
      const { client, names } = tables;
      const { Items = [] } = await client.send(new ScanCommand({ TableName: names[table] }));
      const item = Items.find(is);
      if (!item) {
        throw new Error(`there is no such item in ${table}`);
      }
      const Key = { pk: item.pk as AttributeValue, sk: item.sk as AttributeValue };
      const put = (Item: Item) =>
        client.send(new PutItemCommand({ TableName: names[table], Item }));
      const changed = change(item);
      await (changed
        ? put(changed)
        : client.send(new DeleteItemCommand({ TableName: names[table], Key })));
      try {
        return (await auditOf(current.stores.sources)).found;
      } finally {
        await put(item);
      }
    }

    const startsWith = (pk: string, sk: string) => (item: Item) =>
      Boolean(item.pk?.S?.startsWith(pk) && item.sk?.S?.startsWith(sk));
    const posted = (name: string) => (item: Item) => item.posting?.S === name;
    const raised = (item: Item, name: string): Item => ({
      ...item,
      [name]: { N: String(BigInt(item[name]?.N ?? 0) + 1n) },
    });
    const kindsOf = (differences: readonly Difference[]) =>
      new Set(differences.map(({ kind }) => kind));

    it('finds a transfer of another amount, by its account and id', async () => {
      let id: string | undefined;
      const found = await foundWith('ledger', posted('fee'), (item) => {
        id = item.id?.S;
        return raised(item, 'amount_minor');
      });
      expect(found).toContainEqual(
        expect.objectContaining({
          kind: 'changed_posting',
          account: 'merchant_payable.EUR',
          transfer: id,
          payment: current.stored.payment.id,
          expected: 'amountMinor 290',
          found: 'amountMinor 291',
        }),
      );
      expect(kindsOf(found)).toEqual(
        new Set(['altered_transfer', 'balance', 'day_total', 'changed_posting']),
      );
    });

    it('finds that a transfer is gone, a resolution as well', async () => {
      for (const [posting, account] of [
        ['fee', 'merchant_payable.EUR'],
        ['captured', 'psp_receivable.EUR'],
        ['payout', 'merchant_available.EUR'],
      ] as const) {
        const found = await foundWith('ledger', posted(posting), () => null);
        expect(found).toContainEqual(expect.objectContaining({ kind: 'missing_posting', account }));
      }
    });

    it('finds another limited balance, and another that is available', async () => {
      for (const name of ['credits_posted', 'available']) {
        const found = await foundWith('ledger', startsWith('ACCOUNT#acme#EUR#', 'LIMIT'), (item) =>
          raised(item, name),
        );
        expect(found).toEqual([
          expect.objectContaining({
            kind: 'limited_balance',
            account: 'merchant_available.EUR',
          }),
        ]);
      }
    });

    it('finds another balance, day total, link and head', async () => {
      const counter = 'merchant_payable#credits_posted';
      const inBook = (sk: string) => startsWith('TENANT#acme', sk);
      const edits: [string, (item: Item) => Item | null, Difference['kind'][]][] = [
        ['BOOK#EUR', (item) => raised(item, counter), ['balance', 'trial_balance']],
        ['DAY#EUR', (item) => raised(item, counter), ['day_total']],
        ['BOOK#EUR', (item) => ({ ...item, chain_hash: { S: 'x' } }), ['wrong_head']],
        ['CHAIN#USD', () => null, ['missing_link', 'balance', 'day_total', 'unfolded_transfer']],
      ];
      for (const [sk, change, kinds] of edits) {
        expect(kindsOf(await foundWith('books', inBook(sk), change))).toEqual(new Set(kinds));
      }
    });

    it('passes over a snapshot of another make, and one that was never taken', async () => {
      const snapshot = startsWith('PAYMENT#', 'SNAPSHOT#');
      const older = (item: Item): Item => ({
        ...item,
        state_version: { N: '0' },
        data: { S: '{"version":100}' },
      });
      for (const change of [older, () => null]) {
        expect(await foundWith('payments', snapshot, change)).toEqual([]);
      }
    });

    it('finds a state, a snapshot, and an event, that is gone, another, or cannot be read', async () => {
      const state = startsWith('PAYMENT#', 'STATE');
      const event = startsWith('PAYMENT#', 'EVENT#00000003');
      const snapshot = startsWith('PAYMENT#', 'SNAPSHOT#');
      const inData = (item: Item, from: string, to: string): Item => ({
        ...item,
        data: { S: item.data?.S?.replace(from, to) ?? '' },
      });
      const edits: [typeof state, (item: Item) => Item | null, Difference['kind']][] = [
        [state, () => null, 'changed_state'],
        [state, (item) => raised(item, 'version'), 'unreadable'],
        [state, (item) => ({ ...item, status: { S: 'failed' } }), 'unreadable'],
        [state, (item) => ({ ...item, data: { S: '{' } }), 'unreadable'],
        [event, () => null, 'broken_event'],
        [event, (item) => ({ ...item, data: { S: 'null' } }), 'broken_event'],
        [event, (item) => ({ ...item, tenant: { S: 'other' } }), 'changed_event'],
        [snapshot, (item) => inData(item, '"busyTries":98', '"busyTries":0'), 'changed_snapshot'],
        [snapshot, (item) => inData(item, '"version":100', '"version":99'), 'changed_snapshot'],
        [snapshot, (item) => raised(item, 'version'), 'unreadable'],
        [snapshot, (item) => ({ ...item, data: { S: '{' } }), 'unreadable'],
        [startsWith('PAYOUT#', 'STATE'), () => null, 'changed_state'],
        [startsWith('CONVERSION#', ''), () => null, 'extra_posting'],
      ];
      for (const [is, change, kind] of edits) {
        expect(kindsOf(await foundWith('payments', is, change))).toEqual(new Set([kind]));
      }
    });

    it('is clean again after all that', async () => {
      expect((await auditOf(current.stores.sources)).found).toEqual([]);
    });
  });

  describe('the reports', () => {
    const aReport = (started: string, differences: readonly Difference[] = []): AuditReport => ({
      object: 'ledger_audit',
      started,
      ended: started,
      as_of: null,
      checked: nothingChecked,
      acts: null,
      not_yet_folded: 0,
      difference_count: differences.length,
      differences,
      verdict: differences.length === 0 ? 'clean' : 'differences',
    });

    it('are kept by their time, and the latest one by itself, in whatever order they end', async () => {
      const { client, names, drop } = await createTables(endpoint as string, ['books']);
      try {
        const store = dynamoReports(client, names.books);
        const last = dynamoLastReport(client, names.books);
        expect(await last()).toBeNull();
        const [first, second] = [
          aReport('2026-01-01T10:00:00.000Z'),
          aReport('2026-01-01T11:00:00.000Z'),
        ];
        await store(second);
        await store(first);
        const read = async (pk: string, sk: string) => {
          const Key = { pk: { S: pk }, sk: { S: sk } };
          const { Item } = await client.send(new GetItemCommand({ TableName: names.books, Key }));
          return Item;
        };
        expect(JSON.parse((await read('AUDIT#LATEST', 'AUDIT'))?.data?.S ?? '')).toEqual(second);
        expect(await last()).toEqual(second);
        expect((await read('AUDIT#LATEST', 'AUDIT'))?.expires_at).toBeUndefined();
        for (const report of [first, second]) {
          const item = await read('AUDIT', report.started);
          expect(JSON.parse(item?.data?.S ?? '')).toEqual(report);
          const keptMs = Number(item?.expires_at?.N) * 1_000 - Date.parse(report.ended);
          expect(keptMs).toBe(90 * 24 * 60 * 60 * 1_000);
        }
      } finally {
        await drop();
      }
    });

    it('list as many differences as an item can hold, and count all of them', async () => {
      const { client, names, drop } = await createTables(endpoint as string, ['books']);
      try {
        const difference = { kind: 'balance', tenant: 'acme', says: 'x'.repeat(900) } as Difference;
        const many = Array.from({ length: 1_000 }, () => difference);
        await dynamoReports(client, names.books)(aReport('2026-01-01T10:00:00.000Z', many));
        const { Items = [] } = await client.send(new ScanCommand({ TableName: names.books }));
        const stored: AuditReport = JSON.parse(Items[0]?.data?.S ?? '');
        expect(stored.difference_count).toBe(1_000);
        expect(stored.differences.length).toBeGreaterThan(200);
        expect(stored.differences.length).toBeLessThan(1_000);
      } finally {
        await drop();
      }
    });
  });
});
