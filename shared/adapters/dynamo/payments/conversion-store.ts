import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { type Conversion, conversionPostingsOf } from '../../../domain/conversion.ts';
import type { ConversionStore, WriteConversionResult } from '../../../ports/payouts/conversions.ts';
import { ledgerItems, ledgerRefusal } from '../ledger/ledger-items.ts';
import { transact } from '../transact.ts';

/**
 * Conversions on DynamoDB, in the table of the payments: `CONVERSION#<id> / CONVERSION`, the
 * conversion as JSON. It is no event, and none goes out: nothing follows on a conversion, it ends
 * with its answer, and its transfers are in the ledger's own stream.
 */
export function dynamoConversionStore(
  client: DynamoDBClient,
  tables: { readonly payments: string; readonly ledger: string },
): ConversionStore {
  return {
    write: (conversion) => write(client, tables, conversion),
    load: async (id) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tables.payments, Key: keyOf(id), ConsistentRead: true }),
      );
      return Item ? conversionOf(Item) : null;
    },
  };
}

/**
 * Two requests with one key race to make one conversion, of all that is available:
 *
 *     A  put CONVERSION if not there, available -100 if >= 100   ---- written ----> 201
 *     B     put CONVERSION if not there, available -100 if >= 100   ---- both refused ----> A's answer
 *
 * That it is there goes before what is available: the first of the two took that.
 */
async function write(
  client: DynamoDBClient,
  tables: { readonly payments: string; readonly ledger: string },
  conversion: Conversion,
): Promise<WriteConversionResult> {
  const conversionIsNew = 'attribute_not_exists(pk)';
  const items: TransactWriteItem[] = [
    {
      Put: {
        TableName: tables.payments,
        Item: {
          ...keyOf(conversion.id),
          tenant: { S: conversion.tenant },
          data: { S: JSON.stringify(conversion) },
        },
        ConditionExpression: conversionIsNew,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    ...ledgerItems(conversionPostingsOf(conversion), tables.ledger),
  ];
  const answer = await transact(client, items);
  if (answer.kind === 'written') {
    return { kind: 'written' };
  }
  const known = answer.reasons[0]?.Item;
  if (known) {
    return { kind: 'exists', conversion: conversionOf(known) };
  }
  if (ledgerRefusal(items, answer.reasons) === 'insufficient_funds') {
    return { kind: 'insufficient_funds' };
  }
  throw new Error(`the ledger refused the transfers of conversion ${conversion.id}`);
}

/** The partition of a conversion. */
export function conversionPartition(id: string): string {
  return `CONVERSION#${id}`;
}

function keyOf(id: string) {
  return { pk: { S: conversionPartition(id) }, sk: { S: 'CONVERSION' } };
}

function conversionOf(item: Record<string, AttributeValue>): Conversion {
  return JSON.parse(item.data?.S as string) as Conversion;
}
