import { setTimeout as delay } from 'node:timers/promises';
import { dice } from '../plan/dice.ts';
import type { ChaosStack } from '../stack/chaos-stack.ts';
import { type Again, duplicatesOf } from './duplicates.ts';
import { poisonOf } from './poison.ts';
import { scriptsOf } from './scripts.ts';

const pauseMs = 700;

/** What was done to a run beside the processes that were ended, how often, by its kind. */
export interface Injected extends Again {
  readonly counts: Readonly<Record<string, number>>;
  /** What stands in the body of each message that can never be right. */
  readonly poison: readonly string[];
}

/**
 * Puts duplicates, poison and lies into a run, one after the other, until it is told to stop or has done
 * so many. What finds nothing to work on yet is not counted.
 */
export function startInjecting(
  stack: ChaosStack,
  { seed, most }: { readonly seed: number; readonly most: number },
): { readonly stop: () => Promise<Injected> } {
  const die = dice(seed);
  const duplicates = duplicatesOf(stack, die);
  const poison = poisonOf(stack, seed);
  const scripts = scriptsOf(stack, die);
  const kinds: Readonly<Record<string, (key: string) => Promise<boolean>>> = {
    ...duplicates.kinds,
    ...poison.kinds,
    ...scripts,
  };
  // Each as often as any other; poison, which a person has to look at, seldom.
  const names = Object.keys(kinds);
  const often = names.flatMap((name) => (name in poison.kinds ? [name] : [name, name, name]));
  const counts: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  const stopped = new AbortController();
  const running = (async () => {
    for (let nth = 0, done = 0; done < most && !stopped.signal.aborted; nth++) {
      const name = die.pick(`injected ${nth}`, often);
      // A request that fails is none that was injected: the emulator is under load.
      if (await kinds[name]?.(`injected ${nth}`).catch(() => false)) {
        counts[name] = (counts[name] ?? 0) + 1;
        done += 1;
      }
      await delay(pauseMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopped.abort();
      await running;
      const { publishedByHand, noticesAgain } = duplicates;
      return { counts, poison: poison.marks, publishedByHand, noticesAgain };
    },
  };
}
