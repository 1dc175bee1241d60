import type { MachineType } from '../cost/bill.ts';
import type { Counts } from '../cost/counts.ts';
import { markdownTable } from '../cost/tables.ts';
import { hotLimitsOf, type Limit, limitsOf, type Plan, planOf } from './model.ts';

type Row = readonly string[];

/** The rates that docs/capacity.md is about: a shop, Stripe's peak of 137,000 a minute, and Visa's. */
export const rates = [100, 2_500, 24_000] as const;

const number = (value: number): string =>
  value >= 100 ? Math.floor(value).toLocaleString('en') : String(Number(value.toPrecision(2)));

const limitRow = ({ quota, perPayment, paymentsPerSecond }: Limit): Row => [
  quota.service,
  quota.what,
  number(perPayment),
  number(quota.limit),
  number(paymentsPerSecond),
];

/** Every quota that a payment takes of. */
export function limitTable(counts: Counts): string {
  const both = new Map(
    (['STANDARD', 'EXPRESS'] as const)
      .flatMap((type) => limitsOf(counts, type))
      .map((limit) => [`${limit.quota.service} ${limit.quota.what}`, limit]),
  );
  const rows = [...both.values()].sort((a, b) => a.paymentsPerSecond - b.paymentsPerSecond);
  return markdownTable(
    ['service', 'quota', 'of a payment', 'default', 'payments a second'],
    rows.map(limitRow),
  );
}

/** What the payments of one tenant, or of one PSP, share. */
export function hotTable(counts: Counts): string {
  return markdownTable(
    ['key', 'shared by', 'write units of a payment', 'payments a second', 'beyond it'],
    hotLimitsOf(counts).map(({ hot, perPayment, paymentsPerSecond }) => [
      `\`${hot.key}\``,
      `one ${hot.of}`,
      number(perPayment),
      number(paymentsPerSecond),
      hot.remedy,
    ]),
  );
}

/** What has to be raised, sharded or batched for a rate. */
export function planText(plan: Plan): string {
  const { rate, type, exceeded, hot, dollarsPerMonth } = plan;
  const rows = [
    ...exceeded.map(({ quota, needed, paymentsPerSecond }) => [
      `${quota.service}: ${quota.what}`,
      number(paymentsPerSecond),
      `${number(quota.limit)} -> ${number(Math.ceil(needed))}`,
      quota.remedy,
    ]),
    ...hot.map(({ hot: { key, of, remedy }, paymentsPerSecond }) => [
      `DynamoDB: \`${key}\`, if one ${of} has all of it`,
      number(paymentsPerSecond),
      `${Math.ceil(rate / paymentsPerSecond)} keys`,
      remedy,
    ]),
  ];
  const [first] = exceeded;
  return [
    `### ${number(rate)} a second, ${type}`,
    '',
    `USD ${dollarsPerMonth.toLocaleString('en')} a month at list prices. ${
      first
        ? `The first limit is ${first.quota.what} (${first.quota.service}), at ${number(first.paymentsPerSecond)} a second.`
        : 'No default stands in the way.'
    }`,
    ...(rows.length === 0
      ? []
      : ['', markdownTable(['what', 'is enough for', 'needed', 'how'], rows)]),
  ].join('\n');
}

/** The part of docs/capacity.md that is made from the counts. */
export function capacityPage(counts: Counts): string {
  const plans = rates.flatMap((rate) =>
    (['STANDARD', 'EXPRESS'] as const satisfies readonly MachineType[]).map((type) =>
      planText(planOf(counts, rate, type)),
    ),
  );
  return [
    '## Quotas',
    limitTable(counts),
    '## Keys that payments share',
    hotTable(counts),
    '## For a rate',
    ...plans,
  ].join('\n\n');
}
