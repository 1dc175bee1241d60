/** What a metric is, for docs/observability.md, which is held against this. */
interface Metric {
  readonly unit: 'Count' | 'Milliseconds';
  /** Beside `service`, which is the context whose function it is. */
  readonly dimension?: string;
  readonly says: string;
}

const counted = (says: string) => ({ unit: 'Count', says }) as const;
const lasted = (says: string) => ({ unit: 'Milliseconds', says }) as const;

/** The metrics of the house, in the namespace `Paysaga`. */
export const metricCatalogue = {
  PaymentAccepted: counted('payments that were written, and answered with 202 or 200'),
  AcceptLatencyMs: lasted(
    'from the gateway having a `POST /payments` until the payment is written, cold start included; what `Prefer: wait` waits is not in it',
  ),
  SlowAccept: counted('of these, over the second of the objective'),
  IdempotentReplay: counted('requests that got the first answer of their key again'),
  PaymentCaptured: counted('payments and captures whose money was taken'),
  PaymentAuthorized: counted('payments whose money is held'),
  PaymentFailed: counted('payments that failed, for whatever reason'),
  PaymentCanceled: counted('authorizations that were given back because the merchant said so'),
  PaymentExpired: counted('authorizations that were given back because their time was over'),
  PaymentRefunded: counted('refunds that were made'),
  TimeToSettleMs: lasted(
    'from the acceptance of a payment until it is captured, authorized or failed; its sample count is how many have settled',
  ),
  SettledLate: counted('of these, over the minute of the objective'),
  DisputeOpened: counted('disputes that a PSP told of'),
  PayoutPaid: counted('payouts that the bank made'),
  PayoutFailed: counted('payouts that failed'),
  SettlementPosted: counted('lines of settlement files that were posted'),
  ReconciliationBreak: counted('lines of settlement files that differ from the ledger'),
  LedgerDifference: counted('balances that differ from their transfers, found by the audit'),
  OutcomeUnknown: counted('operations at a PSP or a bank of which nobody knows what they did'),
  OutcomeParked: counted('unknown outcomes that wait for a person'),
  SagaResumed: counted('sagas that the sweeper began anew'),
  EventsPublished: counted('events that came from the store onto the bus'),
  EventsRepublished: counted('events that had not reached the payment list, published again'),
  ContradictingNotice: counted('notices of a PSP that our record excludes'),
  TransfersFolded: counted('transfers that were added to the balances'),
  ProjectionLagMs: {
    unit: 'Milliseconds',
    dimension: 'projection',
    says: 'from an event until its row in the read model',
  },
  BreakerOpened: counted('times that a PSP was not called any more for now'),
  ProviderThrottled: counted('calls that a PSP was spared, as too many were under way'),
  ReplayFenced: counted('replayed events for which a consumer that goes outside did nothing'),
  WebhookRejected: counted('webhooks without a valid signature'),
  WebhookDelivered: counted('webhooks that their endpoint took'),
  WebhookFailed: counted('webhooks that were given up'),
  WebhookEndpointDisabled: counted(
    'endpoints that were disabled, as they failed for days or said 410',
  ),
  RequestLimited: counted("requests that got 429 from a tenant's or the stage's limit"),
  LimitsUnavailable: counted('requests that were let in as the limits were out of reach'),
  CustomerErased: counted('customers whose personal data was erased'),
  DeadLettered: counted('messages that a consumer gave up'),
  PolicySetRefused: counted('live policies that a process could not use'),
} as const satisfies Readonly<Record<string, Metric>>;

type Catalogue = typeof metricCatalogue;
type Of<Unit, Dimension> = {
  [Name in keyof Catalogue]: Catalogue[Name] extends { unit: Unit }
    ? 'dimension' extends keyof Catalogue[Name]
      ? Dimension extends true
        ? Name
        : never
      : Name
    : never;
}[keyof Catalogue];

/** What is counted. */
export type MetricName = Of<'Count', false>;
/** What is measured in ms, by the service alone. */
export type DurationName = Of<'Milliseconds', false>;
