import type {
  Counts,
  FunctionCounts,
  MachineCounts,
  TableCounts,
} from '../../../docs/cost/counts.ts';
import { functionSpecs } from '../../../functions/index.ts';
import { stages } from '../../../infra/stages.ts';
import type { FunctionSpec } from '../../../shared/runtime/function-spec.ts';
import type { Call, Line } from './lines.ts';
import { itemOverheadBytes, type KnownItems, projected, shapeOf, unitsOf } from './units.ts';

/** EventBridge charges an event by the chunk of 64 KB. */
const eventChunkBytes = 64 * 1_024;
const prefix = 'paysaga-local-';
const specs = new Map<string, FunctionSpec>(functionSpecs.map((spec) => [spec.name, spec]));

/** What is counted of an execution. */
export interface CountedExecution extends Omit<MachineCounts, 'executions'> {
  readonly machine: string;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Sums<T> = Record<string, Mutable<T>>;

/**
 * Adds invocations and executions up.
 *
 * @param known of the items before: is told what is put
 * @param storedBefore what they were stored with
 */
export function sumUp(
  lines: readonly Line[],
  executions: readonly CountedExecution[],
  known: KnownItems,
  { payments, storedBefore }: { readonly payments: number; readonly storedBefore: number },
): Counts {
  const tables: Sums<TableCounts> = {};
  const functions: Sums<FunctionCounts> = {};
  for (const line of lines) {
    addInvocation(functions, line);
    const sum = functions[specOf(line).name];
    for (const { read, write } of line.calls.flatMap((call) => addUnits(tables, call, known))) {
      if (sum) {
        sum.read_units += read;
        sum.write_units += write;
      }
    }
  }
  const calls = lines.flatMap((line) => line.calls);
  const sizes = calls.flatMap(({ events = [], status }) => (status === 200 ? events : []));
  return {
    payments,
    api_requests: lines.filter((line) => isOf(line, 'http')).length,
    functions: sorted(functions),
    tables: sorted(tables),
    machines: machinesOf(executions),
    events: sizes.reduce((sum, bytes) => sum + Math.ceil(bytes / eventChunkBytes), 0),
    event_bytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
    queues: queuesOf(lines),
    kms_requests: calls.filter(({ service }) => service === 'kms').length,
    trace_roots: lines.filter((line) => isOf(line, 'http') || isOf(line, 'stream')).length,
    stored_bytes: storedBytes(known) - storedBefore,
  };
}

function addInvocation(functions: Sums<FunctionCounts>, line: Line): void {
  const { name, memoryMb } = specOf(line);
  const {
    invocations,
    emulator_ms,
    cpu_ms,
    aws_calls,
    outside_calls,
    log_bytes,
    log_lines,
    ...rest
  } = functions[name] ?? {
    invocations: 0,
    emulator_ms: 0,
    cpu_ms: 0,
    aws_calls: 0,
    outside_calls: 0,
    memory_mb: memoryMb ?? stages.prod.memoryMb,
    log_bytes: 0,
    log_lines: 0,
    read_units: 0,
    write_units: 0,
  };
  functions[name] = {
    ...rest,
    invocations: invocations + 1,
    emulator_ms: emulator_ms + Math.ceil(line.ms),
    cpu_ms: cpu_ms + Math.ceil(line.cpu_ms),
    aws_calls: aws_calls + line.calls.length,
    outside_calls: outside_calls + line.outside_calls,
    log_bytes: log_bytes + line.log_bytes,
    log_lines: log_lines + line.log_lines,
  };
}

function queuesOf(lines: readonly Line[]): Counts['queues'] {
  const queues: Sums<Counts['queues'][string]> = {};
  for (const line of lines.filter((each) => isOf(each, 'consumer') || isOf(each, 'queue'))) {
    const { name } = specOf(line);
    const { messages, batches } = queues[name] ?? { messages: 0, batches: 0 };
    queues[name] = { messages: messages + (line.records ?? 0), batches: batches + 1 };
  }
  return sorted(queues);
}

export function specOf({ function: deployed }: Pick<Line, 'function'>): FunctionSpec {
  const spec = specs.get(deployed.replace(prefix, ''));
  if (!spec) {
    throw new Error(`${deployed} is none of our functions`);
  }
  return spec;
}

export function isOf(line: Line, kind: FunctionSpec['trigger']['kind']): boolean {
  return specOf(line).trigger.kind === kind;
}

function addUnits(
  tables: Sums<TableCounts>,
  call: Call,
  known: KnownItems,
): readonly { readonly read: number; readonly write: number }[] {
  const charged = unitsOf(call, known);
  for (const { table, index, read, write, kind } of charged) {
    const sum = tables[table] ?? {
      read_units: 0,
      write_units: 0,
      index_write_units: {},
      partitions: {},
    };
    const { writes, reads, write_units } = sum.partitions[kind ?? ''] ?? {
      writes: 0,
      reads: 0,
      write_units: 0,
    };
    tables[table] = {
      read_units: sum.read_units + read,
      write_units: sum.write_units + write,
      index_write_units: {
        ...sum.index_write_units,
        ...(index === null ? {} : { [index]: (sum.index_write_units[index] ?? 0) + write }),
      },
      partitions: {
        ...sum.partitions,
        ...(kind === null
          ? {}
          : {
              [kind]: {
                writes: writes + (write > 0 ? 1 : 0),
                reads: reads + (read > 0 ? 1 : 0),
                write_units: write_units + write,
              },
            }),
      },
    };
  }
  return charged;
}

function machinesOf(executions: readonly CountedExecution[]): Record<string, MachineCounts> {
  const machines: Sums<MachineCounts> = {};
  for (const { machine, transitions, billed_ms, log_bytes, log_lines } of executions) {
    const sum = machines[machine];
    machines[machine] = {
      executions: (sum?.executions ?? 0) + 1,
      transitions: (sum?.transitions ?? 0) + transitions,
      billed_ms: (sum?.billed_ms ?? 0) + billed_ms,
      log_bytes: (sum?.log_bytes ?? 0) + log_bytes,
      log_lines: (sum?.log_lines ?? 0) + log_lines,
    };
  }
  return sorted(machines);
}

/** Of a payment, a transfer or a link of the chain: other items are there without it. */
const ofItsOwn = /[0-9a-f]{8}-[0-9a-f]{4}-|CHAIN#/;

/** Of items that a payment has of its own, with their copies in indexes. */
export function storedBytes({ images, sizes }: KnownItems): number {
  let sum = 0;
  for (const [key, image] of images) {
    const copies = indexesOf(key).flatMap((shape) => projected(image, shape) ?? []);
    sum += [image, ...copies].reduce((bytes, each) => bytes + each.bytes + itemOverheadBytes, 0);
  }
  for (const [key, bytes] of sizes) {
    if (!images.has(key) && ofItsOwn.test(key)) {
      const copies = indexesOf(key).filter(({ projects }) => projects === undefined);
      sum += (1 + copies.length) * (bytes + itemOverheadBytes);
    }
  }
  return sum;
}

function indexesOf(key: string) {
  return Object.values(shapeOf(key.split(' ')[0] as string).indexes ?? {});
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
