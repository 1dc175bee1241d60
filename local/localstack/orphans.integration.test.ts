import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modernNode } from '../install/toolchain.mjs';
import { Emulator, until } from './testing/emulator.ts';
import { anyRuns, groupMembers } from './testing/processes.ts';

describe('no process is left', () => {
  let stateDir: string;
  let launcher: ChildProcess;
  let localStackPid: number;
  let members: number[];

  beforeEach(async () => {
    stateDir = mkdtempSync(join(tmpdir(), 'paysaga-orphans-'));
    const script = join(import.meta.dirname, 'testing', 'launcher.ts');
    launcher = spawn(modernNode(), [script, stateDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const output = createInterface({ input: launcher.stdout as NodeJS.ReadableStream });
    const [line] = (await once(output, 'line')) as [string];
    const { endpoint, pid } = JSON.parse(line) as { endpoint: string; pid: number };
    localStackPid = pid;
    const emulator = new Emulator(endpoint);
    await emulator.createFunction(
      'waits',
      'export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000))',
      { timeoutS: 120 },
    );
    // Never answered: LocalStack is killed while it runs.
    emulator.invoke('waits').catch(() => undefined);
    // LocalStack, the function, and DynamoDB Local, which is started in the background.
    await until(() => groupMembers(pid).length === 3, 'three processes', 30_000);
    members = groupMembers(pid);
  }, 120_000);

  afterEach(() => {
    launcher.kill('SIGKILL');
    rmSync(stateDir, { recursive: true, force: true });
  });

  it('after a kill -9 of the launcher', async () => {
    launcher.kill('SIGKILL');
    await until(() => !anyRuns(members), 'every process to end');
    expect(groupMembers(localStackPid)).toEqual([]);
  }, 60_000);

  it('after a kill -9 of LocalStack', async () => {
    process.kill(localStackPid, 'SIGKILL');
    await until(() => !anyRuns(members), 'every process to end');
    await once(launcher, 'exit');
    expect(groupMembers(localStackPid)).toEqual([]);
  }, 60_000);
});
