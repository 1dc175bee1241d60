import fc from 'fast-check';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { operationId, requestedId, transferId } from '../../../shared/domain/ids.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import { anAcceptedPayment, countingStamps } from './payments.ts';

const payment: Payment = anAcceptedPayment(countingStamps()).after;
const charged = { operation_id: operationId(payment.id, 'charge'), provider: 'psp' };
const idOf = (route: string) => requestedId(payment.id, route, 'key-1');
const [capture, rest, cancel, refund] = ['capture', 'rest', 'cancel', 'refunds'].map(idOf) as [
  string,
  string,
  string,
  string,
];
const expiry = operationId(payment.id, 'expire');
const reversal = operationId(payment.id, 'reverse');
const dispute = { dispute_id: 'dp_1', provider: 'psp' };
const asked = { amount: payment.request.amount, request_hash: 'hash' };
const execution = 'e2';
const no = { provider: 'psp', code: 'refused', message: 'No.' };
const said = {
  outcome: 'took_effect',
  provider_reference: 'ch_1',
  by: 'ann',
  reason: 'seen at the PSP',
} as const;
const approved = { ...charged, provider_reference: 'ch_1', amount: payment.request.amount };

/** One fact of each type but `payment.accepted`, as the saga writes it for a payment of EUR 100.00. */
export const facts = {
  reserved: {
    type: 'payment.reserved',
    facts: {
      transfer_id: transferId(payment.id, 'authorized'),
      amount: payment.request.amount,
      execution: 'e1',
      provider: 'psp',
    },
  },
  busy: { type: 'payment.provider_busy', facts: { ...charged, reason: '429' } },
  restarted: { type: 'payment.execution_restarted', facts: { execution: 'e2' } },
  rerouted: {
    type: 'payment.rerouted',
    facts: {
      operation_id: charged.operation_id,
      from: 'psp',
      to: 'psp-b',
      reason: '429',
      retry: 1,
    },
  },
  retried: {
    type: 'payment.charge_retried',
    facts: { operation_id: charged.operation_id, provider: 'psp', retry: 1 },
  },
  resumed: { type: 'payment.resumed', facts: { reason: 'stuck' } },
  authorized: {
    type: 'payment.authorized',
    facts: { ...approved, expires: '2026-01-08T00:00:00.000Z' },
  },
  captured: { type: 'payment.captured', facts: { ...approved, fee: 290, final: true } },
  declined: {
    type: 'payment.charge_declined',
    facts: { ...charged, code: 'lost_card', message: 'The card was lost.' },
  },
  mismatched: {
    type: 'payment.charge_mismatched',
    facts: { ...approved, amount: 9_999, currency: 'EUR', captured: true },
  },
  unknownCharge: {
    type: 'payment.outcome_unknown',
    facts: { operation_id: charged.operation_id, operation: 'charge', reason: 'no answer' },
  },
  unknownReversal: {
    type: 'payment.outcome_unknown',
    facts: {
      operation_id: reversal,
      operation: 'reverse',
      reason: 'no answer',
    },
  },
  parkedCharge: {
    type: 'payment.parked',
    facts: { operation_id: charged.operation_id, operation: 'charge', reason: 'nobody says' },
  },
  parkedReversal: {
    type: 'payment.parked',
    facts: { operation_id: reversal, operation: 'reverse', reason: 'nobody says' },
  },
  /** What a person says of a charge that is parked. */
  chargeResolved: {
    type: 'payment.outcome_resolved',
    facts: { ...said, operation_id: charged.operation_id, operation: 'charge' },
  },
  /** What the PSP says of a reversal that it never got. */
  reversalWithoutEffect: {
    type: 'payment.outcome_resolved',
    facts: {
      ...said,
      operation_id: reversal,
      operation: 'reverse',
      outcome: 'no_effect',
      provider_reference: null,
    },
  },
  reversed: {
    type: 'payment.charge_reversed',
    facts: {
      operation_id: reversal,
      provider: 'psp',
      provider_reference: 'ch_1',
      means: 'refund',
    },
  },
  released: {
    type: 'payment.reservation_released',
    facts: { transfer_id: transferId(payment.id, 'authorized') },
  },
  failed: { type: 'payment.failed', facts: { code: 'lost_card', message: 'The card was lost.' } },

  /** A capture of EUR 40.00 of them. */
  captureRequested: {
    type: 'payment.capture_requested',
    facts: { ...asked, operation_id: capture, amount: 4_000, final: false },
  },
  captureStarted: {
    type: 'payment.operation_started',
    facts: { operation_id: capture, execution },
  },
  captureDeclined: { type: 'payment.operation_declined', facts: { ...no, operation_id: capture } },
  captureUnknown: {
    type: 'payment.outcome_unknown',
    facts: { operation_id: capture, operation: 'capture', reason: 'no answer' },
  },
  captureBusy: {
    type: 'payment.provider_busy',
    facts: { operation_id: capture, provider: 'psp', reason: '429' },
  },
  captureParked: {
    type: 'payment.parked',
    facts: { operation_id: capture, operation: 'capture', reason: 'nobody says' },
  },
  captureResolved: {
    type: 'payment.outcome_resolved',
    facts: { ...said, operation_id: capture, operation: 'capture', provider_reference: null },
  },
  captureResumed: {
    type: 'payment.capture_resumed',
    facts: { operation_id: capture, reason: 'stuck' },
  },
  captureFailed: {
    type: 'payment.operation_failed',
    facts: { operation_id: capture, operation: 'capture', code: 'refused', message: 'No.' },
  },
  capturedPart: {
    type: 'payment.captured',
    facts: { ...approved, operation_id: capture, amount: 4_000, fee: 116, final: false },
  },
  /** A capture of EUR 50.00 that releases the EUR 10.00 left. */
  restRequested: {
    type: 'payment.capture_requested',
    facts: { ...asked, operation_id: rest, amount: 5_000, final: true },
  },
  restStarted: { type: 'payment.operation_started', facts: { operation_id: rest, execution } },
  capturedRest: {
    type: 'payment.captured',
    facts: { ...approved, operation_id: rest, amount: 5_000, fee: 145, final: true },
  },
  cancelRequested: {
    type: 'payment.cancel_requested',
    facts: { ...asked, operation_id: cancel, cause: 'requested', reason: 'sold out' },
  },
  cancelRestRequested: {
    type: 'payment.cancel_requested',
    facts: { ...asked, operation_id: cancel, amount: 6_000, cause: 'requested', reason: null },
  },
  cancelStarted: { type: 'payment.operation_started', facts: { operation_id: cancel, execution } },
  cancelUnknown: {
    type: 'payment.outcome_unknown',
    facts: { operation_id: cancel, operation: 'cancel', reason: 'no answer' },
  },
  cancelResumed: {
    type: 'payment.cancel_resumed',
    facts: { operation_id: cancel, reason: 'stuck' },
  },
  canceled: {
    type: 'payment.canceled',
    facts: { operation_id: cancel, provider: 'psp', amount: 10_000 },
  },
  canceledRest: {
    type: 'payment.canceled',
    facts: { operation_id: cancel, provider: 'psp', amount: 6_000 },
  },
  expiryRequested: {
    type: 'payment.cancel_requested',
    facts: { ...asked, operation_id: expiry, cause: 'expired', reason: null },
  },
  expired: {
    type: 'payment.expired',
    facts: { operation_id: expiry, provider: 'psp', amount: 10_000 },
  },
  /** A refund of EUR 30.00. */
  refundRequested: {
    type: 'payment.refund_requested',
    facts: { ...asked, operation_id: refund, amount: 3_000, reason: null },
  },
  refundHeld: {
    type: 'payment.refund_held',
    facts: { operation_id: refund, amount: 3_000, execution },
  },
  refundRestarted: {
    type: 'payment.operation_restarted',
    facts: { operation_id: refund, execution },
  },
  refundDeclined: { type: 'payment.operation_declined', facts: { ...no, operation_id: refund } },
  refundUnknown: {
    type: 'payment.outcome_unknown',
    facts: { operation_id: refund, operation: 'refund', reason: 'no answer' },
  },
  refundParked: {
    type: 'payment.parked',
    facts: { operation_id: refund, operation: 'refund', reason: 'nobody says' },
  },
  refundResolved: {
    type: 'payment.outcome_resolved',
    facts: { ...said, operation_id: refund, operation: 'refund', outcome: 'no_effect' },
  },
  refundResumed: {
    type: 'payment.refund_resumed',
    facts: { operation_id: refund, reason: 'stuck' },
  },
  refundReturned: {
    type: 'payment.refund_returned',
    facts: { operation_id: refund, amount: 3_000 },
  },
  refundFailed: {
    type: 'payment.operation_failed',
    facts: { operation_id: refund, operation: 'refund', code: 'refused', message: 'No.' },
  },
  refunded: {
    type: 'payment.refunded',
    facts: { operation_id: refund, provider: 'psp', amount: 3_000 },
  },
  /** A dispute of all of it, with a fee of EUR 15.00. */
  disputeOpened: {
    type: 'payment.dispute_opened',
    facts: { ...dispute, amount: 10_000, fee: 1_500, reason: 'fraudulent' },
  },
  disputeWon: { type: 'payment.dispute_won', facts: dispute },
  disputeLost: { type: 'payment.dispute_lost', facts: dispute },
} as const satisfies Record<string, PaymentFact>;

export type FactName = keyof typeof facts;

/** Any fact that can be written of a payment that exists, of any amount. */
export const anyFact: fc.Arbitrary<PaymentFact> = fc
  .tuple(
    fc.constantFrom<PaymentFact>(...Object.values(facts)),
    fc.option(fc.integer({ min: 1, max: 20_000 }), { nil: null, freq: 4 }),
    fc.boolean(),
  )
  .map(([fact, amount, captured]) => {
    const varied = {
      ...fact.facts,
      ...('amount' in fact.facts && amount !== null ? { amount } : {}),
      ...('captured' in fact.facts ? { captured } : {}),
    };
    return { type: fact.type, facts: varied } as PaymentFact;
  });

/** What most of the other facts are about. */
const beginnings: readonly (readonly PaymentFact[])[] = [
  [],
  [facts.reserved],
  [facts.reserved, facts.authorized],
  [facts.reserved, facts.captured],
];

/** Facts in any order, most of which cannot follow one another, after a beginning that can. */
export function anyFacts(maxLength: number): fc.Arbitrary<readonly PaymentFact[]> {
  return fc
    .tuple(fc.constantFrom(...beginnings), fc.array(anyFact, { maxLength, size: 'max' }))
    .map(([beginning, others]) => [...beginning, ...others]);
}
