import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Break, operationsTenant } from '../../../domain/settlement/break.ts';

type Item = Record<string, AttributeValue>;

/**
 * A break is one item, and a row in the list of each who may read it:
 *
 *     BREAK#<id>         BREAK             its status, and the break as JSON
 *     BREAKS#<tenant>    <created>#<id>    the same; index by_status: BREAKS#<tenant>#<status>
 *     BREAKS#operations  <created>#<id>    the same
 *
 * They are written together, on conditions on the first.
 */
export function breakKey(id: string): Item {
  return { pk: { S: `BREAK#${id}` }, sk: { S: 'BREAK' } };
}

/** The list of whoever reads it. */
export function breaksOf(owner: string): string {
  return `BREAKS#${owner}`;
}

/** Puts a break that is not there yet. */
export function fileItems(table: string, filed: Break): TransactWriteItem[] {
  const isNotThere = 'attribute_not_exists(pk)';
  return [
    { Put: { TableName: table, Item: breakItem(filed), ConditionExpression: isNotThere } },
    ...rows(table, filed),
  ];
}

/**
 * Puts a closed break over the open one. A person and a late line race to close it:
 *
 *     A  put BREAK if it is open   ---- written: A's reason
 *     B     put BREAK if it is open   ---- refused: B reads it again, and sees A's
 */
export function closeItems(table: string, closed: Break): TransactWriteItem[] {
  const isOpen = '#status = :open';
  return [
    {
      Put: {
        TableName: table,
        Item: breakItem(closed),
        ConditionExpression: isOpen,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':open': { S: 'open' } },
      },
    },
    ...rows(table, closed),
  ];
}

/** Sees that a break is not there. */
export function absentItem(table: string, id: string): TransactWriteItem {
  const isNotThere = 'attribute_not_exists(pk)';
  return {
    ConditionCheck: { TableName: table, Key: breakKey(id), ConditionExpression: isNotThere },
  };
}

function breakItem(broken: Break): Item {
  return { ...breakKey(broken.id), status: { S: broken.status }, ...dataOf(broken) };
}

function rows(table: string, broken: Break): TransactWriteItem[] {
  return [...new Set([operationsTenant, broken.tenant])].map((owner) => ({
    Put: {
      TableName: table,
      Item: {
        pk: { S: breaksOf(owner) },
        sk: { S: `${broken.created}#${broken.id}` },
        status_key: { S: `${breaksOf(owner)}#${broken.status}` },
        ...dataOf(broken),
      },
    },
  }));
}

function dataOf(broken: Break): Item {
  return { data: { S: JSON.stringify(broken) } };
}

/** Reads a break back from its item, or from a row of a list. */
export function breakOf(item: Readonly<Item>): Break {
  return JSON.parse(item.data?.S as string) as Break;
}
