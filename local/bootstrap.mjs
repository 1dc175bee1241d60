#!/usr/bin/env node
// The first script on a fresh machine: checks what it needs, installs what is missing, and hands over to
// cli.ts. Node 20, no dependencies.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { installChromium } from './install/chromium.mjs';
import { withLock } from './install/once.mjs';
import { installLocalStack, installNpmPackages } from './install/packages.mjs';
import { inspectMachine, missingPrerequisites, needsOf } from './install/prerequisites.mjs';
import { Progress } from './install/progress.mjs';
import { installed, modernNode, repository } from './install/toolchain.mjs';

const startedAt = Date.now();
const args = process.argv.slice(2);
const needs = needsOf(args);

async function prepare() {
  const machine = await inspectMachine();
  const missing = missingPrerequisites(machine, needs);
  if (missing.length > 0) {
    console.error(`Missing on this machine:\n${missing.map((line) => `  - ${line}`).join('\n')}`);
    process.exit(1);
  }
  const progress = new Progress();
  await withLock(join(installed.root, 'install.lock'), () =>
    Promise.all([
      installNpmPackages(progress),
      needs.localStack ? installLocalStack(progress, machine.python) : undefined,
      needs.chromium && !machine.chromium ? installChromium(progress, machine.aptGet) : undefined,
    ]),
  );
}

function handOver() {
  const child = spawn(modernNode(), [join(repository, 'local', 'cli.ts'), ...args], {
    // The channel tells cli.ts when this process is gone, however it went.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PAYSAGA_STARTED_AT: String(startedAt) },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends Ctrl-C to the child as well; it ignores the second one.
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

try {
  await prepare();
  handOver();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
