import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Paysaga } from '../../../client/src/client.ts';
import { type Session, useSession } from '../session/session.ts';

/** What a read is given. `client` reads as the chosen tenant, `session.stage` as whoever is signed in. */
export interface ReadContext {
  readonly client: Paysaga;
  readonly session: Session;
  readonly signal: AbortSignal;
}

export interface ApiOptions<T = unknown> {
  /**
   * Reads again so often while the page is to be seen; never when absent or false. A function is asked
   * after each reading.
   */
  readonly refetchMs?: number | false | ((data: T | undefined) => number | false);
  readonly enabled?: boolean;
  /** Shows what was there until something else is, as a list does whose filters change. */
  readonly keepPrevious?: boolean;
}

/**
 * Reads something of the API: of one identity and one tenant, never mixed with another's. The client
 * tries again by itself, so a failure is shown at once; what was read before stays with it.
 *
 * @param key what it is, with everything that it depends on
 */
export function useApi<T>(
  key: readonly unknown[],
  read: (context: ReadContext) => Promise<T>,
  { refetchMs = false, enabled = true, keepPrevious = false }: ApiOptions<T> = {},
): UseQueryResult<T, Error> {
  const session = useSession();
  const queryKey = keyOf(session, key);
  return useQuery<T, Error>({
    queryKey,
    queryFn: ({ signal }) => read({ client: session.client, session, signal }),
    enabled,
    // Also after a failure: when the API is back, so is the page.
    refetchInterval:
      typeof refetchMs === 'function' ? ({ state }) => refetchMs(state.data) : refetchMs,
    ...(keepPrevious
      ? {
          placeholderData: (data, before) =>
            isOfSame(before?.queryKey ?? [], queryKey) ? data : undefined,
        }
      : {}),
  });
}

/** True when both are of one identity and one tenant. */
function isOfSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a[1] === b[1] && a[2] === b[2];
}

/** The whole key of a read: of whom, and as whom. */
export function keyOf({ identity, tenant }: Session, key: readonly unknown[]): readonly unknown[] {
  return ['api', identity.name, tenant, ...key];
}
