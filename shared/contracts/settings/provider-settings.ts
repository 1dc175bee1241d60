import * as z from 'zod/mini';
import { maxAmountMinor } from '../../domain/money/currency.ts';
import type { ProviderLimits } from '../../domain/provider/limits.ts';
import type { Route, Routes } from '../../domain/provider/routing.ts';
import { CurrencyCode } from '../payment.ts';

const anObject = { error: 'must be an object with the known names alone' };
const byName = { error: 'must be an object by the names of PSPs' };
const aCount = { error: 'must be an integer from 1 to 10000' };
const aDuration = { error: 'must be an integer of ms, from 1 to 3600000' };
const aRoute = { error: 'must be the names of one PSP or more, each once' };
const aList = { error: 'must be a list of one or more' };
const aText = { error: 'must be a text' };
const anAmount = { error: 'must be an integer of minor units, from 0 to 10^12' };
const aCondition = { error: 'must have at least one part: what is for all charges is the default' };
const oneCurrency = { error: 'must be with one currency, as minor units of two differ' };

const Count = z.int(aCount).check(z.gte(1, aCount), z.lte(10_000, aCount));
const Duration = z.int(aDuration).check(z.gte(1, aDuration), z.lte(3_600_000, aDuration));

const Limits = z.strictObject(
  {
    breaker: z.strictObject(
      { failures: Count, windowMs: Duration, coolDownMs: Duration },
      anObject,
    ),
    slots: z.nullable(Count),
    rate: z.nullable(z.strictObject({ perSecond: Count, burst: Count }, anObject)),
  },
  anObject,
);

/** `PROVIDER_LIMITS`, as JSON: by the PSP's name. */
export const ProviderLimitsSetting: z.ZodMiniType<Readonly<Record<string, ProviderLimits>>> =
  z.record(z.string(), Limits, byName);

/** An array by its checks, as a tuple of zod's is 2 KB more of each bundle. */
const RouteNames = z
  .array(z.string(aRoute), aRoute)
  .check(z.refine((names) => names.length > 0 && new Set(names).size === names.length, aRoute));
const RouteOfNames = RouteNames as unknown as z.ZodMiniType<Route>;

const Amount = z.int(anAmount).check(z.gte(0, anAmount), z.lte(maxAmountMinor, anAmount));

const Condition = z
  .strictObject(
    {
      tenants: z.optional(z.array(z.string(aText), aList).check(z.minLength(1, aList))),
      currencies: z.optional(z.array(CurrencyCode, aList).check(z.minLength(1, aList))),
      paymentMethodPrefix: z.optional(z.string(aText)),
      minAmountMinor: z.optional(Amount),
      maxAmountMinor: z.optional(Amount),
    },
    anObject,
  )
  .check(
    z.refine((when) => Object.keys(when).length > 0, aCondition),
    z.refine(
      ({ minAmountMinor, maxAmountMinor, currencies }) =>
        (minAmountMinor === undefined && maxAmountMinor === undefined) || currencies?.length === 1,
      oneCurrency,
    ),
  );

/** `PROVIDER_ROUTES`, as JSON. That its names are known is for `checkedRoutes`. */
export const ProviderRoutesSetting: z.ZodMiniType<Routes> = z.strictObject(
  {
    rules: z._default(
      z.array(z.strictObject({ when: Condition, providers: RouteOfNames }, anObject), aList),
      [],
    ),
    default: RouteOfNames,
  },
  anObject,
);
