import {
  type Bill,
  billedMs,
  billOf,
  dollars,
  emulatorMs,
  machineTypes,
  queueRequests,
  type Service,
  services,
  total,
} from './bill.ts';
import type { Counts, CountsFile, FunctionCounts } from './counts.ts';
import { type Price, prices, pricesAsOf } from './prices.ts';

type Row = readonly string[];

/** In which STANDARD and EXPRESS differ: by what a machine takes, and by what it logs. */
const byType: ReadonlySet<Service> = new Set(['Step Functions', 'CloudWatch Logs']);

/** USD per million of each path, by service. */
export function pathRows({ paths }: CountsFile): readonly Row[] {
  return Object.entries(paths).map(([name, { alone }]) => {
    const [standard, express] = machineTypes.map((type) => billOf(alone, type)) as [Bill, Bill];
    return [
      name,
      ...services.map((service) =>
        byType.has(service)
          ? `${dollars(standard.services[service])} / ${dollars(express.services[service])}`
          : dollars(standard.services[service]),
      ),
      dollars(standard.total),
      dollars(express.total),
    ];
  });
}

/** USD per million if every function took as long as it did on the emulator. */
export function slowestRow(counts: Counts): Row {
  return machineTypes.map((type) => dollars(billOf(counts, type, emulatorMs).total));
}

export const pathHead: Row = [
  'path',
  ...services.map((service) => (byType.has(service) ? `${service}, S / E` : service)),
  'STANDARD',
  'EXPRESS',
];

/** Where the units of one payment go, function by function. */
export function functionRows(counts: Counts): readonly Row[] {
  const rows = Object.entries(counts.functions).map(([name, each]) => row(name, each, counts));
  const all = Object.values(counts.functions);
  const sum = (of: (each: FunctionCounts) => number) => shared(total(all, of), counts);
  return [
    ...rows,
    [
      'all',
      sum(({ invocations }) => invocations),
      sum(billedMs),
      sum(({ cpu_ms }) => cpu_ms),
      sum(({ write_units }) => write_units),
      sum(({ read_units }) => read_units),
      sum(({ log_bytes }) => log_bytes),
    ],
  ];
}

export const functionHead: Row = [
  'function',
  'invocations',
  'ms billed',
  'ms busy',
  'write units',
  'read units',
  'log bytes',
];

function row(name: string, each: FunctionCounts, counts: Counts): Row {
  const { invocations, cpu_ms, write_units, read_units, log_bytes } = each;
  return [
    name,
    ...[invocations, billedMs(each), cpu_ms, write_units, read_units, log_bytes].map((value) =>
      shared(value, counts),
    ),
  ];
}

/** What one payment has of it: a whole number where it is one. */
function shared(value: number, { payments }: Counts): string {
  return String(Math.round((10 * value) / payments) / 10);
}

export function tableRows(counts: Counts): readonly Row[] {
  return Object.entries(counts.tables).map(([name, { write_units, read_units, ...each }]) => [
    name,
    shared(write_units, counts),
    Object.entries(each.index_write_units)
      .map(([index, units]) => `${index} ${shared(units, counts)}`)
      .join(', ') || '-',
    shared(read_units, counts),
    Object.entries(each.partitions)
      .map(
        ([kind, { writes, reads }]) =>
          `${kind} ${shared(writes, counts)}w ${shared(reads, counts)}r`,
      )
      .join(', ') || '-',
  ]);
}

export const tableHead: Row = [
  'table',
  'write units',
  'of them in indexes',
  'read units',
  'requests by kind of partition',
];

/** One payment alone against one of many at once. */
export function togetherRows(alone: Counts, together: Counts): readonly Row[] {
  const both = (of: (counts: Counts) => number): Row =>
    [alone, together].map((counts) => shared(of(counts), counts));
  const queues = ({ queues: each }: Counts) => total(Object.values(each), queueRequests);
  const sameTimes = { ...together, machines: asLongAs(alone, together) };
  const bills = [alone, sameTimes].map((counts) =>
    machineTypes.map((type) => billOf(counts, type)),
  );
  return [
    [
      'invocations',
      ...both(({ functions }) => total(Object.values(functions), (f) => f.invocations)),
    ],
    ['write units', ...both(({ tables }) => total(Object.values(tables), (t) => t.write_units))],
    ['read units', ...both(({ tables }) => total(Object.values(tables), (t) => t.read_units))],
    ['queue requests', ...both(queues)],
    ['events', ...both(({ events }) => events)],
    ...machineTypes.map((type, at) => [
      `USD per million, ${type}`,
      ...bills.map((bill) => dollars(bill[at]?.total ?? 0n)),
    ]),
  ];
}

/** From the times of many executions at once on a laptop nothing follows: each takes as long as alone. */
function asLongAs(alone: Counts, { machines }: Counts): Counts['machines'] {
  return Object.fromEntries(
    Object.entries(machines).map(([name, machine]) => {
      const one = alone.machines[name];
      const billed_ms = one
        ? Math.round((machine.executions * one.billed_ms) / one.executions)
        : machine.billed_ms;
      return [name, { ...machine, billed_ms }];
    }),
  );
}

export const togetherHead: Row = ['of one payment', 'alone', 'among many at once'];

const receivesAMonth = BigInt((5 * 30 * 24 * 3_600) / 20);

/** What is there whether anybody pays or not, in USD a month. */
export function standingRows({ standing }: CountsFile): readonly Row[] {
  const line = (what: string, price: Price, quantity: bigint): Row => [
    what,
    String(quantity),
    dollars((quantity * price.nanoDollars) / price.per),
  ];
  return [
    line('metrics in alarms', prices.alarm, BigInt(standing.alarm_metrics)),
    line('composite alarms', prices.compositeAlarm, BigInt(standing.composite_alarms)),
    line('dashboards', prices.dashboard, BigInt(standing.dashboards)),
    line('metrics of our own', prices.metric, BigInt(standing.metrics)),
    line('KMS keys', prices.kmsKey, BigInt(standing.kms_keys)),
    line(
      'receives of pollers that find nothing',
      prices.queueRequest,
      BigInt(standing.polled_queues) * receivesAMonth,
    ),
    line('runs by the clock', prices.lambdaRequest, BigInt(standing.scheduled_runs)),
  ];
}

export const standingHead: Row = ['what', 'how many', 'USD a month'];

/** Kept for a year, in USD per million payments. */
export function keptRows(counts: Counts): readonly Row[] {
  const year = (what: string, price: Price, bytes: number): Row => [
    what,
    shared(bytes, counts),
    dollars(
      (12n * BigInt(bytes) * 1_000_000n * price.nanoDollars) /
        (price.per * BigInt(counts.payments)),
    ),
  ];
  return [
    year('items and their copies in indexes', prices.tableStorage, counts.stored_bytes),
    year('the same in backups of every second', prices.tableBackup, counts.stored_bytes),
  ];
}

export const keptHead: Row = ['what', 'bytes a payment', 'USD per million payments and year'];

export function priceRows(): readonly Row[] {
  return Object.values(prices).map(({ nanoDollars, per, unit, source }: Price) => [
    unit,
    perOf(nanoDollars, per),
    `<${source}>`,
    pricesAsOf,
  ]);
}

export const priceHead: Row = ['unit', 'USD', 'page', 'as of'];

function perOf(nano: bigint, per: bigint): string {
  const text = BigInt(nano) === 0n ? '0' : trimmed(dollars(nano, 9));
  return per === 1n ? text : `${text} for ${per.toLocaleString('en-US')}`;
}

function trimmed(text: string): string {
  return text.replace(/0+$/, '').replace(/\.$/, '');
}

/** As Markdown: numbers to the right. */
export function markdownTable(head: Row, rows: readonly Row[]): string {
  const isNumber = (at: number) => rows.every((row) => /^[\d., /]+$/.test(row[at] ?? ''));
  return [
    `| ${head.join(' | ')} |`,
    `|${head.map((_, at) => (isNumber(at) ? '--:' : '---')).join('|')}|`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

/** For a terminal: in columns. */
export function textTable(head: Row, rows: readonly Row[]): string {
  const widths = head.map((_, at) =>
    Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, at) =>
          at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
