import { createHash } from 'node:crypto';

/**
 * Choices by a seed and a key: hash(seed, key) decides, so that one choice more or less leaves all
 * others as they are.
 */
export interface Dice {
  /** From 0 up to 1. */
  readonly fraction: (key: string) => number;
  /** From `least` to `most`, both of them possible. */
  readonly integer: (key: string, least: number, most: number) => number;
  readonly chance: (key: string, probability: number) => boolean;
  /** @throws RangeError when there is nothing to choose from */
  readonly pick: <T>(key: string, from: readonly T[]) => T;
  /** The same items in another order. */
  readonly shuffle: <T>(key: string, items: readonly T[]) => T[];
}

export function dice(seed: number): Dice {
  const fraction = (key: string) =>
    createHash('sha256').update(`${seed} ${key}`).digest().readUIntBE(0, 6) / 2 ** 48;
  const integer = (key: string, least: number, most: number) =>
    least + Math.floor(fraction(key) * (most - least + 1));
  return {
    fraction,
    integer,
    chance: (key, probability) => fraction(key) < probability,
    pick: (key, from) => {
      if (from.length === 0) {
        throw new RangeError(`nothing to pick for ${key}`);
      }
      return from[integer(key, 0, from.length - 1)] as (typeof from)[number];
    },
    shuffle: (key, items) =>
      items
        .map((item, index) => ({ item, place: fraction(`${key} ${index}`) }))
        .sort((a, b) => a.place - b.place)
        .map(({ item }) => item),
  };
}
