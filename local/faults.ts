import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultDir } from './localstack/settings.ts';

/**
 * The moments at which a function's process can be made to end. A write is a request to DynamoDB that
 * puts, updates or transacts; a call is an outgoing `fetch`; what is sent is a message, events for the
 * bus, or the start of an execution. After means: answered, and the function has not seen the answer.
 */
export const faultPoints = [
  'before-write',
  'after-write',
  'before-call',
  'after-call',
  'before-send',
  'after-send',
] as const;
export type FaultPoint = (typeof faultPoints)[number];

export interface Fault {
  /** The state folder of the stack, as given to startLocalStack. */
  stateDir: string;
  /** A function's PAYSAGA_FUNCTION variable, or else its name. */
  functionKey: string;
  at: FaultPoint;
  /** How many invocations end there. Default: 1. */
  times?: number;
}

const KEY = /^[A-Za-z0-9_.-]+$/;

/**
 * Arms a fault. It works at the next invocation that comes to that point, in whatever process, and
 * replaces one that was armed for the same function.
 *
 * @throws {Error} for a key that is no file name, or a number of times that is not a positive integer
 */
export function armFault({ stateDir, functionKey, at, times = 1 }: Fault): void {
  if (!KEY.test(functionKey)) throw new Error(`not a function key: ${functionKey}`);
  if (!Number.isSafeInteger(times) || times < 1) throw new Error(`not a number of times: ${times}`);
  const folder = faultDir(stateDir);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${functionKey}.json`);
  // A process must find the whole file or none.
  writeFileSync(`${file}.new`, JSON.stringify({ at, times }));
  renameSync(`${file}.new`, file);
}

/** Disarms every fault, or those of one function. */
export function clearFaults(stateDir: string, functionKey?: string): void {
  for (const name of armedFiles(stateDir)) {
    if (functionKey === undefined || name.startsWith(`${functionKey}.json`)) {
      rmSync(join(faultDir(stateDir), name), { force: true });
    }
  }
}

/** The keys of the functions for which a fault is armed and not yet used up. */
export function armedFaults(stateDir: string): string[] {
  return armedFiles(stateDir)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
}

function armedFiles(stateDir: string): string[] {
  try {
    const found = readdirSync(faultDir(stateDir), { withFileTypes: true });
    return found.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Faults at random: at each effect of any function its process may end. */
export interface Strikes {
  /** The state folder of the stack, as given to startLocalStack. */
  readonly stateDir: string;
  readonly seed: number;
  /** At each fault point, from 0 to 1. With 0 none strike, and calls are put on record all the same. */
  readonly probability: number;
  /** So many processes end at most, of all functions together, those of earlier strikes not counted. */
  readonly lives: number;
}

/** A process that was ended. */
export interface Struck {
  /** RFC 3339. */
  readonly time: string;
  readonly function: string;
  readonly at: FaultPoint;
  /** The request: `DynamoDB_20120810.PutItem`, `POST /charges`. */
  readonly what: string;
}

/** A call that went out to a PSP or a bank. */
export interface SentCall {
  /** RFC 3339: before it was sent. */
  readonly time: string;
  readonly function: string;
  readonly method: string;
  readonly path: string;
  /** Null for what has no effect: an inquiry. */
  readonly operation_id: string | null;
}

/**
 * Arms faults at random, in the place of earlier ones. What was on record stays there.
 *
 * @throws {Error} for a probability that is none, or a number of lives that is below 0
 */
export function armStrikes({ stateDir, seed, probability, lives }: Strikes): void {
  if (!(probability >= 0 && probability <= 1)) throw new Error(`no probability: ${probability}`);
  if (!Number.isSafeInteger(lives) || lives < 0) throw new Error(`not a number: ${lives}`);
  const folder = strikesDir(stateDir);
  for (const name of ['lives', 'processes']) mkdirSync(join(folder, name), { recursive: true });
  for (const life of readdirSync(join(folder, 'lives'))) {
    rmSync(join(folder, 'lives', life), { force: true });
  }
  for (let life = 0; life < lives; life++) writeFileSync(join(folder, 'lives', String(life)), '');
  const file = join(folder, 'settings.json');
  writeFileSync(`${file}.new`, JSON.stringify({ seed, probability }));
  renameSync(`${file}.new`, file);
}

/** The processes that were ended at random, in that order. */
export function struck(stateDir: string): Struck[] {
  return linesOf(join(strikesDir(stateDir), 'struck.jsonl'));
}

/** The calls that went out since strikes were armed for the first time, in that order. */
export function sentCalls(stateDir: string): SentCall[] {
  return linesOf(join(strikesDir(stateDir), 'calls.jsonl'));
}

function strikesDir(stateDir: string): string {
  return join(faultDir(stateDir), 'strikes');
}

function linesOf<T>(file: string): T[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
