import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { StackOutputs } from '../deploy.ts';
import { installed } from '../install/toolchain.mjs';

export interface Tenant {
  id: string;
  /** Who it is, where the tenant has more than one: `approver`, the second operator. */
  name?: string;
  apiKey: string;
}

/** What `.local/stack.json` says of the stack that is up. Others read the file: fields are only added. */
export interface StackRecord {
  endpoint: string;
  region: string;
  apiUrl: string;
  simulatorUrl: string;
  /** The console's page. */
  consoleUrl: string;
  tenants: Tenant[];
  /** Of the process that owns LocalStack; null when `up` was given an emulator. */
  pid: number | null;
  /** In that process's arguments, so that it is not mistaken for one that was given its id later. */
  token: string | null;
  outputs: StackOutputs;
}

const file = join(installed.root, 'stack.json');

/** The record, or undefined when there is none that can be read. */
export function readRecord(): StackRecord | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as StackRecord;
    return typeof record.endpoint === 'string' ? record : undefined;
  } catch {
    return undefined;
  }
}

export function writeRecord(record: StackRecord): void {
  mkdirSync(dirname(file), { recursive: true });
  const written = `${file}.new`;
  rmSync(written, { force: true });
  // It holds API keys.
  writeFileSync(written, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  chmodSync(written, 0o600);
  renameSync(written, file);
}

export function removeRecord(): void {
  rmSync(file, { force: true });
}
