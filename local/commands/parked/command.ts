import type { ParkedPage } from '../../../functions/operations/parked/list.ts';
import type { Word } from '../../../functions/operations/parked/resolve/word.ts';
import { ApiError } from '../../../shared/contracts/errors.ts';
import type { ParkedResource } from '../../../shared/contracts/operations/parked.ts';
import { operationsTenant } from '../../../shared/domain/settlement/break.ts';
import { takeEnvironmentOf } from '../deployed.ts';
import { usageOf } from './body.ts';
import type { ParkedCommand } from './group.ts';
import { listText, resolvedText } from './text.ts';

/** What the command works by: the use cases of the API. */
export interface ParkedDependencies {
  readonly page: (query: {
    readonly tenant: string;
    readonly limit: number;
    readonly after: string | null;
  }) => Promise<ParkedPage>;
  readonly resolve: (id: string, word: Word) => Promise<ParkedResource>;
  /** RFC 3339. */
  readonly now: () => string;
}

/** What a command prints, and with which code it ends. */
export interface Answer {
  readonly code: 0 | 1;
  readonly lines: readonly string[];
}

/**
 * What of a stage waits for a person: lists it, or takes a person's word on one of it, in this process.
 *
 * @returns 0 when nothing waits, or it waits no more; 1 when something does
 * @throws {NothingAnswers} when the stage is not up
 */
export async function parkedCommand(command: ParkedCommand): Promise<number> {
  const outputs = await takeEnvironmentOf(command.stage, ['data', 'simulator']);
  const { parkedOf } = await import('./wiring.ts');
  const { code, lines } = await answer(parkedOf(command.stage, outputs), command);
  for (const line of lines) {
    console.log(line);
  }
  return code;
}

/** Does what is asked for. */
export async function answer(deps: ParkedDependencies, command: ParkedCommand): Promise<Answer> {
  const said = (isDone: boolean, json: unknown, lines: readonly string[]): Answer => ({
    code: isDone ? 0 : 1,
    lines: command.json ? [JSON.stringify(json)] : lines,
  });
  if (command.kind === 'list') {
    const all = await waiting(deps);
    return said(all.length === 0, all, listText(all, deps.now()));
  }
  const { operation_id: operationId, outcome, provider_reference, reason } = command.body;
  const id = command.subject ?? (await subjectOf(deps, operationId));
  const { by } = command;
  try {
    const word = { operationId, outcome, providerReference: provider_reference, by, reason };
    const resolved = await deps.resolve(id, word);
    return said(resolved.actions.length === 0, resolved, resolvedText(resolved));
  } catch (error) {
    throw refusalOf(usageOf(error));
  }
}

async function waiting({ page }: ParkedDependencies): Promise<ParkedResource[]> {
  const all: ParkedResource[] = [];
  let after: string | null = null;
  do {
    const { items, next }: ParkedPage = await page({ tenant: operationsTenant, limit: 100, after });
    all.push(...items);
    after = next;
  } while (after !== null);
  return all;
}

async function subjectOf(deps: ParkedDependencies, operationId: string): Promise<string> {
  const found = (await waiting(deps)).find(({ operation_id }) => operation_id === operationId);
  const id = found?.payment_id ?? found?.payout_id;
  if (!id) {
    throw new Error(
      `nothing waits under ${operationId}; name its payment with --payment to see what became of it`,
    );
  }
  return id;
}

/** What the API would have refused, in words. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof ApiError)) {
    return error;
  }
  const { state, allowed } = error.members;
  const rest =
    state === undefined
      ? ''
      : ` It is ${state}; what can be said: ${(allowed as readonly string[]).join(', ') || 'nothing'}.`;
  return new Error(`${error.detail}${rest}`);
}
