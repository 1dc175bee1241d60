import fc from 'fast-check';
import type { PaymentFact } from '../../shared/contracts/payment-events.ts';
import { operationId, transferId } from '../../shared/domain/ids.ts';
import type { Payment } from '../../shared/domain/payment/state.ts';
import { anAcceptedPayment, countingStamps } from './payments.ts';

const payment: Payment = anAcceptedPayment(countingStamps()).after;
const charged = { operation_id: operationId(payment.id, 'charge'), provider: 'psp' };
const approved = { ...charged, provider_reference: 'ch_1', amount: payment.request.amount };

/** One fact of each type but `payment.accepted`, as the saga writes it for a payment of EUR 100.00. */
export const facts = {
  reserved: {
    type: 'payment.reserved',
    facts: {
      transfer_id: transferId(payment.id, 'authorized'),
      amount: payment.request.amount,
      execution: 'e1',
    },
  },
  busy: { type: 'payment.provider_busy', facts: { ...charged, reason: '429' } },
  authorized: { type: 'payment.authorized', facts: approved },
  captured: { type: 'payment.captured', facts: { ...approved, fee: 290 } },
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
      operation_id: operationId(payment.id, 'reverse'),
      operation: 'reverse',
      reason: 'no answer',
    },
  },
  reversed: {
    type: 'payment.charge_reversed',
    facts: {
      operation_id: operationId(payment.id, 'reverse'),
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
} as const satisfies Record<string, PaymentFact>;

export type FactName = keyof typeof facts;

/** Any fact that can be written of a payment that exists, of any amount. */
export const anyFact: fc.Arbitrary<PaymentFact> = fc
  .tuple(
    fc.constantFrom<PaymentFact>(...Object.values(facts)),
    fc.oneof(fc.constant(10_000), fc.integer({ min: 1, max: 20_000 })),
    fc.boolean(),
  )
  .map(([fact, amount, captured]) => {
    const varied = {
      ...fact.facts,
      ...('amount' in fact.facts ? { amount } : {}),
      ...('captured' in fact.facts ? { captured } : {}),
    };
    return { type: fact.type, facts: varied } as PaymentFact;
  });
