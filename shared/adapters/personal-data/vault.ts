import type { CustomerOf } from '../../domain/personal-data/personal-data.ts';
import type {
  CustomerKeys,
  DataKeys,
  PersonalDataVault,
  WrappedKey,
} from '../../ports/personal-data.ts';
import { nonceBytes, open, seal } from './box.ts';
import { plainKeys } from './plain-keys.ts';

export interface VaultDependencies {
  readonly keys: CustomerKeys;
  readonly dataKeys: DataKeys;
  readonly newKeyId: () => string;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly nowMs: () => number;
}

/**
 * Personal data under a data key per customer, which is kept wrapped.
 *
 * To seal:
 * 1. read which key the customer has
 * 2. none: have one made, and keep it, unless another process came first with one
 * 3. else unwrap it, unless this process did within the minute
 *
 * To open: read which key the customer has; another than the box names, or none, is an erasure.
 */
export function personalDataVault(deps: VaultDependencies): PersonalDataVault {
  const { keys, dataKeys } = deps;
  const known = plainKeys(deps.nowMs);
  const plainOf = async (whose: CustomerOf, { keyId, wrapped }: WrappedKey) => {
    // A copy: the one that is kept is wiped when its time is over, whoever is at work with it.
    const found = known.find(keyId);
    if (found) {
      return { keyId, plain: found.slice() };
    }
    const plain = await dataKeys.unwrap(whose, wrapped);
    known.keep(keyId, plain.slice());
    return { keyId, plain };
  };
  const made = async (whose: CustomerOf) => {
    const { plain, wrapped } = await dataKeys.generate(whose);
    const mine = { keyId: deps.newKeyId(), wrapped };
    const kept = await keys.keep(whose, mine, new Date(deps.nowMs()).toISOString());
    if (kept.keyId !== mine.keyId) {
      return plainOf(whose, kept);
    }
    known.keep(mine.keyId, plain.slice());
    return { keyId: mine.keyId, plain };
  };
  return {
    seal: async (whose, data) => {
      const key = (await keys.read(whose))?.key;
      const used = key ? await plainOf(whose, key) : await made(whose);
      return seal(whose, used, data, deps.randomBytes(nonceBytes));
    },
    open: async (whose, sealed) => {
      const key = (await keys.read(whose))?.key;
      return key?.keyId === sealed.key_id
        ? open(whose, await plainOf(whose, key), sealed)
        : 'erased';
    },
    find: async (whose) => {
      const found = await keys.read(whose);
      return found && { keyId: found.key?.keyId ?? null, erasedAt: found.erasedAt };
    },
    erase: async (whose, keyId, at) => {
      const erasedAt = await keys.erase(whose, keyId, at);
      known.drop(keyId);
      return erasedAt;
    },
  };
}
