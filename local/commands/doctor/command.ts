import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectMachine, missingPrerequisites } from '../../install/prerequisites.mjs';
import { installed, repository } from '../../install/toolchain.mjs';
import { coloursOn } from '../../program/colour.ts';
import { status } from '../../stack.ts';
import { endpointVariables } from '../../target.ts';
import { apiVariables } from '../api/caller.ts';
import { print } from '../api/print.ts';
import { type Check, checksOf, type Looked } from './checks.ts';

const healthWithinMs = 5_000;

/** @returns 1 when something is missing */
export async function doctorCommand(request: { readonly json: boolean }): Promise<number> {
  const checks = checksOf(await look());
  print(request, { checks }, checks.map(lineOf));
  return checks.some(({ state }) => state === 'missing') ? 1 : 0;
}

function lineOf({ what, state, found, advice }: Check): string {
  const { green, red, yellow } = coloursOn(process.stdout);
  const sign = { ok: green('ok     '), absent: yellow('absent '), missing: red('missing') }[state];
  return `${sign}  ${what.padEnd(15)} ${found}${advice === null ? '' : `\n${' '.repeat(25)}${advice}`}`;
}

async function look(): Promise<Looked> {
  const [machine, stack] = await Promise.all([inspectMachine(), status()]);
  const [url, key] = apiVariables.map((name) => Boolean(process.env[name]));
  return {
    machine,
    missing: missingPrerequisites(machine, { localStack: true }),
    packages: packages(),
    localStack: existsSync(installed.python),
    stack: stack ?? null,
    health: stack ? await healthOf(stack.apiUrl) : null,
    endpointVariables: endpointVariables(process.env),
    apiVariables: { url: url === true, key: key === true },
  };
}

async function healthOf(apiUrl: string): Promise<string | null> {
  try {
    const answer = await fetch(`${apiUrl}/health`, { signal: AbortSignal.timeout(healthWithinMs) });
    const { status: said } = (await answer.json()) as { readonly status?: string };
    return answer.ok ? (said ?? 'ok') : null;
  } catch {
    return null;
  }
}

/** The packages whose version is not the lock's; null when none are installed. */
function packages(): Looked['packages'] {
  const lock = join(repository, 'package-lock.json');
  if (!existsSync(join(repository, 'node_modules'))) {
    return null;
  }
  const locked = versionsOf(lock);
  const wrong = Object.entries(locked).filter(([path, { version, optional }]) => {
    const manifest = join(repository, path, 'package.json');
    if (!existsSync(manifest)) {
      return optional !== true;
    }
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { version?: string }).version !== version;
  });
  return { wrong: wrong.map(([path]) => path.replace(/^node_modules\//, '')) };
}

interface Locked {
  readonly version?: string;
  readonly optional?: boolean;
}

/** Those at the top; what is below another package's folder is npm's to see to. */
function versionsOf(lock: string): Readonly<Record<string, Locked>> {
  const { packages: all } = JSON.parse(readFileSync(lock, 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return Object.fromEntries(
    Object.entries(all).filter(([path]) => /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path)),
  );
}
