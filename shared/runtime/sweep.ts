import { count, logger } from './observability.ts';

/** Things of a kind that one run looks at; what is left is due at the next. */
const thingsOfRun = 200;
const atOnce = 10;

/** What a run came to, in things. */
export type Fates<Fate extends string> = Readonly<Record<Fate | 'resumed' | 'failed', number>>;

/**
 * Sees to all of these, so many at a time; one that fails does not stop the others.
 *
 * @param tellOf says of one that failed that it did
 * @returns what each met
 */
export async function metBy<Thing, Fate extends string>(
  things: readonly Thing[],
  {
    atOnce: most,
    seeTo,
    tellOf,
  }: {
    readonly atOnce: number;
    /** @throws what makes it count as failed */
    readonly seeTo: (thing: Thing) => Promise<Fate>;
    readonly tellOf: (thing: Thing, error: Error) => void;
  },
): Promise<(Fate | 'failed')[]> {
  const met: (Fate | 'failed')[] = [];
  const fateOf = async (thing: Thing) => {
    try {
      return await seeTo(thing);
    } catch (error) {
      tellOf(thing, error as Error);
      return 'failed';
    }
  };
  for (let from = 0; from < things.length; from += most) {
    met.push(...(await Promise.all(things.slice(from, from + most).map(fateOf))));
  }
  return met;
}

/** How many met each of these fates, in the order of the fates. */
export function sumsOf<Fate extends string>(
  fates: readonly Fate[],
  met: readonly Fate[],
): Readonly<Record<Fate, number>> {
  return Object.fromEntries(
    fates.map((fate) => [fate, met.filter((other) => other === fate).length]),
  ) as Record<Fate, number>;
}

/** @throws Error naming how many failed, so that an alarm says so and the run is tried again */
export function refuseFailed(noun: string, failed: number): void {
  if (failed > 0) {
    throw new Error(`${failed} ${noun}s could not be seen to`);
  }
}

/**
 * One run of a sweeper:
 * 1. list what is due, kind by kind; the list may be a moment behind
 * 2. see to each of them; one that fails does not stop the others
 * 3. say how many came to what, and fail at the end when one failed
 *
 * @param noun what is swept, one of it
 * @param fates in the order in which they are told
 * @throws Error naming how many failed
 */
export async function sweepAll<Kind, Fate extends string>(
  noun: 'payment' | 'payout',
  fates: readonly (Fate | 'resumed' | 'failed')[],
  {
    kinds,
    due,
    seeTo,
  }: {
    readonly kinds: readonly Kind[];
    readonly due: (kind: Kind, limit: number) => Promise<readonly string[]>;
    /** @throws what makes it count as failed */
    readonly seeTo: (id: string) => Promise<Fate | 'resumed'>;
  },
): Promise<Fates<Fate>> {
  const met: (Fate | 'resumed' | 'failed')[] = [];
  const tellOf = (id: string, error: Error) =>
    logger.error(`a ${noun} could not be seen to`, { error, [`${noun}_id`]: id });
  for (const kind of kinds) {
    met.push(...(await metBy(await due(kind, thingsOfRun), { atOnce, seeTo, tellOf })));
  }
  const sums = sumsOf(fates, met);
  logger.info(`${noun}s swept`, { ...sums });
  count('SagaResumed', sums.resumed);
  refuseFailed(noun, sums.failed);
  return sums;
}
