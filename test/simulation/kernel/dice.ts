/**
 * Keyed randomness: what falls depends on the seed and on the key alone, not on how often or in which
 * order anything was asked. So when one decision of a run is taken away, the others stay as they are,
 * and a failing run can be made shorter.
 */
export interface Dice {
  /** At least 0, below 1. */
  readonly unit: (key: string) => number;
  readonly chance: (key: string, probability: number) => boolean;
  /** A whole number, both ends included. */
  readonly int: (key: string, least: number, most: number) => number;
  readonly pick: <T>(key: string, from: readonly [T, ...T[]]) => T;
}

export function diceOf(seed: number): Dice {
  const unit = (key: string) => keyedHash(seed, key) / 2 ** 32;
  const int = (key: string, least: number, most: number) =>
    least + Math.floor(unit(key) * (most - least + 1));
  return {
    unit,
    chance: (key, probability) => unit(key) < probability,
    int,
    pick: <T>(key: string, from: readonly [T, ...T[]]) => from[int(key, 0, from.length - 1)] as T,
  };
}

/**
 * 32 bits of a text under a seed: FNV-1a over its code units, then MurmurHash3's finalizer, so that
 * keys which differ in their last digit alone fall apart. Source: A. Appleby, MurmurHash3, fmix32.
 */
export function keyedHash(seed: number, key: string): number {
  let hash = Math.imul(seed ^ 0x811c9dc5, 0x9e3779b1);
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
