import { intervalUs, type RateLimit } from '../provider/rate.ts';

/** How many requests callers may make. */
export interface RequestLimits {
  /** Over all tenants. */
  readonly stage: RateLimit;
  /** Of a tenant that is not named. */
  readonly tenant: RateLimit;
  /** Of tenants by their names. */
  readonly tenants: Readonly<Record<string, RateLimit>>;
}

/** A tenant's own limit, else the one that all have. */
export function limitOf({ tenant, tenants }: RequestLimits, name: string): RateLimit {
  return Object.hasOwn(tenants, name) ? (tenants[name] as RateLimit) : tenant;
}

/** The share of a bucket that is kept for writes: reads are refused before them. */
const reservedShare = 0.2;

/** How many tokens of a bucket a request of this kind leaves to others. */
export function keptBack(kind: 'read' | 'write', { burst }: RateLimit): number {
  return kind === 'read' ? Math.ceil(burst * reservedShare) : 0;
}

/** The tokens in a bucket. @param tatUs null: nobody ever took one */
export function tokensLeft(tatUs: number | null, nowUs: number, limit: RateLimit): number {
  const takenUs = Math.max(0, (tatUs ?? 0) - nowUs);
  return Math.max(0, limit.burst - Math.ceil(takenUs / intervalUs(limit)));
}

/** Whole seconds until a bucket has so many tokens, if nobody takes one: 0 when it has. */
export function secondsUntil(
  tokens: number,
  tatUs: number | null,
  nowUs: number,
  limit: RateLimit,
): number {
  const takenUs = Math.max(0, (tatUs ?? 0) - nowUs);
  const missingUs = takenUs - (limit.burst - tokens) * intervalUs(limit);
  return Math.max(0, Math.ceil(missingUs / 1_000_000));
}

/*
 * A process takes tokens by the lease: some at once, good for a second, so that a request costs no
 * call. What is left of a lease at its end is lost.
 */

/** How long a lease is good for. */
export const leaseMs = 1_000;

/** No lease takes more of a bucket than this share: there are other processes. */
const largestShare = 0.1;

/** What became of a lease. */
export interface EndedLease {
  readonly tokens: number;
  readonly used: number;
  /** For how long it was used: less than its time when its tokens did not last. */
  readonly lastedMs: number;
}

/**
 * How many tokens the next lease takes. One that did not last is followed by what its pace comes to,
 * at most twice as much; one that had some left, by as many as were used. So over any time no more
 * tokens are lost than were used, but for the first, and one for each lease whose request was refused
 * elsewhere: a tenant always gets half of its limit, and all of it while its pace is steady.
 */
export function nextLease({ tokens, used, lastedMs }: EndedLease, { burst }: RateLimit): number {
  const pace = Math.ceil((used * leaseMs) / Math.max(1, lastedMs));
  const wanted = used >= tokens ? Math.min(2 * tokens, pace) : used;
  return Math.max(1, Math.min(wanted, Math.floor(burst * largestShare)));
}
