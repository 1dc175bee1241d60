// Made from docs/openapi.json: npm run docs.

/**
 * Minor units of the currency: 10000 is EUR 100.00.
 */
export type Amount = number;
/**
 * ISO 4217.
 */
export type CurrencyCode =
  | 'AED'
  | 'AFN'
  | 'ALL'
  | 'AMD'
  | 'AOA'
  | 'ARS'
  | 'AUD'
  | 'AWG'
  | 'AZN'
  | 'BAM'
  | 'BBD'
  | 'BDT'
  | 'BHD'
  | 'BIF'
  | 'BMD'
  | 'BND'
  | 'BOB'
  | 'BRL'
  | 'BSD'
  | 'BTN'
  | 'BWP'
  | 'BYN'
  | 'BZD'
  | 'CAD'
  | 'CDF'
  | 'CHF'
  | 'CLP'
  | 'CNY'
  | 'COP'
  | 'CRC'
  | 'CUP'
  | 'CVE'
  | 'CZK'
  | 'DJF'
  | 'DKK'
  | 'DOP'
  | 'DZD'
  | 'EGP'
  | 'ERN'
  | 'ETB'
  | 'EUR'
  | 'FJD'
  | 'FKP'
  | 'GBP'
  | 'GEL'
  | 'GHS'
  | 'GIP'
  | 'GMD'
  | 'GNF'
  | 'GTQ'
  | 'GYD'
  | 'HKD'
  | 'HNL'
  | 'HTG'
  | 'HUF'
  | 'IDR'
  | 'ILS'
  | 'INR'
  | 'IQD'
  | 'IRR'
  | 'ISK'
  | 'JMD'
  | 'JOD'
  | 'JPY'
  | 'KES'
  | 'KGS'
  | 'KHR'
  | 'KMF'
  | 'KPW'
  | 'KRW'
  | 'KWD'
  | 'KYD'
  | 'KZT'
  | 'LAK'
  | 'LBP'
  | 'LKR'
  | 'LRD'
  | 'LSL'
  | 'LYD'
  | 'MAD'
  | 'MDL'
  | 'MGA'
  | 'MKD'
  | 'MMK'
  | 'MNT'
  | 'MOP'
  | 'MRU'
  | 'MUR'
  | 'MVR'
  | 'MWK'
  | 'MXN'
  | 'MYR'
  | 'MZN'
  | 'NAD'
  | 'NGN'
  | 'NIO'
  | 'NOK'
  | 'NPR'
  | 'NZD'
  | 'OMR'
  | 'PAB'
  | 'PEN'
  | 'PGK'
  | 'PHP'
  | 'PKR'
  | 'PLN'
  | 'PYG'
  | 'QAR'
  | 'RON'
  | 'RSD'
  | 'RUB'
  | 'RWF'
  | 'SAR'
  | 'SBD'
  | 'SCR'
  | 'SDG'
  | 'SEK'
  | 'SGD'
  | 'SHP'
  | 'SLE'
  | 'SOS'
  | 'SRD'
  | 'SSP'
  | 'STN'
  | 'SVC'
  | 'SYP'
  | 'SZL'
  | 'THB'
  | 'TJS'
  | 'TMT'
  | 'TND'
  | 'TOP'
  | 'TRY'
  | 'TTD'
  | 'TWD'
  | 'TZS'
  | 'UAH'
  | 'UGX'
  | 'USD'
  | 'UYU'
  | 'UZS'
  | 'VED'
  | 'VES'
  | 'VND'
  | 'VUV'
  | 'WST'
  | 'XAF'
  | 'XCD'
  | 'XCG'
  | 'XOF'
  | 'XPF'
  | 'YER'
  | 'ZAR'
  | 'ZMW'
  | 'ZWG';
/**
 * RFC 3339, in UTC with milliseconds.
 */
export type Timestamp = string;
/**
 * An event of a payment, by its `type`.
 */
export type PaymentEvent =
  | PaymentAcceptedEvent
  | PaymentReservedEvent
  | PaymentExecutionRestartedEvent
  | PaymentProviderBusyEvent
  | PaymentChargeRetriedEvent
  | PaymentReroutedEvent
  | PaymentAuthorizedEvent
  | PaymentCapturedEvent
  | PaymentChargeDeclinedEvent
  | PaymentChargeMismatchedEvent
  | PaymentOutcomeUnknownEvent
  | PaymentResumedEvent
  | PaymentParkedEvent
  | PaymentOutcomeResolvedEvent
  | PaymentChargeReversedEvent
  | PaymentReservationReleasedEvent
  | PaymentFailedEvent
  | PaymentCaptureRequestedEvent
  | PaymentCancelRequestedEvent
  | PaymentRefundRequestedEvent
  | PaymentOperationStartedEvent
  | PaymentOperationRestartedEvent
  | PaymentCaptureResumedEvent
  | PaymentCancelResumedEvent
  | PaymentRefundResumedEvent
  | PaymentOperationDeclinedEvent
  | PaymentOperationFailedEvent
  | PaymentCanceledEvent
  | PaymentExpiredEvent
  | PaymentRefundHeldEvent
  | PaymentRefundReturnedEvent
  | PaymentRefundedEvent
  | PaymentDisputeOpenedEvent
  | PaymentDisputeWonEvent
  | PaymentDisputeLostEvent;
/**
 * An event of a payout, by its `type`.
 */
export type PayoutEvent =
  | PayoutRequestedEvent
  | PayoutReservedEvent
  | PayoutResumedEvent
  | PayoutTakenOverEvent
  | PayoutSendingEvent
  | PayoutBankBusyEvent
  | PayoutSentEvent
  | PayoutDeclinedEvent
  | PayoutOutcomeUnknownEvent
  | PayoutParkedEvent
  | PayoutOutcomeResolvedEvent
  | PayoutReturnedEvent
  | PayoutPaidEvent
  | PayoutFailedEvent;

export interface ApproveOperatorActRequest {
  act: 'parked.resolve' | 'dead_letter.redrive' | 'dead_letter.discard';
  subject: string;
  outcome?: ('took_effect' | 'no_effect') | null;
  provider_reference?: string | null;
  force?: boolean;
  reason: string;
}
export interface ApproveRefundRequest {
  amount: Amount;
  reason: string;
}
export interface BalanceReport {
  object: 'balance_report';
  currency: CurrencyCode;
  from: string;
  to: string;
  as_of: Timestamp | null;
  data: DailyBalances[];
}
export interface DailyBalances {
  object: 'daily_balances';
  day: string;
  merchant_payable: {
    posted: number;
    pending: number;
  };
  merchant_available: {
    posted: number;
    pending: number;
  };
  merchant_debt: {
    posted: number;
    pending: number;
  };
  refunds_in_transit: {
    posted: number;
    pending: number;
  };
  payout_in_transit: {
    posted: number;
    pending: number;
  };
}
export interface CancelPaymentRequest {
  reason?: string | null;
}
export interface Cancellation {
  id: string;
  object: 'cancellation';
  payment_id: string;
  status: 'processing' | 'succeeded' | 'failed';
  amount: Amount;
  currency: CurrencyCode;
  failure: Failure | null;
  created: Timestamp;
  cause: 'requested' | 'expired';
  reason: string | null;
}
/**
 * Why it did not happen.
 */
export interface Failure {
  code: string;
  message: string;
}
export interface CancellationList {
  object: 'list';
  data: Cancellation[];
  next_cursor: string | null;
}
export interface Capture {
  id: string;
  object: 'capture';
  payment_id: string;
  status: 'processing' | 'succeeded' | 'failed';
  amount: Amount;
  currency: CurrencyCode;
  failure: Failure | null;
  created: Timestamp;
  final: boolean;
}
export interface CaptureList {
  object: 'list';
  data: Capture[];
  next_cursor: string | null;
}
export interface CapturePaymentRequest {
  amount?: Amount | null;
  final?: boolean;
}
export interface Conversion {
  id: string;
  object: 'conversion';
  sold: {
    amount: Amount;
    currency: CurrencyCode;
  };
  bought: {
    amount: Amount;
    currency: CurrencyCode;
  };
  rate: string;
  rates_date: string;
  created: Timestamp;
}
export interface CreateConversionRequest {
  amount: Amount;
  from: CurrencyCode;
  to: CurrencyCode;
}
export interface CreatePaymentRequest {
  amount: Amount;
  currency: CurrencyCode;
  payment_method: string;
  capture_method?: 'automatic' | 'manual';
  merchant_reference?: string | null;
  customer?: {
    id: string;
    name?: string | null;
    email?: string | null;
  } | null;
  metadata?: Metadata;
}
/**
 * Texts of the merchant’s own: up to 20.
 */
export interface Metadata {
  [k: string]: string;
}
export interface CreatePayoutRequest {
  amount: Amount;
  currency: CurrencyCode;
  destination: string;
  metadata?: Metadata;
}
export interface CreateWebhookEndpointRequest {
  url: string;
  /**
   * @minItems 1
   * @maxItems 51
   */
  events?: string[];
  description?: string | null;
}
export interface Customer {
  object: 'customer';
  id: string;
  name: string | null;
  email: string | null;
  erased: boolean;
  payment_id: string;
}
export interface CustomerErasure {
  object: 'customer_erasure';
  id: string;
  erased_at: Timestamp;
}
export interface DailyTotals {
  object: 'daily_totals';
  day: string;
  currency: CurrencyCode;
  accepted: {
    count: number;
    amount: number;
  };
  authorized: {
    count: number;
    amount: number;
  };
  captured: {
    count: number;
    amount: number;
  };
  fees: {
    count: number;
    amount: number;
  };
  refunded: {
    count: number;
    amount: number;
  };
  failed: {
    count: number;
    amount: number;
  };
  canceled: {
    count: number;
    amount: number;
  };
  expired: {
    count: number;
    amount: number;
  };
  disputes_opened: {
    count: number;
    amount: number;
  };
  dispute_fees: {
    count: number;
    amount: number;
  };
  disputes_won: {
    count: number;
  };
  disputes_lost: {
    count: number;
  };
}
export interface DailyTotalsList {
  object: 'list';
  data: DailyTotals[];
  next_cursor: string | null;
}
export interface DeadLetter {
  object: 'dead_letter';
  id: string;
  queue: string;
  when: Timestamp;
  what: string;
  about: {
    kind: 'payment' | 'payout' | 'conversion';
    id: string;
  }[];
  at_risk: {
    amount: number;
    currency: CurrencyCode;
  }[];
  at_risk_known: boolean;
  reason: string;
  verdict: {
    kind:
      | 'repeatable'
      | 'fails_again'
      | 'contradicts'
      | 'not_on_record'
      | 'trimmed'
      | 'next_run'
      | 'unknown';
    redo: 'safe' | 'unsafe' | 'impossible';
    why: string;
    advice: string;
  };
}
export interface DeadLetterDetail {
  object: 'dead_letter';
  id: string;
  queue: string;
  when: Timestamp;
  what: string;
  about: {
    kind: 'payment' | 'payout' | 'conversion';
    id: string;
  }[];
  at_risk: {
    amount: number;
    currency: CurrencyCode;
  }[];
  at_risk_known: boolean;
  reason: string;
  verdict: {
    kind:
      | 'repeatable'
      | 'fails_again'
      | 'contradicts'
      | 'not_on_record'
      | 'trimmed'
      | 'next_run'
      | 'unknown';
    redo: 'safe' | 'unsafe' | 'impossible';
    why: string;
    advice: string;
  };
  attributes: {
    [k: string]: string;
  };
  content: unknown;
  present: {
    kind: 'payment' | 'payout' | 'conversion';
    id: string;
    status: string | null;
    version: number | null;
    since: {
      type: string;
      time: Timestamp;
    }[];
  }[];
}
export interface DeadLetterDiscard {
  object: 'dead_letter_discard';
  id: string;
  discarded: boolean;
}
export interface DeadLetterRedrive {
  object: 'dead_letter_redrive';
  letter: DeadLetter;
  outcome: {
    kind: 'would' | 'redriven' | 'stays' | 'refused' | 'failed';
    passed?: number;
    letters?: {
      id: string;
      records: number;
      reason: string;
    }[];
    error?: string;
  };
}
export interface DeadLetterReport {
  object: 'dead_letter_report';
  queues: {
    name: string;
    kind: 'stream' | 'rule' | 'consumer' | 'queue' | 'schedule';
    function: string | null;
    letters: DeadLetter[];
    more: boolean;
    taken_by_others: number;
  }[];
}
export interface DiscardDeadLetterRequest {
  reason: string;
  approval_id?: string;
}
export interface Dispute {
  id: string;
  object: 'dispute';
  payment_id: string;
  status: 'opened' | 'won' | 'lost';
  amount: Amount;
  fee: number;
  currency: CurrencyCode;
  reason: string;
  created: Timestamp;
}
export interface DisputeList {
  object: 'list';
  data: Dispute[];
  next_cursor: string | null;
}
export interface EraseCustomerRequest {
  reason: string;
}
export interface GetHealthAnswer {
  status: 'ok';
  stage: string;
}
export interface LedgerAccount {
  id: string;
  object: 'ledger_account';
  code:
    | 'psp_receivable'
    | 'merchant_payable'
    | 'fee_revenue'
    | 'refunds_in_transit'
    | 'bank'
    | 'psp_fees'
    | 'merchant_available'
    | 'payout_in_transit'
    | 'fx_clearing'
    | 'merchant_debt';
  currency: CurrencyCode;
  normal_side: 'debit' | 'credit';
  debits_pending: number;
  debits_posted: number;
  credits_pending: number;
  credits_posted: number;
  balance: number;
  limit: ('debits_must_not_exceed_credits' | 'credits_must_not_exceed_debits') | null;
  available: number | null;
  as_of: Timestamp;
}
export interface LedgerAccountList {
  object: 'list';
  data: LedgerAccount[];
  next_cursor: string | null;
}
export interface LedgerEntry {
  object: 'ledger_entry';
  transfer_id: string;
  account: string;
  counter_account: string;
  direction: 'debit' | 'credit';
  kind: 'pending' | 'posted' | 'post_pending' | 'void_pending';
  posting: string;
  amount: Amount;
  currency: CurrencyCode;
  pending_id: string | null;
  payment_id: string | null;
  operation_id: string | null;
  time: Timestamp;
}
export interface LedgerEntryList {
  object: 'list';
  data: LedgerEntry[];
  next_cursor: string | null;
}
export interface LedgerStatement {
  object: 'ledger_statement';
  account: string;
  currency: CurrencyCode;
  from: string;
  to: string;
  opening: {
    posted: number;
    pending: number;
  };
  closing: {
    posted: number;
    pending: number;
  };
  as_of: Timestamp;
  data: LedgerStatementEntry[];
  next_cursor: string | null;
}
export interface LedgerStatementEntry {
  object: 'ledger_entry';
  transfer_id: string;
  account: string;
  counter_account: string;
  direction: 'debit' | 'credit';
  kind: 'pending' | 'posted' | 'post_pending' | 'void_pending';
  posting: string;
  amount: Amount;
  currency: CurrencyCode;
  pending_id: string | null;
  payment_id: string | null;
  operation_id: string | null;
  time: Timestamp;
  balance: number;
  pending: number;
}
export interface OperatorApproval {
  id: string;
  object: 'operator_approval';
  act: 'parked.resolve' | 'dead_letter.redrive' | 'dead_letter.discard';
  subject: string;
  outcome: ('took_effect' | 'no_effect') | null;
  provider_reference: string | null;
  force: boolean;
  reason: string;
  approved_by: string;
  created: Timestamp;
  expires: Timestamp;
}
export interface Overview {
  object: 'overview';
  time: Timestamp;
  tenants: string[] | null;
  window: {
    minutes: 60;
    since: Timestamp;
    examined: number;
    truncated: boolean;
  } | null;
  payments: {
    accepted: number;
    captured: number;
    authorized: number;
    processing: number;
    failed: number;
    canceled: number;
  } | null;
  per_minute:
    | {
        minute: Timestamp;
        accepted: number;
        settled: number;
        failed: number;
      }[]
    | null;
  time_to_settle_ms: {
    p50: number | null;
    p90: number | null;
    p99: number | null;
    samples: number;
  } | null;
  failures:
    | {
        code: string;
        count: number;
      }[]
    | null;
  parked: {
    count: number;
    at_risk: {
      amount: number;
      currency: CurrencyCode;
    }[];
    oldest: Timestamp | null;
    more: boolean;
  } | null;
  dead_letters: {
    count: number;
    queues: {
      name: string;
      count: number;
    }[];
  } | null;
  providers:
    | {
        name: string;
        state: 'closed' | 'open' | 'half_open';
        since: Timestamp | null;
        until: Timestamp | null;
      }[]
    | null;
}
export interface Parked {
  object: 'parked';
  payment_id: string | null;
  payout_id: string | null;
  tenant: string;
  operation: 'charge' | 'reverse' | 'capture' | 'cancel' | 'refund' | 'payout';
  operation_id: string;
  amount: Amount;
  currency: CurrencyCode;
  unknown: boolean;
  since: Timestamp;
  reason: string;
  actions: ('took_effect' | 'no_effect' | 'ask' | 'resume')[];
  resolution: {
    outcome: 'took_effect' | 'no_effect' | 'resumed';
    provider_reference: string | null;
    by: string | null;
    reason: string | null;
    time: Timestamp;
  } | null;
  answer: string | null;
}
export interface ParkedList {
  object: 'list';
  data: Parked[];
  next_cursor: string | null;
}
export interface Payment {
  id: string;
  object: 'payment';
  status:
    | 'processing'
    | 'requires_action'
    | 'authorized'
    | 'partially_captured'
    | 'captured'
    | 'canceled'
    | 'expired'
    | 'failed';
  amount: Amount;
  currency: CurrencyCode;
  amount_authorized: number;
  amount_captured: number;
  amount_refunded: number;
  capture_method: 'automatic' | 'manual';
  payment_method: string;
  merchant_reference: string | null;
  customer: string | null;
  metadata: Metadata;
  failure: Failure | null;
  created: Timestamp;
  version: number;
}
export interface PaymentAcceptedEvent {
  id: string;
  type: 'payment.accepted';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    request: {
      amount: Amount;
      currency: CurrencyCode;
      payment_method: string;
      capture_method: 'automatic' | 'manual';
      merchant_reference: string | null;
      customer: {
        id: string;
        personal_data: {
          key_id: string;
          digest: string;
          box: string;
        } | null;
      } | null;
      metadata: Metadata;
    };
    request_hash: string;
    payment: Payment;
  };
}
export interface PaymentAuthorizedEvent {
  id: string;
  type: 'payment.authorized';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    provider: string;
    provider_reference: string;
    amount: Amount;
    expires: Timestamp;
    payment: Payment;
  };
}
export interface PaymentCancelRequestedEvent {
  id: string;
  type: 'payment.cancel_requested';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    amount: Amount;
    cause: 'requested' | 'expired';
    reason: string | null;
    request_hash: string;
    payment: Payment;
  };
}
export interface PaymentCancelResumedEvent {
  id: string;
  type: 'payment.cancel_resumed';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    reason: string;
    payment: Payment;
  };
}
export interface PaymentCanceledEvent {
  id: string;
  type: 'payment.canceled';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    provider: string;
    amount: Amount;
    payment: Payment;
  };
}
export interface PaymentCaptureRequestedEvent {
  id: string;
  type: 'payment.capture_requested';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    amount: Amount;
    final: boolean;
    request_hash: string;
    payment: Payment;
  };
}
export interface PaymentCaptureResumedEvent {
  id: string;
  type: 'payment.capture_resumed';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    reason: string;
    payment: Payment;
  };
}
export interface PaymentCapturedEvent {
  id: string;
  type: 'payment.captured';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    provider: string;
    provider_reference: string;
    amount: Amount;
    fee: number;
    final: boolean;
    payment: Payment;
  };
}
export interface PaymentChargeDeclinedEvent {
  id: string;
  type: 'payment.charge_declined';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    provider: string;
    code: string;
    message: string;
    payment: Payment;
  };
}
export interface PaymentChargeMismatchedEvent {
  id: string;
  type: 'payment.charge_mismatched';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    provider: string;
    provider_reference: string;
    amount: number;
    currency: string;
    captured: boolean;
    payment: Payment;
  };
}
export interface PaymentChargeRetriedEvent {
  id: string;
  type: 'payment.charge_retried';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    provider: string;
    retry: number;
    payment: Payment;
  };
}
export interface PaymentChargeReversedEvent {
  id: string;
  type: 'payment.charge_reversed';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    provider: string;
    provider_reference: string;
    means: 'void' | 'refund';
    payment: Payment;
  };
}
export interface PaymentDisputeLostEvent {
  id: string;
  type: 'payment.dispute_lost';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    dispute_id: string;
    provider: string;
    payment: Payment;
  };
}
export interface PaymentDisputeOpenedEvent {
  id: string;
  type: 'payment.dispute_opened';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    dispute_id: string;
    provider: string;
    amount: Amount;
    fee: number;
    reason: string;
    payment: Payment;
  };
}
export interface PaymentDisputeWonEvent {
  id: string;
  type: 'payment.dispute_won';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    dispute_id: string;
    provider: string;
    payment: Payment;
  };
}
export interface PaymentReservedEvent {
  id: string;
  type: 'payment.reserved';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    transfer_id: string;
    amount: Amount;
    execution: string;
    provider: string;
    payment: Payment;
  };
}
export interface PaymentExecutionRestartedEvent {
  id: string;
  type: 'payment.execution_restarted';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    execution: string;
    payment: Payment;
  };
}
export interface PaymentProviderBusyEvent {
  id: string;
  type: 'payment.provider_busy';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    provider: string;
    reason: string;
    payment: Payment;
  };
}
export interface PaymentReroutedEvent {
  id: string;
  type: 'payment.rerouted';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    from: string;
    to: string;
    reason: string;
    retry: number;
    payment: Payment;
  };
}
export interface PaymentOutcomeUnknownEvent {
  id: string;
  type: 'payment.outcome_unknown';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    operation: 'charge' | 'reverse' | 'capture' | 'cancel' | 'refund';
    reason: string;
    payment: Payment;
  };
}
export interface PaymentResumedEvent {
  id: string;
  type: 'payment.resumed';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    reason: string;
    payment: Payment;
  };
}
export interface PaymentParkedEvent {
  id: string;
  type: 'payment.parked';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    operation: 'charge' | 'reverse' | 'capture' | 'cancel' | 'refund';
    reason: string;
    payment: Payment;
  };
}
export interface PaymentOutcomeResolvedEvent {
  id: string;
  type: 'payment.outcome_resolved';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    operation: 'charge' | 'reverse' | 'capture' | 'cancel' | 'refund';
    outcome: 'took_effect' | 'no_effect';
    provider_reference: string | null;
    by: string;
    reason: string;
    payment: Payment;
  };
}
export interface PaymentReservationReleasedEvent {
  id: string;
  type: 'payment.reservation_released';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    transfer_id: string;
    payment: Payment;
  };
}
export interface PaymentFailedEvent {
  id: string;
  type: 'payment.failed';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    code: string;
    message: string;
    payment: Payment;
  };
}
export interface PaymentRefundRequestedEvent {
  id: string;
  type: 'payment.refund_requested';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    amount: Amount;
    reason: string | null;
    request_hash: string;
    payment: Payment;
  };
}
export interface PaymentOperationStartedEvent {
  id: string;
  type: 'payment.operation_started';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    execution: string;
    payment: Payment;
  };
}
export interface PaymentOperationRestartedEvent {
  id: string;
  type: 'payment.operation_restarted';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    execution: string;
    payment: Payment;
  };
}
export interface PaymentRefundResumedEvent {
  id: string;
  type: 'payment.refund_resumed';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    reason: string;
    payment: Payment;
  };
}
export interface PaymentOperationDeclinedEvent {
  id: string;
  type: 'payment.operation_declined';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    provider: string;
    code: string;
    message: string;
    payment: Payment;
  };
}
export interface PaymentOperationFailedEvent {
  id: string;
  type: 'payment.operation_failed';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    operation: 'capture' | 'cancel' | 'refund';
    code: string;
    message: string;
    payment: Payment;
  };
}
export interface PaymentExpiredEvent {
  id: string;
  type: 'payment.expired';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    provider: string;
    amount: Amount;
    payment: Payment;
  };
}
export interface PaymentRefundHeldEvent {
  id: string;
  type: 'payment.refund_held';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    amount: Amount;
    execution: string;
    payment: Payment;
  };
}
export interface PaymentRefundReturnedEvent {
  id: string;
  type: 'payment.refund_returned';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    amount: Amount;
    payment: Payment;
  };
}
export interface PaymentRefundedEvent {
  id: string;
  type: 'payment.refunded';
  version: 2;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    operation_id: string;
    provider: string;
    amount: Amount;
    payment: Payment;
  };
}
export interface PaymentEventList {
  object: 'list';
  data: PaymentEvent[];
  next_cursor: string | null;
}
export interface PaymentList {
  object: 'list';
  data: Payment[];
  next_cursor: string | null;
}
export interface Payout {
  id: string;
  object: 'payout';
  status: 'processing' | 'in_transit' | 'paid' | 'failed';
  amount: Amount;
  currency: CurrencyCode;
  destination: string;
  metadata: Metadata;
  failure: Failure | null;
  created: Timestamp;
  version: number;
}
export interface PayoutBankBusyEvent {
  id: string;
  type: 'payout.bank_busy';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    provider: string;
    reason: string;
    payout: Payout;
  };
}
export interface PayoutDeclinedEvent {
  id: string;
  type: 'payout.declined';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    provider: string;
    code: string;
    message: string;
    payout: Payout;
  };
}
export interface PayoutRequestedEvent {
  id: string;
  type: 'payout.requested';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    request: {
      amount: Amount;
      currency: CurrencyCode;
      destination: string;
      metadata: Metadata;
    };
    request_hash: string;
    payout: Payout;
  };
}
export interface PayoutReservedEvent {
  id: string;
  type: 'payout.reserved';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    amount: Amount;
    execution: string;
    payout: Payout;
  };
}
export interface PayoutResumedEvent {
  id: string;
  type: 'payout.resumed';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    reason: string;
    payout: Payout;
  };
}
export interface PayoutTakenOverEvent {
  id: string;
  type: 'payout.taken_over';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    execution: string;
    payout: Payout;
  };
}
export interface PayoutSendingEvent {
  id: string;
  type: 'payout.sending';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    provider: string;
    payout: Payout;
  };
}
export interface PayoutSentEvent {
  id: string;
  type: 'payout.sent';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    provider: string;
    bank_reference: string;
    payout: Payout;
  };
}
export interface PayoutOutcomeUnknownEvent {
  id: string;
  type: 'payout.outcome_unknown';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    reason: string;
    payout: Payout;
  };
}
export interface PayoutParkedEvent {
  id: string;
  type: 'payout.parked';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    reason: string;
    payout: Payout;
  };
}
export interface PayoutOutcomeResolvedEvent {
  id: string;
  type: 'payout.outcome_resolved';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    outcome: 'took_effect' | 'no_effect';
    bank_reference: string | null;
    by: string;
    reason: string;
    payout: Payout;
  };
}
export interface PayoutReturnedEvent {
  id: string;
  type: 'payout.returned';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    amount: Amount;
    payout: Payout;
  };
}
export interface PayoutPaidEvent {
  id: string;
  type: 'payout.paid';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    provider: string;
    bank_reference: string;
    payout: Payout;
  };
}
export interface PayoutFailedEvent {
  id: string;
  type: 'payout.failed';
  version: 1;
  time: Timestamp;
  tenant: string;
  subject: string;
  sequence: number;
  correlation_id: string;
  causation_id: string;
  data: {
    code: string;
    message: string;
    came_back: {
      provider: string;
      bank_reference: string;
    } | null;
    payout: Payout;
  };
}
export interface PayoutEventList {
  object: 'list';
  data: PayoutEvent[];
  next_cursor: string | null;
}
export interface PayoutList {
  object: 'list';
  data: Payout[];
  next_cursor: string | null;
}
export interface ReconciliationBreak {
  id: string;
  object: 'reconciliation_break';
  kind:
    | 'missing_line'
    | 'extra_line'
    | 'wrong_amount'
    | 'wrong_currency'
    | 'duplicate_line'
    | 'unreadable_line';
  status: 'open' | 'resolved';
  provider: string;
  file: string;
  line: number | null;
  line_id: string | null;
  type: ('capture' | 'refund' | 'chargeback' | 'chargeback_reversal') | null;
  payment_id: string | null;
  operation_id: string | null;
  ours: {
    amount: number;
    currency: CurrencyCode;
  } | null;
  theirs: {
    amount: number;
    currency: CurrencyCode;
  } | null;
  tenant: string;
  created: Timestamp;
  resolution: {
    reason: string;
    by: string;
    time: Timestamp;
  } | null;
}
export interface ReconciliationBreakList {
  object: 'list';
  data: ReconciliationBreak[];
  next_cursor: string | null;
}
export interface ReconciliationRun {
  id: string;
  object: 'reconciliation_run';
  provider: string;
  file: string;
  status: 'running' | 'finished';
  cut_off: Timestamp | null;
  started: Timestamp;
  ended: Timestamp | null;
  lines: number;
  matched: number;
  breaks: {
    missing_line: number;
    extra_line: number;
    wrong_amount: number;
    wrong_currency: number;
    duplicate_line: number;
    unreadable_line: number;
  };
  posted: {
    currency: CurrencyCode;
    settled: number;
    psp_fee: number;
    settled_back: number;
    made_available: number;
    taken_back: number;
    owed: number;
    debt_paid: number;
  }[];
}
export interface ReconciliationRunList {
  object: 'list';
  data: ReconciliationRun[];
  next_cursor: string | null;
}
export interface RedriveDeadLetterRequest {
  dry_run: boolean;
  force?: boolean;
  reason: string;
  approval_id?: string;
}
export interface Refund {
  id: string;
  object: 'refund';
  payment_id: string;
  status: 'processing' | 'succeeded' | 'failed';
  amount: Amount;
  currency: CurrencyCode;
  failure: Failure | null;
  created: Timestamp;
  reason: string | null;
}
export interface RefundApproval {
  id: string;
  object: 'refund_approval';
  payment_id: string;
  amount: Amount;
  currency: CurrencyCode;
  reason: string;
  approved_by: string;
  created: Timestamp;
  expires: Timestamp;
}
export interface RefundList {
  object: 'list';
  data: Refund[];
  next_cursor: string | null;
}
export interface RefundPaymentRequest {
  amount?: Amount | null;
  reason?: string | null;
  approval_id?: string;
}
export interface ResolveBreakRequest {
  reason: string;
}
export interface ResolveParkedRequest {
  operation_id: string;
  outcome: 'took_effect' | 'no_effect' | 'ask' | 'resume';
  provider_reference?: string | null;
  reason: string;
  approval_id?: string;
}
export interface RotateWebhookSecretRequest {
  overlap_seconds?: number;
}
export interface TakeProviderWebhookAnswer {
  received: true;
}
export interface TrialBalance {
  currencies: {
    currency: CurrencyCode;
    debits_pending: number;
    credits_pending: number;
    debits_posted: number;
    credits_posted: number;
    difference: number;
    as_of: Timestamp;
  }[];
}
export interface UpdateWebhookEndpointRequest {
  url?: string;
  /**
   * @minItems 1
   * @maxItems 51
   */
  events?: string[];
  description?: string | null;
  status?: 'enabled' | 'disabled';
}
export interface WebhookDelivery {
  id: string;
  object: 'webhook_delivery';
  endpoint_id: string;
  event: {
    id: string;
    type: string;
    subject: string;
    sequence: number;
  };
  status: 'pending' | 'delivered' | 'failed' | 'abandoned';
  attempts: {
    number: number;
    time: Timestamp;
    status: number | null;
    reason: string | null;
    duration_ms: number | null;
  }[];
  next_attempt: Timestamp | null;
  created: Timestamp;
}
export interface WebhookDeliveryList {
  object: 'list';
  data: WebhookDelivery[];
  next_cursor: string | null;
}
export interface WebhookEndpoint {
  id: string;
  object: 'webhook_endpoint';
  url: string;
  description: string | null;
  events: string[];
  status: 'enabled' | 'disabled';
  disabled_reason: ('gone' | 'failing' | 'requested') | null;
  failing_since: Timestamp | null;
  secrets: {
    created: Timestamp;
    expires: Timestamp | null;
  }[];
  created: Timestamp;
  version: number;
}
export interface WebhookEndpointList {
  object: 'list';
  data: WebhookEndpoint[];
  next_cursor: string | null;
}
export interface WebhookEndpointWithSecret {
  id: string;
  object: 'webhook_endpoint';
  url: string;
  description: string | null;
  events: string[];
  status: 'enabled' | 'disabled';
  disabled_reason: ('gone' | 'failing' | 'requested') | null;
  failing_since: Timestamp | null;
  secrets: {
    created: Timestamp;
    expires: Timestamp | null;
  }[];
  created: Timestamp;
  version: number;
  secret: string;
}
export interface ListPaymentsQuery {
  limit?: number;
  cursor?: string;
  status?:
    | 'processing'
    | 'requires_action'
    | 'authorized'
    | 'partially_captured'
    | 'captured'
    | 'canceled'
    | 'expired'
    | 'failed';
  merchant_reference?: string;
  customer?: string;
  currency?: CurrencyCode;
  amount_min?: number;
  amount_max?: number;
  created_from?: string;
  created_to?: string;
  min_version?: string;
}
export interface GetPaymentQuery {
  at_version?: number;
  min_version?: number;
}
export interface ListPaymentEventsQuery {
  limit?: number;
  cursor?: string;
}
export interface ListPayoutsQuery {
  limit?: number;
  cursor?: string;
}
export interface GetPayoutQuery {
  at_version?: number;
  min_version?: number;
}
export interface ListPayoutEventsQuery {
  limit?: number;
  cursor?: string;
}
export interface ListLedgerEntriesQuery {
  limit?: number;
  cursor?: string;
}
export interface GetLedgerStatementQuery {
  from?: string;
  to?: string;
  limit?: number;
  cursor?: string;
}
export interface ListBreaksQuery {
  limit?: number;
  cursor?: string;
  status?: 'open' | 'resolved';
}
export interface ListRunsQuery {
  limit?: number;
  cursor?: string;
}
export interface ListDailyTotalsQuery {
  from?: string;
  to?: string;
  currency?: CurrencyCode;
  limit?: number;
  cursor?: string;
}
export interface GetBalanceReportQuery {
  currency: CurrencyCode;
  from?: string;
  to?: string;
}
export interface GetOverviewQuery {
  tenant?: string;
}
export interface ListParkedQuery {
  limit?: number;
  cursor?: string;
}
export interface ListDeadLettersQuery {
  queue?: string;
}
export interface ListWebhookDeliveriesQuery {
  limit?: number;
  cursor?: string;
  status?: 'pending' | 'delivered' | 'failed' | 'abandoned';
}
