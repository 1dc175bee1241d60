import { answer } from '../../local/commands/keys/command.ts';
import { keys } from '../../local/commands/keys/group.ts';
import { requestOf } from '../../local/program/program.ts';
import { memoryKeyStore } from '../../shared/adapters/memory/access/keys.ts';
import { memoryOperatorLog } from '../../shared/adapters/memory/operator-log.ts';
import type { KeyStore } from '../../shared/ports/access/access.ts';
import { principalsOf } from '../../shared/runtime/http/entry/api-keys.ts';
import { hashApiKey } from '../../shared/runtime/http/entry/authenticate.ts';

const parseKeys = (args: readonly string[], user: string, nowMs: number) =>
  requestOf(keys, args, { user, nowMs });

const startMs = Date.parse('2026-11-21T10:00:00.000Z');

/** The command over keys and a log in memory; each writes down what it does, in its order. */
export function keyCommands() {
  const done: string[] = [];
  const store = memoryKeyStore();
  const changes = new Set(['createTenant', 'create', 'rotate', 'revoke']);
  const noted = Object.fromEntries(
    Object.entries(store).map(([name, method]) => [
      name,
      (...args: never[]) => {
        if (changes.has(name)) {
          done.push(name);
        }
        return (method as (...args: never[]) => unknown)(...args);
      },
    ]),
  ) as unknown as KeyStore;
  const log = memoryOperatorLog();
  const clock = { ms: startMs };
  const deps = {
    keys: noted,
    log: async (act: Parameters<typeof log.append>[0]) => {
      done.push(act.action);
      return log.append(act);
    },
    nowMs: () => clock.ms,
    stage: 'dev',
  };
  const run = (line: string, ...more: string[]) =>
    answer(deps, parseKeys([...line.split(' '), ...more], 'me', clock.ms));
  const json = async (line: string, ...more: string[]) =>
    JSON.parse((await run(`${line} --json`, ...more)).lines[0] ?? '');
  const find = principalsOf(store, () => clock.ms);
  const isTaken = async (key: string) => (await find(hashApiKey(key))) !== null;
  const acts = async () => (await log.list({ limit: 100, after: null })).items;
  return { acts, clock, deps, done, isTaken, json, run, store };
}

/** The same with a tenant in it, `acme`. */
export async function withTenant() {
  const made = keyCommands();
  await made.run('tenants create acme');
  made.done.length = 0;
  return made;
}
