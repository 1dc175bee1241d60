import {
  type Breaker,
  type BreakerChange,
  type BreakerSettings,
  failureChange,
  openingChange,
  passageOf,
  probeChange,
} from '../../domain/provider/breaker/breaker.ts';
import { count, logger } from '../../runtime/observability.ts';
import type { ForgivingHealth } from './forgiving-health.ts';

/** For how long a process goes by what it last saw of a breaker. */
const maxAgeMs = 1_000;

/** A failure is tried to be counted so often against others that change the breaker meanwhile. */
const tries = 3;

/** What a call showed of its PSP; `nothing`: it was not asked, or its answer says neither. */
export type Sight = 'success' | 'failure' | 'nothing';

/** One process's view of the breaker of one PSP. */
export interface BreakerWatch {
  /** By what was seen in the last second: at most one read a second. */
  readonly passage: () => Promise<ReturnType<typeof passageOf>>;
  /** Tells whether this call may try the PSP out; when that cannot be known, it may. */
  readonly takeProbe: (holder: string) => Promise<boolean>;
  /** Notes what a call showed. @param probe its holder; null for any other call */
  readonly note: (sight: Sight, probe: string | null) => Promise<void>;
}

/** @param leaseMs how long a probe may take before another call takes it over */
export function watchBreaker(
  provider: string,
  health: ForgivingHealth,
  { settings, leaseMs, now }: { settings: BreakerSettings; leaseMs: number; now: () => number },
): BreakerWatch {
  let known: { readonly breaker: Breaker; readonly atMs: number } | null = null;

  const see = (breaker: Breaker): Breaker => {
    known = { breaker, atMs: now() };
    return breaker;
  };
  const read = async () =>
    known && now() - known.atMs < maxAgeMs ? known.breaker : see(await health.breaker(provider));
  const change = async (to: BreakerChange) => {
    const changed = await health.change(provider, to);
    if (changed) {
      see(changed.breaker);
    }
    return changed;
  };
  const opened = ({ failures }: Breaker) => {
    count('BreakerOpened');
    logger.warn('breaker opened', { provider, failures });
  };

  const openIfDue = async (breaker: Breaker) => {
    const opening = openingChange(breaker, now(), settings);
    if (opening && (await change(opening))?.applied) {
      opened(breaker);
    }
  };

  /** Counts a failure, and opens the breaker when it was one too many. */
  const countFailure = async () => {
    let breaker = await read();
    for (let tried = 0; tried < tries; tried++) {
      const failure = failureChange(breaker, now(), settings);
      if (!failure) {
        return;
      }
      const counted = await change(failure);
      if (!counted) {
        return;
      }
      breaker = counted.breaker;
      if (counted.applied) {
        return openIfDue(breaker);
      }
    }
  };

  const endProbe = async (sight: Sight, holder: string) => {
    const changed = await change(probeChange(sight, holder, now(), settings));
    if (changed?.applied && sight === 'failure') {
      opened(changed.breaker);
    }
    if (changed?.applied && sight === 'success') {
      logger.info('breaker closed', { provider });
    }
  };

  return {
    passage: async () => passageOf(await read(), now()),
    takeProbe: async (holder) => {
      const atMs = now();
      const taking = { kind: 'take_probe', atMs, holder, untilMs: atMs + leaseMs } as const;
      return (await change(taking))?.applied ?? true;
    },
    note: async (sight, probe) => {
      if (probe !== null) {
        await endProbe(sight, probe);
      } else if (sight === 'failure') {
        await countFailure();
      }
    },
  };
}
