/**
 * What every answer of the API says to browsers and caches, those of API Gateway itself among them: it
 * is data for one caller, to be kept by nobody, shown in no frame and run by nothing.
 */
export const securityHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
} as const satisfies Readonly<Record<string, string>>;

/** What a page of a listed origin may send beyond what any page may. */
export const corsRequestHeaders = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'Paysaga-Tenant',
  'Prefer',
  'X-Correlation-Id',
] as const;

/** What it may read of an answer, beyond what any page may. */
export const corsAnswerHeaders = [
  'ETag',
  'Idempotent-Replayed',
  'Location',
  'Preference-Applied',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Correlation-Id',
] as const;
