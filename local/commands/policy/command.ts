import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { StageName } from '../../../infra/stages.ts';
import builtIn from '../../../policies/default.json' with { type: 'json' };
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { policyEngine } from '../../../shared/runtime/access/policy/engine/engine.ts';
import {
  PolicySetRefused,
  parsePolicySet,
} from '../../../shared/runtime/access/policy/engine/set.ts';
import { reviewed } from '../../../shared/runtime/access/policy/review/review.ts';
import { vocabularyOf } from '../../../shared/runtime/access/policy/review/vocabulary.ts';
import { UsageError } from '../../program/exit.ts';
import { takeEnvironmentOf } from '../deployed.ts';
import type { PolicyCommand, PolicyFiles } from './group.ts';
import { type PublishDependencies, publish } from './publish.ts';
import { checkText, publicationText, showText } from './text.ts';

/** What the command works by. */
export interface PolicyDependencies extends PublishDependencies {
  /** @throws {UsageError} for a file that cannot be read */
  readonly read: (file: string) => Promise<string>;
}

/** What a command prints, and with which code it ends: 3 is a denial. */
export interface Answer {
  readonly code: 0 | 1 | 3;
  readonly lines: readonly string[];
}

/**
 * Asks policies, tests them, publishes them, shows them.
 *
 * @returns 0; 1 for a set that is refused, 3 for a question that is denied
 * @throws {UsageError} for a file that cannot be read
 * @throws {NothingAnswers} when the stage is not up
 */
export async function policyCommand(command: PolicyCommand): Promise<number> {
  const now = () => new Date().toISOString();
  const stage = stageOf(command);
  const { code, lines } = await answer(
    {
      read: readText,
      builtIn: parsePolicySet(JSON.stringify(builtIn)),
      now,
      newId: randomUUID,
      ...(await storeOf(stage)),
    },
    command,
  );
  for (const line of lines) {
    console.log(line);
  }
  return code;
}

/** The stage whose table is needed; null: files are enough. */
function stageOf(command: PolicyCommand): StageName | null {
  const needsTable = command.kind === 'check' ? command.published : command.kind !== 'test';
  return needsTable && command.kind !== 'test' ? command.stage : null;
}

async function storeOf(
  stage: StageName | null,
): Promise<Pick<PolicyDependencies, 'store' | 'log'>> {
  const { storeIn, noStore } = await import('./wiring.ts');
  return stage === null ? noStore : storeIn(await takeEnvironmentOf(stage));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/** Does what is asked for. */
export async function answer(deps: PolicyDependencies, command: PolicyCommand): Promise<Answer> {
  try {
    switch (command.kind) {
      case 'check':
        return await check(deps, command);
      case 'test': {
        const { policies } = await reviewFiles(deps, command);
        return said({ code: 0, json: { policies: policies.length, problems: [] } }, command, [
          `${policies.length} policies, and they do what their tests say.`,
        ]);
      }
      case 'publish': {
        const set = await reviewFiles(deps, command);
        const publication = await publish(deps, set, command);
        return said(
          { code: 0, json: publication },
          command,
          publicationText(publication, command.yes),
        );
      }
      case 'show':
        return await show(deps, command);
    }
  } catch (error) {
    if (error instanceof PolicySetRefused) {
      return said({ code: 1, json: { problems: error.problems } }, command, [
        'The policies are refused:',
        ...error.problems.map((p) => `  ${p}`),
      ]);
    }
    throw error;
  }
}

function said(
  { code, json }: { readonly code: Answer['code']; readonly json: unknown },
  command: PolicyCommand,
  lines: readonly string[],
): Answer {
  return { code, lines: command.json ? [JSON.stringify(json)] : lines };
}

async function reviewFiles({ read }: PolicyDependencies, files: PolicyFiles) {
  const [text, cases] = [await read(files.policies), await read(files.cases)];
  return reviewed({ text, cases }, vocabularyOf(Object.values(endpoints)));
}

async function check(
  deps: PolicyDependencies,
  command: Extract<PolicyCommand, { kind: 'check' }>,
): Promise<Answer> {
  const { question, published, policies } = command;
  const { set, name } = published ? await livePolicies(deps) : await fromFile(deps, policies);
  const decision = policyEngine(set)(question);
  return said(
    { code: decision.effect === 'permit' ? 0 : 3, json: { ...decision, set: name } },
    command,
    checkText(decision, { question, set, name }),
  );
}

async function livePolicies({ store }: PolicyDependencies) {
  const live = await store.active();
  if (!live) {
    throw new Error('nothing was published in this stage: it goes by the built-in set');
  }
  return { set: parsePolicySet(live.text), name: `version ${live.version}` };
}

async function fromFile({ read }: PolicyDependencies, file: string) {
  return { set: parsePolicySet(await read(file)), name: file };
}

async function show(
  { store }: PolicyDependencies,
  command: Extract<PolicyCommand, { kind: 'show' }>,
): Promise<Answer> {
  const { version } = command;
  const shown = version === null ? await store.active() : await store.version(version);
  if (!shown && version !== null) {
    throw new Error(`There is no version ${version}.`);
  }
  return said({ code: 0, json: shown }, command, showText(shown));
}
