import type {
  PaymentEvent,
  PaymentFact,
} from '../../../../shared/contracts/events/payment-events.ts';
import { acceptPayment, changePayment } from '../../../../shared/domain/payment/change.ts';

export const ids = {
  payment: '5eea616e-f469-8169-af18-63009adda7e5',
  charge: '00000000-0000-8000-8000-000000000001',
  reverse: '00000000-0000-8000-8000-000000000002',
  capture: '00000000-0000-8000-8000-000000000003',
  refund: '00000000-0000-8000-8000-000000000004',
  cancel: '00000000-0000-8000-8000-000000000005',
  hold: '00000000-0000-8000-8000-000000000006',
};
const charge = { operation_id: ids.charge, operation: 'charge' } as const;
const atPsp = { provider: 'psp-a', provider_reference: 'ch_1' };

const facts = {
  reserved: {
    type: 'payment.reserved',
    facts: { transfer_id: ids.hold, amount: 100, execution: 'e1', provider: 'psp-a' },
  },
  captured: {
    type: 'payment.captured',
    facts: { operation_id: ids.charge, ...atPsp, amount: 100, fee: 3, final: true },
  },
  authorized: {
    type: 'payment.authorized',
    facts: { operation_id: ids.charge, ...atPsp, amount: 100, expires: '2026-12-01T00:00:00.000Z' },
  },
  declined: {
    type: 'payment.charge_declined',
    facts: { operation_id: ids.charge, provider: 'psp-a', code: 'lost_card', message: 'Lost.' },
  },
  busy: {
    type: 'payment.provider_busy',
    facts: { operation_id: ids.charge, provider: 'psp-a', reason: 'busy' },
  },
  mismatched: {
    type: 'payment.charge_mismatched',
    facts: { operation_id: ids.charge, ...atPsp, amount: 90, currency: 'EUR', captured: true },
  },
  reversed: {
    type: 'payment.charge_reversed',
    facts: { operation_id: ids.reverse, ...atPsp, means: 'refund' },
  },
  released: { type: 'payment.reservation_released', facts: { transfer_id: ids.hold } },
  failed: { type: 'payment.failed', facts: { code: 'lost_card', message: 'The card was lost.' } },
  unknown: { type: 'payment.outcome_unknown', facts: { ...charge, reason: 'no answer' } },
  unknownReversal: {
    type: 'payment.outcome_unknown',
    facts: { operation_id: ids.reverse, operation: 'reverse', reason: 'no answer' },
  },
  parked: { type: 'payment.parked', facts: { ...charge, reason: 'nobody says' } },
  tookEffect: {
    type: 'payment.outcome_resolved',
    facts: {
      ...charge,
      outcome: 'took_effect',
      provider_reference: 'ch_1',
      by: 'somebody',
      reason: 'seen there',
    },
  },
  resumed: { type: 'payment.resumed', facts: { reason: 'the outcome is known' } },
  captureRequested: {
    type: 'payment.capture_requested',
    facts: { operation_id: ids.capture, amount: 40, final: false, request_hash: 'h' },
  },
  captureStarted: {
    type: 'payment.operation_started',
    facts: { operation_id: ids.capture, execution: 'e2' },
  },
  captureDeclined: {
    type: 'payment.operation_declined',
    facts: { operation_id: ids.capture, provider: 'psp-a', code: 'no', message: 'No.' },
  },
  captureFailed: {
    type: 'payment.operation_failed',
    facts: { operation_id: ids.capture, operation: 'capture', code: 'no', message: 'No.' },
  },
  captureUnknown: {
    type: 'payment.outcome_unknown',
    facts: { operation_id: ids.capture, operation: 'capture', reason: 'no answer' },
  },
  captureResumed: {
    type: 'payment.capture_resumed',
    facts: { operation_id: ids.capture, reason: 'the outcome is known' },
  },
  capturedPart: {
    type: 'payment.captured',
    facts: { operation_id: ids.capture, ...atPsp, amount: 40, fee: 1, final: false },
  },
  cancelRequested: {
    type: 'payment.cancel_requested',
    facts: {
      operation_id: ids.cancel,
      amount: 100,
      cause: 'requested',
      reason: null,
      request_hash: 'h',
    },
  },
  cancelStarted: {
    type: 'payment.operation_started',
    facts: { operation_id: ids.cancel, execution: 'e3' },
  },
  canceled: {
    type: 'payment.canceled',
    facts: { operation_id: ids.cancel, provider: 'psp-a', amount: 100 },
  },
  refundRequested: {
    type: 'payment.refund_requested',
    facts: { operation_id: ids.refund, amount: 30, reason: null, request_hash: 'h' },
  },
  refundHeld: {
    type: 'payment.refund_held',
    facts: { operation_id: ids.refund, amount: 30, execution: 'e4' },
  },
  refundDeclined: {
    type: 'payment.operation_declined',
    facts: { operation_id: ids.refund, provider: 'psp-a', code: 'no', message: 'No.' },
  },
  refundReturned: {
    type: 'payment.refund_returned',
    facts: { operation_id: ids.refund, amount: 30 },
  },
  refundFailed: {
    type: 'payment.operation_failed',
    facts: { operation_id: ids.refund, operation: 'refund', code: 'no', message: 'No.' },
  },
  refunded: {
    type: 'payment.refunded',
    facts: { operation_id: ids.refund, provider: 'psp-a', amount: 30 },
  },
} as const satisfies Record<string, PaymentFact>;

export type FactName = keyof typeof facts;

/** The events that a payment really has after these facts: the domain refuses what cannot be. */
export function eventsOf(...names: readonly FactName[]): PaymentEvent[] {
  const stamp = (n: number) => ({
    time: new Date(Date.UTC(2026, 10, 22) + n * 1_000).toISOString(),
    eventId: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  });
  const accepted = acceptPayment(
    {
      id: ids.payment,
      tenant: 'acme',
      request: {
        amount: 100,
        currency: 'EUR',
        payment_method: 'tok_approve',
        capture_method: 'manual',
        merchant_reference: null,
        customer: null,
        metadata: {},
      },
      requestHash: 'h',
      correlationId: 'c',
      requestId: 'r',
    },
    stamp(0),
  );
  const events = [accepted.event];
  let { after } = accepted;
  for (const [index, name] of names.entries()) {
    const change = changePayment(after, facts[name], stamp(index + 1));
    events.push(change.event);
    after = change.after;
  }
  return events;
}
