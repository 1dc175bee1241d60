import * as z from 'zod/mini';
import type { RequestLimits } from '../../domain/access/limits.ts';

const anObject = { error: 'must be an object with the known names alone' };
const byName = { error: 'must be an object by the names of tenants' };
const aCount = { error: 'must be an integer from 1 to 100000' };

const Count = z.int(aCount).check(z.gte(1, aCount), z.lte(100_000, aCount));
const Limit = z.strictObject({ perSecond: Count, burst: Count }, anObject);

/** `TENANT_LIMITS`, as JSON. */
export const RequestLimitsSetting: z.ZodMiniType<RequestLimits> = z.strictObject(
  { stage: Limit, tenant: Limit, tenants: z.record(z.string(), Limit, byName) },
  anObject,
);
