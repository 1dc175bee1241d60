import { count, logger } from './observability.ts';

/** Things of a kind that one run looks at; what is left is due at the next. */
const thingsOfRun = 200;
const atOnce = 10;

/** What a run came to, in things. */
export type Fates<Fate extends string> = Readonly<Record<Fate | 'resumed' | 'failed', number>>;

/**
 * One run of a sweeper:
 * 1. list what is due, kind by kind; the list may be a moment behind
 * 2. see to each of them; one that fails does not stop the others
 * 3. say how many came to what, and fail at the end when one failed, so that an alarm says so and the
 *    run is tried again
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
  const fateOf = async (id: string) => {
    try {
      return await seeTo(id);
    } catch (error) {
      const message = `a ${noun} could not be seen to`;
      logger.error(message, { error: error as Error, [`${noun}_id`]: id });
      return 'failed';
    }
  };
  for (const kind of kinds) {
    const ids = await due(kind, thingsOfRun);
    for (let from = 0; from < ids.length; from += atOnce) {
      met.push(...(await Promise.all(ids.slice(from, from + atOnce).map(fateOf))));
    }
  }
  const sums = Object.fromEntries(
    fates.map((fate) => [fate, met.filter((other) => other === fate).length]),
  ) as Fates<Fate>;
  logger.info(`${noun}s swept`, { ...sums });
  count('SagaResumed', sums.resumed);
  if (sums.failed > 0) {
    throw new Error(`${sums.failed} ${noun}s could not be seen to`);
  }
  return sums;
}
