import { type ApiKey, isUseDue, isValid, usePrecisionMs } from '../../../domain/access/key.ts';
import type { FindPrincipal, KeyUse } from '../../../ports/access/access.ts';
import { beside } from '../../observability.ts';

/**
 * The principals of the keys that are stored: none for a key that was revoked or has ended, as for one
 * that there never was.
 *
 * A key's use goes on record beside the request, once an hour over all processes:
 *
 *     A  find: last used 10:00
 *     B     find: last used 10:00
 *     A  record 11:05 unless after 10:05   ---- written
 *     B     record 11:05 unless after 10:05   ---- refused: it is there
 *     C        find: last used 11:05          ---- nothing to record
 *
 * So an hour of a key costs one write, one more for each process that found it in the same moment, and
 * no read of its own: what was used last comes with the key.
 */
export function principalsOf(keys: KeyUse, now: () => number = Date.now): FindPrincipal {
  return async (keyHash) => {
    const key = await keys.find(keyHash);
    const nowMs = now();
    if (!key || !isValid(key, nowMs)) {
      return null;
    }
    if (isUseDue(key, nowMs)) {
      beside('the last use of a key was not recorded', () =>
        keys.recordUse(keyHash, {
          time: new Date(nowMs).toISOString(),
          unlessAfter: new Date(nowMs - usePrecisionMs).toISOString(),
        }),
      );
    }
    return { ...principalOf(key), ...validity(key) };
  };
}

function principalOf({ tenant, id, role, scopes }: ApiKey) {
  return { tenant, id: `key:${id}`, role, scopes };
}

function validity({ expires }: ApiKey) {
  return expires === null ? {} : { validUntilMs: Date.parse(expires) };
}
