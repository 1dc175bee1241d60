import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hashOf, installOnce } from '../../../local/install/once.mjs';
import { installed } from '../../../local/install/toolchain.mjs';

/*
 * Schemathesis (PyPI), which knows the API from its OpenAPI document alone. It has an environment of its
 * own beside LocalStack's, so that neither decides on the other's versions.
 */
const folder = join(installed.root, 'schemathesis');
const requirements = join(import.meta.dirname, 'requirements.txt');

/** What it is kept from sending: a file of its own language. */
export const hooks = join(import.meta.dirname, 'hooks.py');

/** Installs Schemathesis, once for each version of its requirements. @returns the program */
export async function installSchemathesis(): Promise<string> {
  const python = join(folder, 'bin', 'python');
  await installOnce({
    folder,
    key: hashOf('3.13', readFileSync(requirements)),
    install: async () => {
      const run = promisify(execFile);
      // LocalStack's own, which is a Python 3.13.
      await run(installed.python, ['-m', 'venv', folder]);
      const quiet = ['--quiet', '--disable-pip-version-check', '--no-input', '--no-compile'];
      // The file lists every dependency.
      const listed = ['--no-deps', '--require-hashes', '-r', requirements];
      await run(python, ['-m', 'pip', 'install', ...quiet, ...listed]);
    },
  });
  return join(folder, 'bin', 'st');
}

export interface SchemathesisRun {
  readonly code: number;
  readonly output: string;
}

/** Runs it in a folder, for what it leaves behind. It talks to the API and to nothing else. */
export function runSchemathesis(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<SchemathesisRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', COLUMNS: '120', SCHEMATHESIS_REPORT: 'false' },
    });
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code: code ?? 1, output }));
  });
}
