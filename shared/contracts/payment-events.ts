import * as z from 'zod/mini';
import {
  Amount,
  AmountOrZero,
  CreatePayment,
  Payment,
  PaymentId,
  type PaymentResource,
  Timestamp,
} from './payment.ts';

/**
 * The facts of each payment event: what its change was, enough to fold the state from. On the wire
 * and in the store `data` also holds `payment`, the payment as the event left it, so that a
 * consumer needs neither the events before it nor a call back.
 */
const facts = {
  /** `POST /payments` was taken: the payment exists, and is `processing`. */
  'payment.accepted': z.object({
    request: CreatePayment,
    /** SHA-256 of the request's canonical JSON, hex: tells a repeated request from a changed one. */
    request_hash: z.string(),
  }),
  /**
   * The ledger holds the amount: a pending transfer. `execution` is the saga execution that made
   * it, and from here on the only one that may act: a second one of the same payment stops.
   */
  'payment.reserved': z.object({ transfer_id: z.uuid(), amount: Amount, execution: z.string() }),
  /**
   * The execution began anew: Step Functions may restart an EXPRESS one that it lost. What its
   * first run sent to the PSP, if anything, may have left nothing on record.
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
  /** The PSP holds the money; a capture takes it. */
  'payment.authorized': z.object({
    operation_id: z.uuid(),
    provider: z.string(),
    provider_reference: z.string(),
    amount: Amount,
  }),
  /** The PSP took the money: the pending transfer is posted, and the fee with it. */
  'payment.captured': z.object({
    operation_id: z.uuid(),
    provider: z.string(),
    provider_reference: z.string(),
    amount: Amount,
    fee: AmountOrZero,
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
    operation: z.enum(['charge', 'reverse']),
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
};

export type PaymentEventType = keyof typeof facts;

/** The facts of an event type, as `{ type, facts }`: what a command decides and the fold applies. */
export type PaymentFact = {
  [T in PaymentEventType]: { readonly type: T; readonly facts: z.infer<(typeof facts)[T]> };
}[PaymentEventType];

export const paymentEventTypes = Object.keys(facts) as [PaymentEventType, ...PaymentEventType[]];

/** The bus source of these events. */
export const paymentEventSource = 'paysaga.payments';

/** The version of an event's `data` shape that is written now. */
export const paymentEventVersion = 1;

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
