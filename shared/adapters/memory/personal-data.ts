import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { type CustomerOf, contextOf } from '../../domain/personal-data/personal-data.ts';
import type {
  CustomerKeys,
  DataKeys,
  PersonalDataVault,
  WrappedKey,
} from '../../ports/personal-data.ts';
import { personalDataVault } from '../personal-data/vault.ts';

/** Where random bytes come from; a simulation has its own. */
export interface RandomSource {
  readonly randomBytes: (count: number) => Uint8Array;
  readonly newKeyId: () => string;
}

const systemRandom: RandomSource = { randomBytes, newKeyId: randomUUID };

const nameOf = (whose: CustomerOf) => JSON.stringify(contextOf(whose));

/** A key service in memory: it wraps with a key of its own, for whom it is told. */
export function memoryDataKeys({
  randomBytes: random,
}: Pick<RandomSource, 'randomBytes'> = systemRandom): DataKeys {
  const master = random(32);
  return {
    generate: async (whose) => {
      const plain = random(32);
      const nonce = random(12);
      const wrapping = createCipheriv('aes-256-gcm', master, nonce).setAAD(
        Buffer.from(nameOf(whose)),
      );
      const body = Buffer.concat([wrapping.update(plain), wrapping.final()]);
      return {
        plain: Uint8Array.from(plain),
        wrapped: Uint8Array.from([...nonce, ...body, ...wrapping.getAuthTag()]),
      };
    },
    unwrap: async (whose, wrapped) => {
      const opening = createDecipheriv('aes-256-gcm', master, wrapped.subarray(0, 12))
        .setAAD(Buffer.from(nameOf(whose)))
        .setAuthTag(wrapped.subarray(-16));
      const plain = Buffer.concat([opening.update(wrapped.subarray(12, -16)), opening.final()]);
      return Uint8Array.from(plain);
    },
  };
}

export interface MemoryCustomerKeys extends CustomerKeys {
  /** All that is kept, as JSON would have it. */
  readonly all: () => readonly object[];
}

/** The customers' data keys, in memory. */
export function memoryCustomerKeys(): MemoryCustomerKeys {
  const kept = new Map<string, { key: WrappedKey | null; erasedAt: string | null }>();
  return {
    all: () =>
      [...kept].map(([whose, { key, erasedAt }]) => ({
        whose,
        key_id: key?.keyId ?? null,
        wrapped_key: key ? Buffer.from(key.wrapped).toString('base64') : null,
        erased_at: erasedAt,
      })),
    read: async (whose) => kept.get(nameOf(whose)) ?? null,
    keep: async (whose, key) => {
      const before = kept.get(nameOf(whose));
      if (before?.key) {
        return before.key;
      }
      kept.set(nameOf(whose), { key, erasedAt: before?.erasedAt ?? null });
      return key;
    },
    erase: async (whose, keyId, at) => {
      const before = kept.get(nameOf(whose));
      if (before?.key?.keyId !== keyId) {
        return before?.erasedAt ?? null;
      }
      kept.set(nameOf(whose), { key: null, erasedAt: at });
      return at;
    },
  };
}

/** Personal data in memory, sealed by the same hand as the deployed one's. */
export function memoryPersonalData(
  random: RandomSource = systemRandom,
  nowMs: () => number = Date.now,
): PersonalDataVault & Pick<MemoryCustomerKeys, 'all'> {
  const keys = memoryCustomerKeys();
  const vault = personalDataVault({ keys, dataKeys: memoryDataKeys(random), ...random, nowMs });
  return { ...vault, all: keys.all };
}
