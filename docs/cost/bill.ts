import { machineLogLevel, stages } from '../../infra/stages.ts';
import type { Counts, FunctionCounts } from './counts.ts';
import { type Price, prices } from './prices.ts';

export const services = [
  'API Gateway',
  'Lambda',
  'DynamoDB',
  'Step Functions',
  'EventBridge',
  'SQS',
  'CloudWatch Logs',
  'X-Ray',
  'KMS',
] as const;
export type Service = (typeof services)[number];

export const machineTypes = ['STANDARD', 'EXPRESS'] as const;
export type MachineType = (typeof machineTypes)[number];

/** In nano-dollars for a million payments: a thousandth of one for each. */
export interface Bill {
  readonly services: Readonly<Record<Service, bigint>>;
  readonly total: bigint;
}

/** What CloudWatch Logs adds to each event. */
const logEventBytes = 26;
/** A line of the API's access log: its format in infra/constructs/api with values of usual length. */
const accessLogBytes = 300;
const expressChunkMb = 64;
const batchMessages = 10;
/**
 * X-Ray's rule decides for requests alone (infra/stacks/observability-stack.ts). A batch of a stream is
 * sampled by Lambda: the first of a second, and one in twenty.
 */
const tracedBatchesOneIn = 20n;
/** Machines that are STANDARD whatever the stage says: they wait for longer than EXPRESS lives. */
const alwaysStandard = /^resolve/;

/** What a million payments cost by their counts. @param msOf how long a function's invocations take */
export function billOf(
  counts: Counts,
  type: MachineType,
  msOf: (each: FunctionCounts) => number = billedMs,
): Bill {
  const sum = (lines: readonly (readonly [Price, number])[]): bigint =>
    lines.reduce((total, [price, quantity]) => total + forAMillion(price, quantity, counts), 0n);
  const functions = Object.values(counts.functions);
  const tables = Object.values(counts.tables);
  const queues = Object.values(counts.queues);
  const byService: Record<Service, bigint> = {
    'API Gateway': sum([[prices.apiRequest, counts.api_requests]]),
    Lambda: sum([
      [prices.lambdaRequest, total(functions, ({ invocations }) => invocations)],
      [prices.lambdaDuration, total(functions, (each) => msOf(each) * each.memory_mb)],
    ]),
    DynamoDB: sum([
      [prices.writeUnit, total(tables, ({ write_units }) => write_units)],
      [prices.halfReadUnit, total(tables, ({ read_units }) => 2 * read_units)],
    ]),
    'Step Functions': sum(machineLines(counts, type)),
    EventBridge: sum([
      [prices.busEvent, counts.events],
      [prices.archivedByte, counts.event_bytes],
    ]),
    SQS: sum([[prices.queueRequest, total(queues, queueRequests)]]),
    'CloudWatch Logs': sum([[prices.logByte, logBytesOf(counts, type)]]),
    'X-Ray':
      sum([[prices.trace, counts.api_requests]]) / BigInt(stages.prod.tracedOneIn) +
      sum([[prices.trace, counts.trace_roots - counts.api_requests]]) / tracedBatchesOneIn,
    KMS: sum([[prices.kmsRequest, counts.kms_requests]]),
  };
  return { services: byService, total: Object.values(byService).reduce((a, b) => a + b, 0n) };
}

/** With so much memory a function has a whole processor, and with less its part of one. */
const wholeProcessorMb = 1_769;
/**
 * What a function waits for an answer of AWS, and of a PSP or a merchant: assumed, as an emulator on a busy
 * laptop says nothing of it. DynamoDB answers in less.
 */
export const assumedMs = { awsCall: 10, outsideCall: 400 } as const;

/**
 * What Lambda would bill: what the code was busy for, slower as its memory gives it less of a processor,
 * and its waits.
 */
export function billedMs(each: FunctionCounts): number {
  return busyMs(each) + waitsMs(each);
}

export function busyMs({ cpu_ms, memory_mb }: FunctionCounts): number {
  return Math.ceil(cpu_ms * Math.max(1, wholeProcessorMb / memory_mb));
}

export function waitsMs({ aws_calls, outside_calls }: FunctionCounts): number {
  return aws_calls * assumedMs.awsCall + outside_calls * assumedMs.outsideCall;
}

/** As long as it took here, on the emulator. */
export function emulatorMs({ emulator_ms }: FunctionCounts): number {
  return emulator_ms;
}

/** EventBridge's send, and of each batch Lambda's receive and its delete. */
export function queueRequests({ messages, batches }: Counts['queues'][string]): number {
  return messages + batches + Math.max(batches, Math.ceil(messages / batchMessages));
}

function typeOf(machine: string, type: MachineType): MachineType {
  return alwaysStandard.test(machine) ? 'STANDARD' : type;
}

function machineLines(counts: Counts, type: MachineType): (readonly [Price, number])[] {
  return Object.entries(counts.machines).flatMap(([name, machine]): (readonly [Price, number])[] =>
    typeOf(name, type) === 'STANDARD'
      ? [[prices.transition, machine.transitions]]
      : [
          [prices.expressRequest, machine.executions],
          [prices.expressDuration, machine.billed_ms * expressChunkMb],
        ],
  );
}

/**
 * All that is taken in: what functions write, the API's log, and those of machines that log all. Lambda adds nothing of its own: infra/constructs/house-function.ts.
 */
export function logBytesOf(
  { functions, machines, api_requests }: Counts,
  type: MachineType,
): number {
  const logged = (each: { readonly log_bytes: number; readonly log_lines: number }) =>
    each.log_bytes + lineBytes(each.log_lines);
  const telling = Object.entries(machines)
    .filter(([name]) => machineLogLevel(stages.prod, typeOf(name, type)) === 'ALL')
    .map(([, machine]) => machine);
  return (
    total(Object.values(functions), logged) +
    total(telling, logged) +
    api_requests * (accessLogBytes + logEventBytes)
  );
}

function lineBytes(lines: number): number {
  return lines * logEventBytes;
}

/** Rounded to the nearest nano-dollar. */
function forAMillion({ nanoDollars, per }: Price, quantity: number, { payments }: Counts): bigint {
  return rounded(BigInt(Math.round(quantity)) * nanoDollars * 1_000_000n, per * BigInt(payments));
}

export function rounded(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor / 2n) / divisor;
}

export function total<T>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((sum, each) => sum + of(each), 0);
}

/** `12.34` of nano-dollars. */
export function dollars(nano: bigint, digits = 2): string {
  const unit = 10n ** BigInt(9 - digits);
  const text = String(rounded(nano, unit)).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
