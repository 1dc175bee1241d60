import {
  keptBack,
  leaseMs,
  nextLease,
  secondsUntil,
  tokensLeft,
} from '../../domain/access/limits.ts';
import type { RateLimit } from '../../domain/provider/rate.ts';
import type { RequestKind } from '../../ports/access/access.ts';
import type { LeaseTokens } from '../../ports/access/tenant-limits.ts';
import { beside, count, logger } from '../observability.ts';

/** How long after trouble a bucket is not asked: one request in so long waits for no answer. */
const pauseMs = 1_000;

/** How long a bucket that others have emptied is not asked: each refused request would be a call. */
const emptyMs = 500;

/** A bucket that all processes share, as one process sees it. */
export interface LeasedBucket {
  readonly limit: RateLimit;
  /**
   * The call that has to be waited for before it can be said whether there is a token; it never
   * rejects. Null: none has.
   */
  readonly unready: (kind: RequestKind) => Promise<void> | null;
  /** Whether there is a token for such a request, as far as is known. */
  readonly has: (kind: RequestKind) => boolean;
  /** Takes the token that there is: at once, also when that begins a lease. */
  readonly take: (kind: RequestKind) => void;
  readonly remaining: () => number;
  /** Until there is a token for such a request; null: until the bucket is full. */
  readonly secondsUntil: (kind: RequestKind | null) => number;
}

/**
 * Takes tokens by the lease, and serves from it for a second. A request that comes when there is no
 * lease is let in on credit, with the lease taken beside it, unless the last lease left the bucket less
 * than half full: then it waits for the lease. So a tenant within its limit waits for no call; and one
 * that passes it gets, beyond its limit, a request a process each time that its bucket empties. From then on a process
 * asks twice a second at the most.
 *
 * While the table is out of reach everybody is let in: payments matter more than limits.
 */
export function leasedBucket(
  bucket: string,
  limit: RateLimit,
  { lease, now }: { readonly lease: LeaseTokens; readonly now: () => number },
): LeasedBucket {
  let tatUs: number | null = null;
  let held = { tokens: 0, used: 0, fromMs: 0 };
  let size = 1;
  let onCredit = 0;
  let hasCredit = true;
  let openUntilMs = Number.NEGATIVE_INFINITY;
  const emptyUntilMs = { read: openUntilMs, write: openUntilMs };
  let asking: Promise<void> | null = null;

  const left = () => tokensLeft(tatUs, now() * 1_000, limit);
  const inHand = () => (now() < held.fromMs + leaseMs ? held.tokens - held.used : 0);
  const isOpen = () => now() < openUntilMs;
  const holdsFor = (kind: RequestKind) => inHand() > 0 && left() >= keptBack(kind, limit);
  /** The TAT only grows: what is known to be too little is no more than that. */
  const mayHave = (kind: RequestKind) =>
    left() > keptBack(kind, limit) && now() >= emptyUntilMs[kind];

  const ask = async (kind: RequestKind): Promise<void> => {
    const nowMs = now();
    if (held.tokens > 0) {
      size = nextLease({ ...held, lastedMs: Math.min(nowMs - held.fromMs, leaseMs) }, limit);
    }
    try {
      const taken = await lease({
        bucket,
        limit,
        tokens: size,
        keep: keptBack(kind, limit),
        nowMs,
        lastTatUs: tatUs,
      });
      // From the answer on: a lease that a slow table gives would else have ended when it is there.
      const fromMs = now();
      tatUs = taken.tatUs;
      held = { tokens: taken.tokens, used: Math.min(onCredit, taken.tokens), fromMs };
      if (taken.tokens === 0) {
        emptyUntilMs.read = fromMs + emptyMs;
        // What is kept from reads may be there for writes.
        emptyUntilMs[kind] = fromMs + emptyMs;
      }
      // As it was seen: what others took since is not known, and half a bucket is as good as full.
      hasCredit = 2 * left() >= limit.burst;
    } catch (error) {
      openUntilMs = now() + pauseMs;
      count('LimitsUnavailable');
      const reason = error instanceof Error ? error.name : typeof error;
      logger.warn('limits are out of reach', { bucket, reason });
    }
    onCredit = 0;
    asking = null;
  };

  return {
    limit,
    unready: (kind) => {
      if (isOpen() || holdsFor(kind) || !mayHave(kind)) {
        return null;
      }
      if (asking === null && hasCredit) {
        return null;
      }
      asking ??= ask(kind);
      return asking;
    },
    has: (kind) => isOpen() || holdsFor(kind) || (mayHave(kind) && hasCredit),
    take: (kind) => {
      if (isOpen()) {
        return;
      }
      if (holdsFor(kind)) {
        held.used += 1;
        return;
      }
      onCredit += 1;
      const call = asking ?? ask(kind);
      asking = call;
      beside('a lease failed', () => call);
    },
    remaining: () => Math.max(0, left() + inHand() - onCredit),
    secondsUntil: (kind) => {
      const tokens = kind === null ? limit.burst : keptBack(kind, limit) + 1;
      return secondsUntil(tokens, tatUs, now() * 1_000, limit);
    },
  };
}
