import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Currency } from '../../../domain/money/currency.ts';
import { inGeneration } from '../../../domain/projection/generation.ts';
import {
  nothingTaken,
  type Taken,
  takenFromText,
  takenText,
} from '../../../domain/projection/taken.ts';
import {
  type DayTotals,
  type Tally,
  talliesText,
  totalNames,
} from '../../../domain/reports/daily-totals.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

/** What the partition keys of one generation begin with. */
export function generationPrefix(generation: number): string {
  return inGeneration(generation, 'DAILY#');
}

export function paymentKey(generation: number, id: string) {
  return { pk: { S: `${generationPrefix(generation)}PAYMENT#${id}` }, sk: { S: 'TAKEN' } };
}

export function dayPartition(generation: number, tenant: string, part: string): string {
  return `${generationPrefix(generation)}TENANT#${tenant}#${part}`;
}

export function countAttribute(name: string): string {
  return `${name}#count`;
}

export function amountAttribute(name: string): string {
  return `${name}#amount`;
}

/** Which events of a payment are taken, by its item. */
export function takenOf(item: Item | undefined): Taken {
  return item?.taken?.S === undefined ? nothingTaken : takenFromText(item.taken.S);
}

/** A part of a day, by its item. */
export function dayOf(item: Item): DayTotals {
  const [day = '', currency = ''] = item.sk?.S?.split('#') ?? [];
  const totals = Object.fromEntries(
    totalNames.flatMap((name): [string, Tally][] => {
      const count = item[countAttribute(name)]?.N;
      const amountMinor = BigInt(item[amountAttribute(name)]?.N ?? 0);
      return count === undefined ? [] : [[name, { count: Number(count), amountMinor }]];
    }),
  );
  return { day, currency: currency as Currency, totals };
}

/** What of an item is the same in every generation of the same events. */
export function contentOf(item: Item): string {
  return item.taken ? takenText(takenOf(item)) : talliesText(dayOf(item).totals);
}
