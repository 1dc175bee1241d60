import * as z from 'zod/mini';
import { payoutEventVersion } from '../../domain/event-versions.ts';
import { Amount, Timestamp } from '../payment.ts';
import { CreatePayout, Payout, PayoutId, type PayoutResource } from '../payouts/payouts.ts';

/** The bank's own of the order that is a payout; the bank knows it by the payout's id, too. */
const order = { provider: z.string(), bank_reference: z.string() };

/**
 * The facts of each payout event: what its change was, enough to fold the state from. On the wire
 * and in the store `data` also holds `payout`, the payout as the event left it.
 */
const facts = {
  /** `POST /payouts` was taken: the payout exists, and is `processing`. */
  'payout.requested': z.object({
    request: CreatePayout,
    /** SHA-256 of the request's canonical JSON, hex: tells a repeated request from a changed one. */
    request_hash: z.string(),
  }),
  /**
   * The amount was available and is in transit in the ledger. `execution` is the saga execution that
   * made it so, and from here on the only one that may act: a second one of the same payout stops.
   */
  'payout.reserved': z.object({ amount: Amount, execution: z.string() }),
  /**
   * The payout's saga did not end it, or what was unknown is known now: the saga begins anew, in an
   * execution that takes the payout over from the one before.
   */
  'payout.resumed': z.object({ reason: z.string() }),
  /** An execution took the payout over after `payout.resumed`: from here on it alone may act. */
  'payout.taken_over': z.object({ execution: z.string() }),
  /**
   * An order is about to go to the bank. On record before it does, so that there is no order of
   * which nothing is known: a try without an answer after it may have reached the bank.
   */
  'payout.sending': z.object({ provider: z.string() }),
  /** The bank said that it processed nothing of the one try that had no answer. */
  'payout.bank_busy': z.object({ provider: z.string(), reason: z.string() }),
  /** The bank took the order: the payout is `in_transit`. */
  'payout.sent': z.object(order),
  /** The bank said no to the order, for good. */
  'payout.declined': z.object({ provider: z.string(), code: z.string(), message: z.string() }),
  /** Whether the bank has the order is not known. The amount stays in transit; nothing is retried. */
  'payout.outcome_unknown': z.object({ reason: z.string() }),
  /** Nothing of ours can end it: it waits for a person, as it is. */
  'payout.parked': z.object({ reason: z.string() }),
  /**
   * A person said what became of an order that is unknown. Comes before the change that it leads to.
   * `bank_reference` is the bank's own of an order that took effect.
   */
  'payout.outcome_resolved': z.object({
    outcome: z.enum(['took_effect', 'no_effect']),
    bank_reference: z.nullable(z.string()),
    by: z.string(),
    reason: z.string(),
  }),
  /** The amount in transit, of which no order went out, is available again. */
  'payout.returned': z.object({ amount: Amount }),
  /** The money arrived, says the bank. */
  'payout.paid': z.object(order),
  /**
   * The end of a payout that did not happen, with the reason that the merchant sees. `came_back` is
   * the order when the bank had it: the amount is available again with this event.
   */
  'payout.failed': z.object({
    code: z.string(),
    message: z.string(),
    came_back: z.nullable(z.object(order)),
  }),
};

export type PayoutEventType = keyof typeof facts;

/** The facts of an event type, as `{ type, facts }`: what a command decides and the fold applies. */
export type PayoutFact = {
  [T in PayoutEventType]: { readonly type: T; readonly facts: z.infer<(typeof facts)[T]> };
}[PayoutEventType];

export const payoutEventTypes = Object.keys(facts) as [PayoutEventType, ...PayoutEventType[]];

function envelope<T extends PayoutEventType>(type: T) {
  return z.object({
    /** UUIDv7: ordered by time of the change. */
    id: z.uuid(),
    type: z.literal(type),
    version: z.literal(payoutEventVersion),
    time: Timestamp,
    tenant: z.string(),
    /** The payout's id. */
    subject: PayoutId,
    /** The payout's version after this event: 1, 2, 3, ... */
    sequence: z.int().check(z.gte(1)),
    correlation_id: z.string(),
    /** The event, request or notice that led to this one. */
    causation_id: z.string(),
    data: z.object({ ...facts[type].shape, payout: Payout }),
  });
}

/** One contract a payout event: its envelope with its data. */
export const payoutEvents = Object.fromEntries(
  payoutEventTypes.map((type) => [type, envelope(type)]),
) as {
  [T in PayoutEventType]: ReturnType<typeof envelope<T>>;
};

type Envelope = z.infer<ReturnType<typeof envelope<'payout.requested'>>>;

/** A payout event, by its `type`. */
export type PayoutEvent = {
  [T in PayoutEventType]: Omit<Envelope, 'type' | 'data'> & {
    type: T;
    data: z.infer<(typeof facts)[T]> & { payout: PayoutResource };
  };
}[PayoutEventType];

/** Any payout event, parsed by its `type`. */
export const PayoutEventSchema = z.discriminatedUnion(
  'type',
  Object.values(payoutEvents) as unknown as [(typeof payoutEvents)['payout.requested']],
) as unknown as z.ZodMiniType<PayoutEvent>;
