import type { PaymentFact } from '../../../contracts/events/payment-events.ts';
import type { Hold, Payment } from '../state.ts';
import { IllegalTransition } from './illegal.ts';

/** What a fact of the payment's own saga changes: from its reservation to its charge, and back. */
export function changeByCharge(before: Payment, fact: PaymentFact): Partial<Payment> {
  if (before.status !== 'processing') {
    throw new IllegalTransition(`${fact.type} of a payment that is ${before.status}`);
  }
  switch (fact.type) {
    case 'payment.reserved':
      if (before.hold) {
        throw new IllegalTransition('payment.reserved of a payment with a hold');
      }
      return {
        execution: fact.facts.execution,
        hold: {
          transferId: fact.facts.transfer_id,
          amountMinor: fact.facts.amount,
          state: 'pending',
        },
      };
    case 'payment.execution_restarted':
      return { restarted: true };
    case 'payment.provider_busy':
      return { busyTries: before.busyTries + 1 };
    case 'payment.authorized':
      refuseSecondOutcome(before, fact.type);
      refuseOtherThanHeld(before, fact);
      return {
        status: 'authorized',
        amountAuthorizedMinor: fact.facts.amount,
        authorizationExpires: fact.facts.expires,
        charge: charge(fact.facts, { captured: false, matches: true }),
        unknown: null,
      };
    case 'payment.captured':
      refuseSecondOutcome(before, fact.type);
      refuseOtherThanHeld(before, fact);
      return {
        status: 'captured',
        amountAuthorizedMinor: fact.facts.amount,
        amountCapturedMinor: fact.facts.amount,
        feesMinor: fact.facts.fee,
        hold: resolved(before.hold, 'posted'),
        charge: charge(fact.facts, { captured: true, matches: true }),
        unknown: null,
      };
    case 'payment.charge_declined':
      refuseSecondOutcome(before, fact.type);
      return {
        decline: { code: fact.facts.code, message: fact.facts.message },
        unknown: null,
      };
    case 'payment.charge_mismatched':
      refuseSecondOutcome(before, fact.type);
      return {
        charge: charge(fact.facts, { captured: fact.facts.captured, matches: false }),
        unknown: null,
      };
    case 'payment.outcome_unknown':
      if (fact.facts.operation !== 'charge' && fact.facts.operation !== 'reverse') {
        throw new IllegalTransition(
          `${fact.type} of a ${fact.facts.operation} that nobody asked for`,
        );
      }
      return {
        unknown: { operation: fact.facts.operation, operationId: fact.facts.operation_id },
      };
    case 'payment.charge_reversed':
      if (!before.charge || before.charge.reversed) {
        throw new IllegalTransition('payment.charge_reversed of a payment without a charge');
      }
      return { charge: { ...before.charge, reversed: true }, unknown: null };
    case 'payment.reservation_released':
      refuseWhileCharged(before, fact.type);
      return { hold: resolved(before.hold, 'released') };
    default:
      throw new IllegalTransition(`${fact.type} of an operation that the payment does not have`);
  }
}

/** @throws IllegalTransition when the PSP has the money, or nobody knows whether it has */
export function refuseWhileCharged({ unknown, charge }: Payment, type: PaymentFact['type']): void {
  if (unknown) {
    throw new IllegalTransition(`${type} while the outcome of the ${unknown.operation} is unknown`);
  }
  if (charge && !charge.reversed) {
    throw new IllegalTransition(`${type} while the charge at the PSP stands`);
  }
}

/** A hold that comes to its end. @throws IllegalTransition when it has */
export function resolved(hold: Hold | null, state: 'posted' | 'released'): Hold {
  if (hold?.state !== 'pending') {
    throw new IllegalTransition(`a hold that is ${hold?.state ?? 'not there'} cannot be ${state}`);
  }
  return { ...hold, state };
}

/** @throws IllegalTransition when the charge's outcome is known already: it has one */
function refuseSecondOutcome(before: Payment, type: PaymentFact['type']): void {
  const isKnown = before.charge !== null || before.decline !== null;
  if (isKnown && before.unknown?.operation !== 'charge') {
    throw new IllegalTransition(`${type} of a charge that has its outcome`);
  }
}

/** @throws IllegalTransition when the PSP approved something else than the ledger holds: that is a mismatch */
function refuseOtherThanHeld(
  { hold }: Payment,
  { type, facts }: Extract<PaymentFact, { type: 'payment.authorized' | 'payment.captured' }>,
): void {
  if (hold?.state !== 'pending' || hold.amountMinor !== facts.amount) {
    throw new IllegalTransition(`${type} over another amount than is held`);
  }
}

function charge(
  facts: { readonly provider: string; readonly provider_reference: string },
  how: { readonly captured: boolean; readonly matches: boolean },
): NonNullable<Payment['charge']> {
  return {
    provider: facts.provider,
    reference: facts.provider_reference,
    reversed: false,
    ...how,
  };
}
