import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findJavaHome, installed, modernNode, repository } from '../install/toolchain.mjs';
import { countDir, faultDir, localStackEnvironment } from './settings.ts';

const START_DEADLINE_MS = 90_000;
const STOP_DEADLINE_MS = 10_000;
const POLL_MS = 50;

export interface LocalStack {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  /** Of the LocalStack process; every process it starts is in the group of this id. */
  pid: number;
  logFile: string;
  /** Settles when the process has ended, for whatever reason. */
  exited: Promise<void>;
  /** Ends it and everything it has started. What it held is gone. */
  stop(): Promise<void>;
}

export interface LocalStackOptions {
  /** A folder of its own; emptied first. */
  stateDir: string;
  /** Default: a free one. */
  port?: number;
  /** LocalStack's log level. Default: warn. */
  log?: string;
}

/**
 * Starts LocalStack as a plain process and waits until it answers. It ends with the caller, even if the
 * caller is killed: it holds the read end of a pipe that only the caller writes.
 *
 * @throws {Error} when it does not answer in time or ends before, with the end of its log
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { stateDir, log = 'warn' } = options;
  const [port, javaHome] = await Promise.all([options.port ?? freePort(), findJavaHome()]);
  if (!javaHome) throw new Error('LocalStack needs Java 17 or newer');
  for (const name of ['root', 'tmp', 'config', 'faults']) {
    rmSync(join(stateDir, name), { recursive: true, force: true });
    mkdirSync(join(stateDir, name), { recursive: true });
  }
  mkdirSync(faultDir(stateDir), { recursive: true });
  rmSync(countDir(stateDir), { recursive: true, force: true });

  const logFile = join(stateDir, 'localstack.log');
  const output = openSync(logFile, 'w');
  const child = spawn(installed.python, ['-m', 'paysaga_localstack'], {
    // A group of its own: Ctrl-C in a terminal reaches the caller alone, and one signal ends the whole group.
    detached: true,
    cwd: stateDir,
    stdio: ['pipe', output, output],
    env: localStackEnvironment(process.env, {
      stateDir,
      port,
      log,
      pythonPath: join(repository, 'local', 'localstack'),
      toolchain: {
        node: modernNode(),
        javaHome,
        dynamodbJars: installed.dynamodbJars,
        jsonataJars: installed.jsonataJars,
      },
    }),
  });
  closeSync(output);
  const exited = ended(child);
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = () => stopGroup(child);
  try {
    await Promise.race([
      healthy(endpoint),
      exited.then(() => {
        throw new Error('LocalStack ended while it started');
      }),
    ]);
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}; the end of ${logFile}:\n${tail(logFile)}`);
  }
  // A process that waits for LocalStack alone need not stay for it.
  void exited.then(stop);
  return { endpoint, pid: child.pid as number, logFile, exited, stop };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
}

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function healthy(endpoint: string): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (!(await isHealthy(endpoint))) {
    if (Date.now() > deadline) {
      throw new Error(`LocalStack did not answer within ${START_DEADLINE_MS / 1000} s`);
    }
    await sleep(POLL_MS);
  }
}

/** Whether a LocalStack answers at the endpoint. */
export async function isHealthy(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(`${endpoint}/_localstack/health`, {
      signal: AbortSignal.timeout(5000),
    });
    return response.ok;
  } catch {
    return false;
  }
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const deadline = Date.now() + STOP_DEADLINE_MS;
  // Nothing in it is worth an orderly end: all it holds is in memory.
  while (signalGroup(child.pid) && Date.now() < deadline) await sleep(POLL_MS);
}

/** @returns whether there still is a process in the group */
function signalGroup(pid: number): boolean {
  try {
    process.kill(-pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-30).join('\n');
}
