import type { WebhookTerms } from '../../shared/domain/webhook/terms.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * The schedule of Standard Webhooks: three days and some hours of tries. An endpoint that had no
 * success for five is disabled, which the tries of a single event cannot do.
 */
export const webhooks: WebhookTerms = {
  retryWaitsMs: [
    5_000,
    5 * minuteMs,
    30 * minuteMs,
    2 * hourMs,
    5 * hourMs,
    10 * hourMs,
    14 * hourMs,
    20 * hourMs,
    24 * hourMs,
  ],
  disableAfterMs: 5 * dayMs,
  secretOverlapMs: dayMs,
  // As long as five receives of a message take.
  lostAfterMs: 20 * minuteMs,
  keepMs: 30 * dayMs,
};

/** In a minute what takes three days elsewhere. */
export const localWebhooks: WebhookTerms = {
  ...webhooks,
  retryWaitsMs: [1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 8_000, 10_000, 15_000],
  disableAfterMs: 3 * minuteMs,
  lostAfterMs: minuteMs,
};
