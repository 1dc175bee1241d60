import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { type GetSecret, SecretMissing, type SecretName } from '../../ports/access/secrets.ts';
import { logger, traced } from '../../runtime/observability.ts';
import { setting } from '../environment.ts';
import { clientOptions } from './client-options.ts';

/** How long a secret is believed: after so long at most, a new one is in use everywhere. */
const believedForMs = 5 * 60_000;
/** The same of there being none, so that asking for it in vain is no way to wear the stage out. */
const missedForMs = 60_000;

interface Remembered {
  readonly value: string | null;
  readonly untilMs: number;
}

/**
 * Secrets in the Parameter Store of SSM, as SecureString under AWS's own key for it (which lets in
 * whoever may read the parameter, so that no function needs a permission on a key). Each is read once
 * in five minutes by an environment; while it cannot be read again, the one before is used.
 *
 * @param prefix before the name: `/paysaga/<stage>/`
 */
export function ssmSecrets(
  client: Pick<SSMClient, 'send'>,
  prefix: string,
  now: () => number = Date.now,
): GetSecret {
  const known = new Map<SecretName, Remembered>();
  const underWay = new Map<SecretName, Promise<Remembered>>();
  const read = async (name: SecretName): Promise<Remembered> => {
    const value = await parameter(client, `${prefix}${name}`).catch((error: unknown) => {
      const before = known.get(name)?.value;
      if (!before && isDenied(error)) {
        // What the stage does not let this function read, it has not got for it.
        return null;
      }
      if (!before) {
        throw error;
      }
      logger.warn('a secret could not be read again', { secret: name, error: error as Error });
      return before;
    });
    const remembered = { value, untilMs: now() + (value === null ? missedForMs : believedForMs) };
    known.set(name, remembered);
    return remembered;
  };
  return async (name) => {
    const before = known.get(name);
    const { value } =
      before && before.untilMs > now() ? before : await once(underWay, name, () => read(name));
    if (value === null) {
      throw new SecretMissing(`the stage has no secret ${name}: there is no ${prefix}${name}`);
    }
    return value;
  };
}

/** Those of the deployed stage. */
export function stageSecrets(): GetSecret {
  return ssmSecrets(traced(new SSMClient(clientOptions())), setting('SECRET_PREFIX'));
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && error.name === 'AccessDeniedException';
}

/** Its value; null when there is none. */
async function parameter(client: Pick<SSMClient, 'send'>, Name: string): Promise<string | null> {
  try {
    const { Parameter } = await client.send(
      new GetParameterCommand({ Name, WithDecryption: true }),
    );
    return Parameter?.Value || null;
  } catch (error) {
    if (error instanceof ParameterNotFound) {
      return null;
    }
    throw error;
  }
}

/** What is asked for at once is asked for once. */
function once<K, V>(underWay: Map<K, Promise<V>>, name: K, ask: () => Promise<V>): Promise<V> {
  const asked =
    underWay.get(name) ??
    ask().finally(() => {
      underWay.delete(name);
    });
  underWay.set(name, asked);
  return asked;
}
