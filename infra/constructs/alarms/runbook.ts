/**
 * The entries of docs/runbook.md: each is a heading there, and its anchor. A test holds that every
 * alarm has one, and every one an alarm.
 */
export type RunbookSlug =
  | 'accept-slo'
  | 'settle-slo'
  | 'outcome-unknown'
  | 'outcome-parked'
  | 'saga-resumed'
  | 'execution-ended'
  | 'dead-letters'
  | 'dead-letters-old'
  | 'events-wait'
  | 'stream-lagging'
  | 'projection-lag'
  | 'events-republished'
  | 'scheduled-run-failed'
  | 'ledger-difference'
  | 'reconciliation-break'
  | 'breaker-opened'
  | 'contradicting-notice'
  | 'webhook-rejected'
  | 'webhook-endpoint-disabled'
  | 'limits-unavailable'
  | 'policy-set-refused'
  | 'api-throttled'
  | 'lambda-throttled'
  | 'lambda-concurrency'
  | 'dynamodb-throttled'
  | 'executions-throttled';
