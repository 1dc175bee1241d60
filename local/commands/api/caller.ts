import { Paysaga } from '../../../client/src/index.ts';
import { noLocalStack, UsageError } from '../../program/exit.ts';
import { text } from '../../program/specs.ts';
import { status } from '../../stack.ts';

/** `--tenant NAME` of what goes over HTTP. */
export const tenant = text(
  'NAME',
  'whose key of the local stack is used; without it the first demo tenant’s',
);

/** The address and the key that a person has in the environment, for a stage that is deployed. */
export const apiVariables = ['PAYSAGA_API_URL', 'PAYSAGA_API_KEY'] as const;

/**
 * The API as somebody sees it: of the stage that the environment names, else of the local stack. A key
 * is no argument of a command: those are in the shell's history, and in the list of processes.
 *
 * @throws {UsageError} for one of the two variables, or a tenant that there is none of
 * @throws {NothingAnswers} when neither the variables nor a local stack are there
 */
export async function apiOf(
  named: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Paysaga> {
  const [baseUrl, apiKey] = apiVariables.map((name) => env[name] || undefined);
  if (baseUrl !== undefined || apiKey !== undefined) {
    if (baseUrl === undefined || apiKey === undefined) {
      throw new UsageError(`${apiVariables.join(' and ')} go together; one of them is not set`);
    }
    if (named !== undefined) {
      throw new UsageError('--tenant is of the local stack; a key says itself whose it is');
    }
    return new Paysaga({ baseUrl, apiKey });
  }
  const stack = await status();
  if (!stack) {
    throw noLocalStack();
  }
  const found = named ? stack.tenants.find(({ id }) => id === named) : stack.tenants[0];
  if (!found) {
    const ids = [...new Set(stack.tenants.map(({ id }) => id))];
    throw new UsageError(`no demo tenant ${named}; there are ${ids.join(', ')}`);
  }
  return new Paysaga({ baseUrl: stack.apiUrl, apiKey: found.apiKey });
}
