import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { installOnce } from '../../../local/install/once.mjs';

/** Stripe's own stand-in for its API (github.com/stripe/stripe-mock), which has no other release. */
const version = 'v0.203.0';
const module = `github.com/stripe/stripe-mock@${version}`;
const folder = join(import.meta.dirname, '../../../.local/go', `stripe-mock-${version}`);

/**
 * Installs stripe-mock, once for each version, into `.local`.
 *
 * @returns the program; null, with a message, where there is no Go to build it with
 * @throws Error where it cannot be had: in CI (`CI` is set) also for want of Go
 */
export async function stripeMock(): Promise<string | null> {
  const program = join(folder, 'stripe-mock');
  const go = findGo();
  if (go === null && !existsSync(program)) {
    const message = `stripe-mock is built by Go, and there is no Go here (https://go.dev/dl)`;
    if (process.env.CI) {
      throw new Error(message);
    }
    console.warn(`skipped: ${message}`);
    return null;
  }
  await installOnce({
    folder,
    key: version,
    install: async () => {
      if (go !== null) {
        const env = { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' };
        await promisify(execFile)(go, ['install', module], { cwd: folder, env });
      }
    },
  });
  return program;
}

/** `go` on the path, or where its own installer puts it. */
function findGo(): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/go/bin'];
  return folders.map((name) => join(name, 'go')).find((file) => existsSync(file)) ?? null;
}

/** Starts stripe-mock on a port of the loopback that the system chooses. */
export async function startStripeMock(program: string) {
  const anywhere = '127.0.0.1:0';
  const child = spawn(program, ['-http-addr', anywhere, '-https-addr', anywhere], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const address = /HTTP at address: (\S+)/.exec(output)?.[1];
      if (address) {
        resolve(`http://${address}`);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`stripe-mock ended: ${output}`)));
  });
  return {
    url,
    stop: () =>
      new Promise<void>((resolve) => {
        child.removeAllListeners('exit').once('exit', () => resolve());
        child.kill();
      }),
  };
}
