import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { countDir } from '../../../local/localstack/settings.ts';

/** What DynamoDB says that a request consumed, by table and index; index null: the table itself. */
export interface Units {
  readonly table: string;
  readonly index: string | null;
  readonly read: number;
  readonly write: number;
}

/** What of an item was put: bytes in all and by attribute, and those that an index could be by. */
export interface Image {
  readonly bytes: number;
  readonly sizes: Readonly<Record<string, number>>;
  readonly texts: Readonly<Record<string, string>>;
}

/** An item that a request names; an image where it puts it. */
export interface NamedItem extends Partial<Image> {
  /** `Put`, `Update`, `ConditionCheck` of a transaction, or the operation. */
  readonly act: string;
  readonly table: string;
  readonly pk: string;
  readonly sk: string;
}

export interface Call {
  readonly service: 'dynamodb' | 'events' | 'states' | 'sqs' | 'kms' | 'secretsmanager';
  readonly operation: string;
  /** Null: no answer came. */
  readonly status: number | null;
  readonly units?: readonly Units[];
  readonly consistent?: boolean;
  readonly items?: readonly NamedItem[];
  /** Of each event its size in bytes. */
  readonly events?: readonly number[];
  /** The one that was started, or had been. */
  readonly execution?: string | null;
}

/** One invocation, as local/localstack/runtime/counting.mjs writes it. */
export interface Line {
  readonly function: string;
  readonly request_id: string;
  readonly started: string;
  /** Of the process, for its first invocation. */
  readonly init_ms: number | null;
  readonly ms: number;
  readonly cpu_ms: number;
  readonly log_bytes: number;
  readonly log_lines: number;
  /** How many a batch has; null: it is none. */
  readonly records: number | null;
  readonly window: string | null;
  readonly is_last_of_window: boolean;
  /** Payments and operations of which the event or the answer tells. */
  readonly ids: readonly string[];
  /** Of an answer over HTTP. */
  readonly status: number | null;
  readonly error: string | null;
  readonly calls: readonly Call[];
  /** Requests to others than AWS. */
  readonly outside_calls: number;
}

/** Has the functions of a stack count from now on, from nothing. */
export function startCounting(stateDir: string): void {
  stopCounting(stateDir);
  mkdirSync(countDir(stateDir), { recursive: true });
}

export function stopCounting(stateDir: string): void {
  rmSync(countDir(stateDir), { recursive: true, force: true });
}

/**
 * Every invocation that has ended since, in the order in which they began.
 *
 * @param tableNames short ones, by those of the stack
 */
export function readLines(stateDir: string, tableNames: ReadonlyMap<string, string>): Line[] {
  const folder = countDir(stateDir);
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder)
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
    .filter((text) => text !== '')
    .map(
      (text) =>
        JSON.parse(text, (name, value) =>
          name === 'table' ? (tableNames.get(value) ?? value) : value,
        ) as Line,
    )
    .sort((a, b) => a.started.localeCompare(b.started));
}

/** Those that had to do with some payments, and the ends of the windows that these opened. */
export function linesOf(lines: readonly Line[], ids: ReadonlySet<string>): Line[] {
  const own = lines.filter((line) => line.ids.some((id) => ids.has(id)));
  const windows = new Set(own.flatMap(({ window }) => window ?? []));
  const ends = lines.filter(
    (line) => line.is_last_of_window && windows.has(line.window ?? '') && !own.includes(line),
  );
  return [...own, ...ends].filter((line) => !line.function.includes('-simulator-'));
}
