import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultDir } from './localstack/settings.ts';

/**
 * The moments at which a function's process can be made to end. A write is a request to DynamoDB that
 * puts, updates or transacts; a call is an outgoing `fetch`. After means: answered, and the function has
 * not seen the answer.
 */
export const faultPoints = ['before-write', 'after-write', 'before-call', 'after-call'] as const;
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
    return readdirSync(faultDir(stateDir));
  } catch {
    return [];
  }
}
