import type { OperationAtPsp, PaymentFact } from '../../../contracts/events/payment-events.ts';
import type { Hold, Payment, Progress, Resolution } from '../state.ts';
import { IllegalTransition } from './illegal.ts';

/** What a fact of the payment's own saga changes: from its reservation to its charge, and back. */
export function changeByCharge(before: Payment, fact: PaymentFact, time: string): Partial<Payment> {
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
        provider: fact.facts.provider,
        progress: { ...before.progress, resumed: false },
        hold: {
          transferId: fact.facts.transfer_id,
          amountMinor: fact.facts.amount,
          state: 'pending',
        },
      };
    case 'payment.execution_restarted':
      return {
        restarted: true,
        execution: fact.facts.execution,
        progress: { ...before.progress, resumed: false },
      };
    case 'payment.rerouted':
      refuseSecondOutcome(before, fact.type);
      if (before.unknown || before.provider !== fact.facts.from) {
        throw new IllegalTransition(`${fact.type} of a charge that may be at the PSP`);
      }
      return {
        provider: fact.facts.to,
        busyProvider: null,
        lastTry: Math.max(before.lastTry, fact.facts.retry),
      };
    case 'payment.charge_retried':
      refuseSecondOutcome(before, fact.type);
      return { lastTry: Math.max(before.lastTry, fact.facts.retry) };
    case 'payment.resumed':
      if (before.unknown) {
        throw new IllegalTransition(`${fact.type} while an outcome is unknown`);
      }
      return { progress: resumed(before.progress, time), parked: null };
    case 'payment.provider_busy':
      return { busyTries: before.busyTries + 1, busyProvider: fact.facts.provider };
    case 'payment.authorized':
      refuseSecondOutcome(before, fact.type);
      refuseOtherThanHeld(before, fact);
      return {
        status: 'authorized',
        amountAuthorizedMinor: fact.facts.amount,
        authorizationExpires: fact.facts.expires,
        charge: charge(fact.facts, { captured: false, matches: true }),
        ...known,
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
        ...known,
      };
    case 'payment.charge_declined':
      refuseSecondOutcome(before, fact.type);
      return {
        decline: { code: fact.facts.code, message: fact.facts.message },
        ...known,
      };
    case 'payment.charge_mismatched':
      refuseSecondOutcome(before, fact.type);
      return {
        charge: charge(fact.facts, { captured: fact.facts.captured, matches: false }),
        ...known,
      };
    case 'payment.outcome_unknown':
      return { unknown: { ...ownOperation(fact), since: time } };
    case 'payment.parked':
      if (before.parked) {
        throw new IllegalTransition(`${fact.type} of a payment that is parked`);
      }
      return {
        parked: {
          ...ownOperation(fact),
          since: time,
          reason: fact.facts.reason,
          resolution: null,
        },
      };
    case 'payment.outcome_resolved': {
      const { operation, operationId } = ownOperation(fact);
      const isOpen =
        before.unknown?.operationId === operationId ||
        (operation === 'reverse' && isRefusedReversal(before));
      if (!isOpen) {
        throw new IllegalTransition(`${fact.type} of a ${operation} that is not unknown`);
      }
      // A reversal that never took effect is sent again, under the same id.
      if (operation === 'reverse' && fact.facts.outcome === 'no_effect') {
        return known;
      }
      if (!before.parked) {
        throw new IllegalTransition(`${fact.type} of a ${operation} that waits for nobody`);
      }
      return { parked: { ...before.parked, resolution: resolutionOf(fact.facts) } };
    }
    case 'payment.charge_reversed':
      if (!before.charge || before.charge.reversed) {
        throw new IllegalTransition('payment.charge_reversed of a payment without a charge');
      }
      return { charge: { ...before.charge, reversed: true }, ...known };
    case 'payment.reservation_released':
      refuseWhileCharged(before, fact.type);
      return { hold: resolved(before.hold, 'released') };
    default:
      throw new IllegalTransition(`${fact.type} of an operation that the payment does not have`);
  }
}

/**
 * True when a reversal waits for a person of which nothing is unknown: the PSP refused it. It may have
 * been made there by hand, or be of no use any more.
 */
export function isRefusedReversal({ parked, charge }: Payment): boolean {
  return parked?.operation === 'reverse' && charge !== null && !charge.reversed;
}

/** An outcome that is known needs no person any more. */
export const known = { unknown: null, parked: null } as const;

/** How a saga goes on that begins anew. */
export function resumed({ resumes }: Progress, time: string): Progress {
  return { since: time, resumes: resumes + 1, resumed: true };
}

export function resolutionOf(facts: {
  readonly outcome: Resolution['outcome'];
  readonly provider_reference: string | null;
}): Resolution {
  return { outcome: facts.outcome, providerReference: facts.provider_reference };
}

/** @throws IllegalTransition for an operation that the payment does not have */
function ownOperation({
  type,
  facts,
}: Extract<PaymentFact, { facts: { readonly operation: OperationAtPsp } }>) {
  const { operation, operation_id: operationId } = facts;
  if (operation !== 'charge' && operation !== 'reverse') {
    throw new IllegalTransition(`${type} of a ${operation} that nobody asked for`);
  }
  return { operation, operationId };
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
