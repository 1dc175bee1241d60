import * as z from 'zod/mini';
import { paymentEventVersion } from '../../domain/event-versions.ts';
import {
  AcceptedRequest,
  Amount,
  AmountOrZero,
  Payment,
  PaymentId,
  type PaymentResource,
  Timestamp,
} from '../payment.ts';

/** What is done at a PSP, and so can have an outcome that is unknown. */
const operationsAtPsp = ['charge', 'reverse', 'capture', 'cancel', 'refund'] as const;
export type OperationAtPsp = (typeof operationsAtPsp)[number];

/**
 * The facts of each payment event: what its change was, enough to fold the state from. On the wire
 * and in the store `data` also holds `payment`, the payment as the event left it, so that a
 * consumer needs neither the events before it nor a call back.
 */
const facts = {
  /** `POST /payments` was taken: the payment exists, and is `processing`. */
  'payment.accepted': z.object({
    request: AcceptedRequest,
    /** SHA-256 of the request's canonical JSON, hex: tells a repeated request from a changed one. */
    request_hash: z.string(),
  }),
  /**
   * The ledger holds the amount: a pending transfer. `execution` is the saga execution that made
   * it, and from here on the only one that may act: a second one of the same payment stops.
   * `provider` is the PSP that the charge is routed to.
   */
  'payment.reserved': z.object({
    transfer_id: z.uuid(),
    amount: Amount,
    execution: z.string(),
    provider: z.string(),
  }),
  /**
   * An execution began anew, or took the payment over after `payment.resumed`: from here on it alone
   * may act. What was sent to the PSP before, if anything, may have left nothing on record.
   */
  'payment.execution_restarted': z.object({ execution: z.string() }),
  /**
   * The PSP said that it processed nothing of this try. On record because it is evidence: a try
   * that left nothing on record may have reached the PSP.
   */
  'payment.provider_busy': z.object({
    operation_id: z.uuid(),
    provider: z.string(),
    reason: z.string(),
  }),
  /** The charge is about to be sent again: what an earlier try hears late is no evidence any more. */
  'payment.charge_retried': z.object({
    operation_id: z.uuid(),
    provider: z.string(),
    retry: z.int().check(z.gte(1)),
  }),
  /**
   * The PSP processed nothing of the charge for sure, and another one is asked from here on: first by
   * this try.
   */
  'payment.rerouted': z.object({
    operation_id: z.uuid(),
    from: z.string(),
    to: z.string(),
    reason: z.string(),
    retry: z.int().check(z.gte(1)),
  }),
  /** The PSP holds the money; a capture takes it. */
  'payment.authorized': z.object({
    operation_id: z.uuid(),
    provider: z.string(),
    provider_reference: z.string(),
    amount: Amount,
    /** When what is not captured by then is given back. */
    expires: Timestamp,
  }),
  /**
   * The PSP took money: with the charge, or by a capture of its own. The hold is posted by so much,
   * and the fee with it; what is left of it is held anew, or released by a final capture.
   */
  'payment.captured': z.object({
    operation_id: z.uuid(),
    provider: z.string(),
    provider_reference: z.string(),
    amount: Amount,
    fee: AmountOrZero,
    final: z.boolean(),
  }),
  /** The PSP said no, for good. `code` is the PSP's, as the adapter's table maps it. */
  'payment.charge_declined': z.object({
    operation_id: z.uuid(),
    provider: z.string(),
    code: z.string(),
    message: z.string(),
  }),
  /** The PSP approved something else than was asked: it has to be reversed. */
  'payment.charge_mismatched': z.object({
    operation_id: z.uuid(),
    provider: z.string(),
    provider_reference: z.string(),
    amount: AmountOrZero,
    currency: z.string(),
    captured: z.boolean(),
  }),
  /** What became of the operation at the PSP is not known. The hold stays; nothing is retried. */
  'payment.outcome_unknown': z.object({
    operation_id: z.uuid(),
    operation: z.enum(operationsAtPsp),
    reason: z.string(),
  }),
  /**
   * The payment's saga did not end it, or what was unknown is known now: the saga begins anew, in an
   * execution that takes the payment over from the one before.
   */
  'payment.resumed': z.object({ reason: z.string() }),
  /** Nothing of ours can end it: it waits for a person, as it is. */
  'payment.parked': z.object({
    operation_id: z.uuid(),
    operation: z.enum(operationsAtPsp),
    reason: z.string(),
  }),
  /**
   * A person, or the PSP by having no record of it, said what became of an operation. Comes before
   * the change that it leads to. `provider_reference` is the PSP's own of a charge that took effect.
   */
  'payment.outcome_resolved': z.object({
    operation_id: z.uuid(),
    operation: z.enum(operationsAtPsp),
    outcome: z.enum(['took_effect', 'no_effect']),
    provider_reference: z.nullable(z.string()),
    by: z.string(),
    reason: z.string(),
  }),
  /** What the PSP had done was undone there: voided, or refunded if it was captured. */
  'payment.charge_reversed': z.object({
    operation_id: z.uuid(),
    provider: z.string(),
    provider_reference: z.string(),
    means: z.enum(['void', 'refund']),
  }),
  /** The pending transfer was voided. */
  'payment.reservation_released': z.object({ transfer_id: z.uuid() }),
  /** The end of a payment that did not happen, with the reason that the merchant sees. */
  'payment.failed': z.object({ code: z.string(), message: z.string() }),

  /** `POST /payments/{id}/capture` was taken. */
  'payment.capture_requested': z.object({
    operation_id: z.uuid(),
    amount: Amount,
    final: z.boolean(),
    request_hash: z.string(),
  }),
  /** `POST /payments/{id}/cancel` was taken, or the authorization's window is over. */
  'payment.cancel_requested': z.object({
    operation_id: z.uuid(),
    /** What is not captured. */
    amount: Amount,
    cause: z.enum(['requested', 'expired']),
    reason: z.nullable(z.string()),
    request_hash: z.string(),
  }),
  /** `POST /payments/{id}/refunds` was taken. */
  'payment.refund_requested': z.object({
    operation_id: z.uuid(),
    amount: Amount,
    reason: z.nullable(z.string()),
    request_hash: z.string(),
  }),
  /** An execution took the operation: from here on it alone may act for it. */
  'payment.operation_started': z.object({ operation_id: z.uuid(), execution: z.string() }),
  /**
   * That execution began anew, or another one took the operation over: what was sent to the PSP before
   * may have left nothing on record.
   */
  'payment.operation_restarted': z.object({ operation_id: z.uuid(), execution: z.string() }),
  /** The operation's saga begins anew, as `payment.resumed` says of the payment's own. */
  'payment.capture_resumed': z.object({ operation_id: z.uuid(), reason: z.string() }),
  'payment.cancel_resumed': z.object({ operation_id: z.uuid(), reason: z.string() }),
  'payment.refund_resumed': z.object({ operation_id: z.uuid(), reason: z.string() }),
  /** The PSP said no to the operation, for good. */
  'payment.operation_declined': z.object({
    operation_id: z.uuid(),
    provider: z.string(),
    code: z.string(),
    message: z.string(),
  }),
  /** The end of an operation that did not happen. The payment is where it was. */
  'payment.operation_failed': z.object({
    operation_id: z.uuid(),
    operation: z.enum(['capture', 'cancel', 'refund']),
    code: z.string(),
    message: z.string(),
  }),
  /** What was not captured is given back, at the PSP and in the ledger, at the merchant's request. */
  'payment.canceled': z.object({ operation_id: z.uuid(), provider: z.string(), amount: Amount }),
  /** The same, because the authorization's window was over. */
  'payment.expired': z.object({ operation_id: z.uuid(), provider: z.string(), amount: Amount }),
  /** The ledger has the refund in transit. `execution` is the one that may act for it. */
  'payment.refund_held': z.object({
    operation_id: z.uuid(),
    amount: Amount,
    execution: z.string(),
  }),
  /** The refund in transit went back to the merchant. */
  'payment.refund_returned': z.object({ operation_id: z.uuid(), amount: Amount }),
  /** The PSP gave the money back. */
  'payment.refunded': z.object({ operation_id: z.uuid(), provider: z.string(), amount: Amount }),

  /** The cardholder disputes the payment: the PSP has taken the amount back, and a fee with it. */
  'payment.dispute_opened': z.object({
    dispute_id: z.string(),
    provider: z.string(),
    amount: Amount,
    fee: AmountOrZero,
    reason: z.string(),
  }),
  /** The dispute was decided for the merchant: the amount comes back, the fee does not. */
  'payment.dispute_won': z.object({ dispute_id: z.string(), provider: z.string() }),
  /** The dispute was decided for the cardholder. */
  'payment.dispute_lost': z.object({ dispute_id: z.string(), provider: z.string() }),
};

export type PaymentEventType = keyof typeof facts;

/** The facts of an event type, as `{ type, facts }`: what a command decides and the fold applies. */
export type PaymentFact = {
  [T in PaymentEventType]: { readonly type: T; readonly facts: z.infer<(typeof facts)[T]> };
}[PaymentEventType];

export const paymentEventTypes = Object.keys(facts) as [PaymentEventType, ...PaymentEventType[]];

function envelope<T extends PaymentEventType>(type: T) {
  return z.object({
    /** UUIDv7: ordered by time of the change. */
    id: z.uuid(),
    type: z.literal(type),
    version: z.literal(paymentEventVersion),
    time: Timestamp,
    tenant: z.string(),
    /** The payment's id. */
    subject: PaymentId,
    /** The payment's version after this event: 1, 2, 3, ... */
    sequence: z.int().check(z.gte(1)),
    correlation_id: z.string(),
    /** The event or request that led to this one. */
    causation_id: z.string(),
    data: z.object({ ...facts[type].shape, payment: Payment }),
  });
}

/** One contract a payment event: its envelope with its data. */
export const paymentEvents = Object.fromEntries(
  paymentEventTypes.map((type) => [type, envelope(type)]),
) as { [T in PaymentEventType]: ReturnType<typeof envelope<T>> };

type Envelope = z.infer<ReturnType<typeof envelope<'payment.accepted'>>>;

/** A payment event, by its `type`. */
export type PaymentEvent = {
  [T in PaymentEventType]: Omit<Envelope, 'type' | 'data'> & {
    type: T;
    data: z.infer<(typeof facts)[T]> & { payment: PaymentResource };
  };
}[PaymentEventType];

/** Any payment event, parsed by its `type`. */
export const PaymentEventSchema = z.discriminatedUnion(
  'type',
  Object.values(paymentEvents) as unknown as [(typeof paymentEvents)['payment.accepted']],
) as unknown as z.ZodMiniType<PaymentEvent>;
