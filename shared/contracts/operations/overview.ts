import * as z from 'zod/mini';
import { CurrencyCode, Timestamp } from '../payment.ts';

const Count = z.int().check(z.gte(0));
const Milliseconds = z.nullable(Count);

/** The minutes before now that an overview is of, the present one among them. */
export const overviewMinutes = 60;

/**
 * What a stage does now, for who operates it. A part of it that could not be read in time is null, and
 * says nothing: the others are as true without it.
 */
export const Overview = z.object({
  object: z.literal('overview'),
  time: Timestamp,
  /** Every merchant of the stage. */
  tenants: z.nullable(z.array(z.string())),
  /** Which payments were looked at: those accepted since then, of the tenants asked for. */
  window: z.nullable(
    z.object({
      minutes: z.literal(overviewMinutes),
      /** Later than so many minutes ago when it is truncated: from then on nothing is left out. */
      since: Timestamp,
      examined: Count,
      /** True when there was more than an overview reads: payments before `since`, or tenants. */
      truncated: z.boolean(),
    }),
  ),
  /** What has become of them so far. `accepted` is the sum of the others. */
  payments: z.nullable(
    z.object({
      accepted: Count,
      /** A part of the amount, or all of it. */
      captured: Count,
      authorized: Count,
      /** Those that a customer has to act on as well. */
      processing: Count,
      failed: Count,
      /** By the merchant, or because the authorization's time was over. */
      canceled: Count,
    }),
  ),
  /** The same by the minute in which they were accepted, oldest first, without a gap. */
  per_minute: z.nullable(
    z.array(
      z.object({
        minute: Timestamp,
        accepted: Count,
        /** At an end, or at rest until a capture; those that failed are not among them. */
        settled: Count,
        failed: Count,
      }),
    ),
  ),
  /**
   * From the acceptance to the event after which the payment is no longer processing, of the latest that
   * came so far: by the nearest rank. Null without samples.
   */
  time_to_settle_ms: z.nullable(
    z.object({ p50: Milliseconds, p90: Milliseconds, p99: Milliseconds, samples: Count }),
  ),
  /** Why payments failed, the most frequent first. */
  failures: z.nullable(z.array(z.object({ code: z.string(), count: Count }))),
  /** What waits for a person, of the tenants asked for. */
  parked: z.nullable(
    z.object({
      count: Count,
      at_risk: z.array(z.object({ amount: Count, currency: CurrencyCode })),
      oldest: z.nullable(Timestamp),
      /** True when there is more than was counted. */
      more: z.boolean(),
    }),
  ),
  /** Of the whole stage, and about so many: SQS counts late. A letter that somebody reads counts too. */
  dead_letters: z.nullable(
    z.object({
      count: Count,
      /** Those that are empty as well. */
      queues: z.array(z.object({ name: z.string(), count: Count })),
    }),
  ),
  /** The circuit breakers of the stage’s PSPs. */
  providers: z.nullable(
    z.array(
      z.object({
        name: z.string(),
        state: z.enum(['closed', 'open', 'half_open']),
        /** Since when it is closed, or since when it is not; null: it never was not. */
        since: z.nullable(Timestamp),
        /** Of one that is not closed: until when nothing, or nothing but a probe, goes through. */
        until: z.nullable(Timestamp),
      }),
    ),
  ),
});
export type OverviewResource = z.infer<typeof Overview>;
