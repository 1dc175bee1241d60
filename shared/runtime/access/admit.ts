import { limitOf, type RequestLimits } from '../../domain/access/limits.ts';
import type { Admission, Admit, RequestKind } from '../../ports/access/access.ts';
import type { LeaseTokens } from '../../ports/access/tenant-limits.ts';
import { count } from '../observability.ts';
import { type LeasedBucket, leasedBucket } from './leased-bucket.ts';

/** The bucket over all tenants; no tenant is called so. */
const stageBucket = '*';

/** As many tenants as one warm environment remembers; the oldest goes first. */
const remembered = 1_000;

/** For so many leases a request waits at the most, should others of its process use them up each time. */
const maxLeases = 3;

/**
 * Lets a request in when its tenant has a token, and the stage has one for everybody:
 * 1. wait for a lease, and for a few at the most, where a bucket is so short that it has to be asked first
 * 2. refuse what one of the two has no token for: nothing is taken from the other
 * 3. take a token of each; a lease that this takes runs beside the request
 */
export function admitBy(deps: {
  readonly limits: RequestLimits;
  readonly lease: LeaseTokens;
  readonly now: () => number;
}): Admit {
  const { limits } = deps;
  const stage = leasedBucket(stageBucket, limits.stage, deps);
  const tenants = new Map<string, LeasedBucket>();

  const bucketOf = (tenant: string): LeasedBucket => {
    const known = tenants.get(tenant);
    if (known) {
      return known;
    }
    if (tenants.size >= remembered) {
      tenants.delete(tenants.keys().next().value as string);
    }
    const bucket = leasedBucket(tenant, limitOf(limits, tenant), deps);
    tenants.set(tenant, bucket);
    return bucket;
  };

  return async ({ tenant, kind }) => {
    const own = bucketOf(tenant);
    await Promise.all([own, stage].map((bucket) => ready(bucket, kind)));
    if (!own.has(kind) || !stage.has(kind)) {
      count('RequestLimited');
      return own.has(kind) ? refusal('stage', stage, kind) : refusal('tenant', own, kind);
    }
    own.take(kind);
    stage.take(kind);
    return {
      admitted: true,
      by: 'tenant',
      limit: own.limit.burst,
      remaining: own.remaining(),
      resetSeconds: own.secondsUntil(null),
    };
  };
}

async function ready(bucket: LeasedBucket, kind: RequestKind): Promise<void> {
  for (let left = maxLeases; left > 0; left--) {
    const call = bucket.unready(kind);
    if (call === null) {
      return;
    }
    await call;
  }
}

function refusal(by: Admission['by'], bucket: LeasedBucket, kind: RequestKind): Admission {
  return {
    admitted: false,
    by,
    limit: bucket.limit.burst,
    remaining: 0,
    // A bucket that others emptied can have a token by what is known here, and is not asked yet.
    resetSeconds: Math.max(1, bucket.secondsUntil(kind)),
  };
}
