/**
 * Whose logs a query reads: functions by how their names begin, the API's access log, or what one
 * chooses, as there are more functions than a query can name: by the prefix `/paysaga/<stage>/`.
 */
type Source = 'access' | 'chosen' | { readonly functions: readonly string[] };

/** A saved query of CloudWatch Logs Insights. */
export interface SavedQuery {
  /** After `paysaga/<stage>/`. */
  readonly name: string;
  /** When one takes it; docs/observability.md has the same words. */
  readonly says: string;
  readonly source: Source;
  /** One line a command. `ID` stands for what one puts there. */
  readonly query: readonly string[];
}

/** What works on a payment. */
const payments: Source = {
  functions: ['payments-', 'ledger-', 'risk-', 'providers-', 'webhooks-', 'reports-project-'],
};
/** What works on a payout. */
const payouts: Source = { functions: ['payouts-', 'webhooks-', 'ledger-', 'payments-relay'] };

const isRefused = 'filter message = "refused" and ispresent(code)';

/** The library, in the order of its names. */
export const savedQueries: readonly SavedQuery[] = [
  {
    name: 'one/payment-by-correlation-id',
    says: "One request's whole way, from the POST to the webhook: what each function said, in its order. Put the `X-Correlation-Id` for ID.",
    source: payments,
    query: [
      'fields @timestamp, function_name, service, level, message, payment_id, operation_id, refusal, reason, code, status, latency_ms',
      'filter correlation_id = "ID" or @message like "ID"',
      'sort @timestamp asc',
      'limit 1000',
    ],
  },
  {
    name: 'one/payment-by-id',
    says: 'The same of one payment, also of what a person or a PSP asked of it later, under other correlation ids.',
    source: payments,
    query: [
      'fields @timestamp, function_name, service, level, message, correlation_id, operation_id, refusal, reason, code, status',
      'filter payment_id = "ID" or @message like "ID"',
      'sort @timestamp asc',
      'limit 1000',
    ],
  },
  {
    name: 'one/payout-by-id',
    says: 'The whole way of one payout.',
    source: payouts,
    query: [
      'fields @timestamp, function_name, level, message, correlation_id, refusal, reason, code, status',
      'filter payout_id = "ID" or @message like "ID"',
      'sort @timestamp asc',
      'limit 1000',
    ],
  },
  {
    name: 'slow/accepts',
    says: 'The slowest accepts, each with its payment. Slow with `cold_start` true is a start; slow without is DynamoDB, or the wait that a client asked for by `Prefer: wait`.',
    source: { functions: ['payments-submit'] },
    query: [
      'filter message = "answered"',
      'fields @timestamp, latency_ms, status, cold_start, tenant, payment_id, correlation_id',
      'sort latency_ms desc',
      'limit 100',
    ],
  },
  {
    name: 'slow/routes',
    says: 'What each route of the API takes, as the gateway measures it.',
    source: 'access',
    query: [
      'stats count(*) as requests, pct(latency_ms, 50) as p50, pct(latency_ms, 99) as p99, max(latency_ms) as most by method, route',
      'sort p99 desc',
    ],
  },
  {
    name: 'slow/cold-starts',
    says: 'How often each function was called and said something, and how often it had just been started for it.',
    source: 'chosen',
    query: [
      'filter ispresent(cold_start)',
      // Each invocation once, however many lines it has.
      'stats max(cold_start) as started by function_name, function_request_id',
      'stats count(*) as invocations, sum(started) as cold by function_name',
      'sort cold desc',
    ],
  },
  {
    name: 'refused/by-code',
    says: 'What the API refuses, by code and tenant: one tenant with one code is a client with a fault.',
    source: 'chosen',
    query: [
      isRefused,
      'stats count(*) as requests by code, tenant, function_name',
      'sort requests desc',
    ],
  },
  {
    name: 'refused/by-gateway',
    says: 'What never came to a function: throttled, not found, too big.',
    source: 'access',
    query: [
      'filter status >= 400 and ispresent(error) and error != "-"',
      'stats count(*) as requests by error, status, route, source_ip',
      'sort requests desc',
    ],
  },
  {
    name: 'providers/outcomes',
    says: 'What the tasks that ask a PSP came to, by outcome: `done`, or the name of a refusal.',
    source: { functions: ['providers-'] },
    query: [
      'filter message in ["done", "refused", "fault"]',
      'stats count(*) as calls by function_name, message, refusal',
      'sort calls desc',
    ],
  },
  {
    name: 'providers/trouble',
    says: 'Each opened breaker, thrown call and PSP out of reach, with its reason.',
    source: { functions: ['providers-', 'payments-take-notice'] },
    query: [
      'filter level in ["WARN", "ERROR"]',
      'fields @timestamp, function_name, message, provider, reason, failures, payment_id, correlation_id',
      'sort @timestamp desc',
      'limit 200',
    ],
  },
  {
    name: 'trouble/contention',
    says: 'Where writers met, a minute: what was tried anew as others came first. Which key is hot, its payments say.',
    source: 'chosen',
    query: [
      'filter message = "contention" or reason like /Contention|TransactionConflict|ConditionalCheck/',
      'stats count(*) as times by bin(1m) as minute, function_name, message',
      'sort minute desc',
    ],
  },
  {
    name: 'trouble/not-consumed',
    says: 'Messages that were not consumed, with the reason and the try; `final` 1 went to the dead letters.',
    source: 'chosen',
    query: [
      'filter message in ["message not consumed", "stopped in the batch", "dead letter not written"]',
      'fields @timestamp, function_name, message, receives, final, reason, payment_id, payout_id, correlation_id',
      'sort @timestamp desc',
      'limit 200',
    ],
  },
  {
    name: 'trouble/redriven',
    says: 'Messages that came back after they were given up once: received again for the first time, although their event is old.',
    source: { functions: ['payments-relay', 'payments-project-list', 'operations-'] },
    query: [
      'filter ProjectionLagMs > 600000 or message like /redrive|redriven|discard/',
      'fields @timestamp, function_name, message, ProjectionLagMs, payment_id, correlation_id, principal',
      'sort @timestamp desc',
      'limit 200',
    ],
  },
  {
    name: 'trouble/faults',
    says: 'Every error and fault, most frequent first, with an example of what it was about.',
    source: 'chosen',
    query: [
      'filter level = "ERROR"',
      'stats count(*) as times, latest(correlation_id) as example, latest(@timestamp) as last by function_name, message, error.name, error.message',
      'sort times desc',
    ],
  },
];
