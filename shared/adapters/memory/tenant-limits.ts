import { tokensLeft } from '../../domain/access/limits.ts';
import { tatAfterTaking } from '../../domain/provider/rate.ts';
import type { LeaseTokens } from '../../ports/access/tenant-limits.ts';

/** The buckets of tenants in memory: with nothing between a look and a write. */
export function memoryTenantLimits(): LeaseTokens {
  const tats = new Map<string, number>();
  return async ({ bucket, limit, tokens, keep, nowMs }) => {
    const nowUs = nowMs * 1_000;
    const before = tats.get(bucket) ?? null;
    const some = Math.min(tokens, tokensLeft(before, nowUs, limit) - keep);
    const tatUs = some > 0 ? tatAfterTaking(before, nowUs, limit, some) : null;
    if (tatUs === null) {
      return { tokens: 0, tatUs: before };
    }
    tats.set(bucket, tatUs);
    return { tokens: some, tatUs };
  };
}
