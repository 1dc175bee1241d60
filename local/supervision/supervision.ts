import { execFileSync, fork } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { modernNode } from '../install/toolchain.mjs';
import type { SupervisorMessage } from './supervisor.ts';

const STOP_DEADLINE_MS = 20_000;
const POLL_MS = 50;

export interface SupervisorOptions {
  stateDir: string;
  /** A word that no other process has among its arguments. */
  token: string;
  port: number;
}

export interface Supervisor {
  pid: number;
  /** Lets it outlive this process, with which it would end otherwise. */
  release(): Promise<void>;
}

/**
 * Starts the process that owns a LocalStack.
 *
 * @throws {Error} when LocalStack does not start
 */
export async function startSupervisor(options: SupervisorOptions): Promise<Supervisor> {
  const { stateDir, token, port } = options;
  mkdirSync(stateDir, { recursive: true });
  const output = openSync(join(stateDir, 'supervisor.log'), 'w');
  const child = fork(join(import.meta.dirname, 'supervisor.ts'), [stateDir, token, String(port)], {
    execPath: modernNode(),
    execArgv: [],
    // Ctrl-C is for the process that started it, which then ends it in order.
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
  const message = await new Promise<SupervisorMessage>((resolve) => {
    child.once('message', (received) => resolve(received as SupervisorMessage));
    child.once('error', (error) => resolve({ error: error.message }));
    child.once('exit', (code) => resolve({ error: `the supervisor ended with ${code}` }));
  });
  if ('error' in message) throw new Error(message.error);
  child.unref();
  child.channel?.unref();
  return {
    pid: child.pid as number,
    async release() {
      await new Promise((resolve) => child.send('stay', resolve));
      child.disconnect();
    },
  };
}

function argumentsOf(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  try {
    if (existsSync('/proc/self')) return readFileSync(file, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Whether the process with this id is the supervisor that was started with this token. */
export function isSupervisor(pid: number, token: string | null): boolean {
  return token !== null && token !== '' && argumentsOf(pid).split(/\s+/).includes(token);
}

/**
 * Ends a supervisor and its LocalStack, and waits until it is gone. Does nothing to a process that is not
 * the one that has the token.
 *
 * @throws {Error} when it does not end in time
 */
export async function stopSupervisor(pid: number, token: string | null): Promise<void> {
  if (!isSupervisor(pid, token)) return;
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + STOP_DEADLINE_MS;
  while (isSupervisor(pid, token)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} does not end`);
    await sleep(POLL_MS);
  }
}
