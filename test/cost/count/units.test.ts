import { describe, expect, it } from 'vitest';
import { itemBytes, refusedUnits } from '../../../local/localstack/runtime/units.mjs';
import type { Call, Image, NamedItem } from './lines.ts';
import { type KnownItems, kindOf, unitsOf } from './units.ts';

function known(sizes: Readonly<Record<string, number>> = {}): KnownItems {
  return { images: new Map<string, Image>(), sizes: new Map(Object.entries(sizes)) };
}

/** A put of an item of so many bytes, with some texts. */
function put(
  table: string,
  pk: string,
  bytes: number,
  texts: Readonly<Record<string, string>> = {},
): NamedItem {
  const sizes = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, name.length + text.length]),
  );
  return { act: 'Put', table, pk, sk: 'STATE', bytes, sizes, texts };
}

function transaction(...items: readonly NamedItem[]): Call {
  const said = [{ table: 'payments', index: null, read: 0, write: 99 }];
  return { service: 'dynamodb', operation: 'TransactWriteItems', status: 200, units: said, items };
}

const written = (call: Call, items: KnownItems) =>
  unitsOf(call, items).map(({ table, index, write }) => [index ?? table, write]);

describe('the units of a transaction', () => {
  it('are of each item by itself, rounded up, and twice', () => {
    const call = transaction(put('payments', 'PAYMENT#1', 1_025), put('books', 'TENANT#a', 900));
    expect(written(call, known())).toEqual([
      ['payments', 4],
      ['books', 2],
    ]);
  });

  it('are of the larger one where an item replaces another', () => {
    const items = known();
    unitsOf(transaction(put('payments', 'PAYMENT#1', 3_000)), items);
    expect(written(transaction(put('payments', 'PAYMENT#1', 100)), items)).toEqual([
      ['payments', 6],
    ]);
  });

  it('are of the item that is updated or looked at, as large as it is', () => {
    const seen = known({ 'ledger TRANSFER#1 TRANSFER': 2_000 });
    const check = { act: 'ConditionCheck', table: 'ledger', pk: 'TRANSFER#1', sk: 'TRANSFER' };
    const update = { act: 'Update', table: 'books', pk: 'TENANT#a', sk: 'BOOK' };
    expect(written(transaction(check, update), seen)).toEqual([
      ['ledger', 4],
      ['books', 2],
    ]);
  });

  it('are one in an index for an item that comes or goes, two for one that moves, none for one that stays', () => {
    const items = known();
    const at = (due: Readonly<Record<string, string>>) =>
      written(transaction(put('payments', 'PAYMENT#1', 900, due)), items).slice(1);
    expect(at({ due_key: 'STUCK', due_at: '1' })).toEqual([['by_due', 1]]);
    expect(at({ due_key: 'STUCK', due_at: '1' })).toEqual([]);
    expect(at({ due_key: 'STUCK', due_at: '2' })).toEqual([['by_due', 2]]);
    expect(at({})).toEqual([['by_due', 1]]);
    expect(at({})).toEqual([]);
  });

  it('are one each time in an index that has all of an item', () => {
    const items = known();
    const transfer = put('ledger', 'TRANSFER#1', 500, {
      debit_account: 'a',
      credit_account: 'b',
      position: '1',
    });
    for (const _ of [1, 2]) {
      expect(written(transaction(transfer), items)).toEqual([
        ['ledger', 2],
        ['by_debit_account', 1],
        ['by_credit_account', 1],
      ]);
    }
  });
});

describe('the units of anything else', () => {
  const read = { service: 'dynamodb', operation: 'Query', status: 200 } as const;

  it('are what DynamoDB says, and not nothing for a read that finds nothing', () => {
    const units = [{ table: 'webhooks', index: null, read: 0, write: 0 }];
    expect(unitsOf({ ...read, units, consistent: false }, known())[0]?.read).toBe(0.5);
    expect(unitsOf({ ...read, units, consistent: true }, known())[0]?.read).toBe(1);
    const found = [{ table: 'webhooks', index: null, read: 3, write: 0 }];
    expect(unitsOf({ ...read, units: found }, known())[0]?.read).toBe(3);
  });

  it('of a refused write are those of what it would have put', () => {
    const Item = { pk: { S: 'x'.repeat(1_500) } };
    const Put = { TableName: 'payments', Item };
    const ConditionCheck = { TableName: 'ledger', Key: {} };
    const TransactItems = [{ Put }, { ConditionCheck }];
    expect(refusedUnits('TransactWriteItems', { TransactItems })).toEqual([
      { table: 'payments', write: 4 },
      { table: 'ledger', write: 2 },
    ]);
    expect(refusedUnits('UpdateItem', { TableName: 'access', Key: {} })).toEqual([
      { table: 'access', write: 1 },
    ]);
    expect(refusedUnits('GetItem', { TableName: 'access', Key: {} })).toEqual([]);
  });
});

describe('the size of an item', () => {
  it('is of names and values, as DynamoDB counts them', () => {
    expect(itemBytes({ pk: { S: 'é' } })).toBe(4);
    expect(itemBytes({ n: { N: '12345' } })).toBe(1 + 4);
    expect(itemBytes({ n: { N: '-1000' } })).toBe(1 + 2);
    expect(itemBytes({ b: { B: 'AAEC' } })).toBe(1 + 3);
    expect(itemBytes({ z: { NULL: true }, t: { BOOL: false } })).toBe(4);
    expect(itemBytes({ l: { L: [{ S: 'ab' }] } })).toBe(1 + 3 + 1 + 2);
    expect(itemBytes({ m: { M: { a: { S: 'b' } } } })).toBe(1 + 3 + 1 + 2);
    expect(itemBytes({ s: { SS: ['a', 'bc'] } })).toBe(1 + 3);
  });
});

it.each([
  ['PAYMENT#16f970e2', 'PAYMENT'],
  ['DAILY#TENANT#acme#d', 'DAILY#TENANT'],
  ['LIMIT#acme', 'LIMIT'],
])('the kind of the partition %s is %s', (pk, kind) => {
  expect(kindOf(pk)).toBe(kind);
});
