import * as z from 'zod/mini';
import { maxAmountMinor } from '../../domain/money/currency.ts';
import { type ExchangeRates, ratePattern } from '../../domain/money/exchange/exchange.ts';
import type { FeePlans } from '../../domain/money/fees.ts';
import type { InquirySchedule } from '../../domain/saga/inquiry.ts';
import type { WebhookTerms } from '../../domain/webhook/terms.ts';
import { CurrencyCode } from '../payment.ts';

const anObject = { error: 'must be an object with the known names alone' };
const byCurrency = { error: 'must be an object by ISO 4217 codes' };
const byName = { error: 'must be an object by names' };
const aName = { error: 'must be the name of a negotiated plan' };
const aPercentage = { error: 'must be an integer of basis points, from 0 to 10000' };
const aFixedPart = { error: 'must be an integer of minor units, from 0 to 10^12' };
const aDay = { error: 'must be a day, such as 2026-11-20' };
const aRate = { error: 'must be a decimal text above 0, such as "1.1590"' };

const aWait = { error: 'must be a whole number of seconds, in ms, from 1000 on' };
const waits = { error: 'must be one wait or more' };
const aWindow = { error: 'must be a number of ms' };

/** `INQUIRY_SCHEDULE`, as JSON. A machine waits in whole seconds. */
export const InquiryScheduleSetting: z.ZodMiniType<InquirySchedule> = z.strictObject(
  {
    waitsMs: z
      .array(z.int(aWait).check(z.gte(1_000, aWait), z.multipleOf(1_000, aWait)))
      .check(z.minLength(1, waits)),
    settleWindowMs: z.int(aWindow).check(z.gte(0, aWindow)),
  },
  anObject,
);

const aSpan = { error: 'must be a number of ms above 0' };
const Span = z.int(aSpan).check(z.gte(1, aSpan));

/** `WEBHOOK_TERMS`, as JSON. */
export const WebhookTermsSetting: z.ZodMiniType<WebhookTerms> = z.strictObject(
  {
    retryWaitsMs: z.array(Span),
    disableAfterMs: Span,
    secretOverlapMs: Span,
    lostAfterMs: Span,
    keepMs: Span,
  },
  anObject,
);

const FeePlan = z.strictObject(
  {
    basisPoints: z.int(aPercentage).check(z.gte(0, aPercentage), z.lte(10_000, aPercentage)),
    fixedMinor: z.partialRecord(
      CurrencyCode,
      z.int(aFixedPart).check(z.gte(0, aFixedPart), z.lte(maxAmountMinor, aFixedPart)),
      byCurrency,
    ),
  },
  anObject,
);

/** `FEE_PLANS`, as JSON. A tenant's plan has to be there: none falls back to the standard one by a slip. */
export const FeePlansSetting: z.ZodMiniType<FeePlans> = z
  .strictObject(
    {
      standard: FeePlan,
      negotiated: z._default(z.record(z.string(), FeePlan, byName), {}),
      tenants: z._default(z.record(z.string(), z.string(aName), byName), {}),
    },
    anObject,
  )
  .check(({ value, issues }) => {
    for (const [tenant, name] of Object.entries(value.tenants)) {
      if (!Object.hasOwn(value.negotiated, name)) {
        issues.push({
          code: 'custom',
          input: name,
          path: ['tenants', tenant],
          message: `${aName.error}; a tenant without one has the standard plan`,
        });
      }
    }
  });

/** `EXCHANGE_RATES`, as JSON. Without rates there is nothing to convert, and no error in that. */
export const ExchangeRatesSetting: z.ZodMiniType<ExchangeRates> = z
  .strictObject(
    {
      date: z.iso.date(aDay),
      base: CurrencyCode,
      rates: z.partialRecord(
        CurrencyCode,
        z.string(aRate).check(z.regex(ratePattern, aRate)),
        byCurrency,
      ),
    },
    anObject,
  )
  .check(
    z.refine(({ base, rates }) => rates[base] === undefined, {
      path: ['rates'],
      error: 'must not have the base, which is worth 1',
    }),
  );
