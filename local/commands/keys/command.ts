import { operationsTenant } from '../../../shared/domain/settlement/break.ts';
import { takeEnvironmentOf } from '../deployed.ts';
import {
  createKey,
  createTenant,
  type KeyDependencies,
  type Made,
  revokeKey,
  rotateKey,
} from './changes.ts';
import type { KeysCommand } from './group.ts';
import { keyJson, listText, madeText, revokedText, rotatedText, tenantsText } from './text.ts';

/** What a command prints: `lines` to its output, `notes` beside it. */
export interface Answer {
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}

/**
 * The tenants of a stage and their keys: makes, lists, rotates and revokes them, with the rights of who
 * calls it. What changes something is on record first.
 *
 * @returns the exit code
 * @throws {NothingAnswers} when the stage is not up
 */
export async function keysCommand(command: KeysCommand): Promise<number> {
  await takeEnvironmentOf(command.stage);
  const { keysOf } = await import('./wiring.ts');
  const { lines, notes } = await answer(keysOf(command.stage), command);
  for (const line of lines) {
    console.log(line);
  }
  for (const note of notes) {
    console.error(note);
  }
  return 0;
}

/**
 * Does what is asked for.
 *
 * @throws Error that says what is in the way
 */
export async function answer(deps: KeyDependencies, command: KeysCommand): Promise<Answer> {
  const said = (json: object, lines: readonly string[], notes: readonly string[] = []): Answer =>
    command.json ? { lines: [JSON.stringify(json)], notes: [] } : { lines, notes };
  const made = ({ secret, key }: Made, more: object, notes: readonly string[]) =>
    said(
      { ...keyJson(key, deps.nowMs()), key: secret, ...more },
      [secret],
      [madeText(key), ...notes],
    );
  switch (command.kind) {
    case 'create':
      return made(await createKey(deps, command), {}, []);
    case 'rotate': {
      const { oldExpires, ...rotation } = await rotateKey(deps, command);
      return made(rotation, { old_expires: oldExpires }, [rotatedText(command.id, oldExpires)]);
    }
    case 'revoke': {
      const { key, wasRevoked } = await revokeKey(deps, command);
      return said(keyJson(key, deps.nowMs()), revokedText(key, wasRevoked));
    }
    case 'list': {
      const owners = command.tenant === null ? await everybody(deps) : [command.tenant];
      const keys = (await Promise.all(owners.map((owner) => deps.keys.list(owner)))).flat();
      const nowMs = deps.nowMs();
      return said({ keys: keys.map((key) => keyJson(key, nowMs)) }, listText(keys, nowMs));
    }
    case 'tenants create':
      await createTenant(deps, command);
      return said({ name: command.name }, [`There is a tenant ${command.name} now.`]);
    case 'tenants list': {
      const tenants = await deps.keys.tenants();
      return said({ tenants }, tenantsText(tenants));
    }
  }
}

async function everybody({ keys }: KeyDependencies): Promise<readonly string[]> {
  return [...(await keys.tenants()).map(({ name }) => name), operationsTenant];
}
