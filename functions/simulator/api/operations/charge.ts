import type {
  SimulatorChargeResource,
  SimulatorChargeStatus,
  SimulatorErrorCode,
  SimulatorOperation,
} from '../../../../shared/contracts/simulator.ts';
import type { Charge } from '../../../../shared/ports/simulator-store.ts';

/** A charge that an operation changed by an amount, or the code by which the charge refuses it. */
export type Change =
  | { readonly charge: Charge; readonly amountMinor: number }
  | { readonly refused: SimulatorErrorCode; readonly leftMinor: number };

/** What each operation on a charge takes from, what it adds to, and how the charge refuses it. */
const changes = {
  capture: { left: openMinor, field: 'capturedMinor', refusal: 'not_capturable' },
  void: { left: openMinor, field: 'voidedMinor', refusal: 'not_voidable' },
  refund: { left: refundableMinor, field: 'refundedMinor', refusal: 'not_refundable' },
} as const satisfies Record<
  Exclude<SimulatorOperation, 'charge'>,
  { left: (charge: Charge) => number; field: keyof Charge; refusal: SimulatorErrorCode }
>;

/** Captures, voids or refunds an amount; all that is left when it is undefined. */
export function changeCharge(
  charge: Charge,
  operation: keyof typeof changes,
  askedMinor: number | undefined,
): Change {
  const { left, field, refusal } = changes[operation];
  const leftMinor = left(charge);
  const amountMinor = askedMinor ?? leftMinor;
  return leftMinor === 0 || amountMinor > leftMinor
    ? { refused: refusal, leftMinor }
    : {
        amountMinor,
        charge: { ...charge, [field]: charge[field] + amountMinor, version: charge.version + 1 },
      };
}

/** A charge as answers carry it. */
export function renderCharge(charge: Charge): SimulatorChargeResource {
  return {
    id: charge.id,
    reference: charge.reference,
    status: statusOf(charge),
    amount: charge.authorizedMinor,
    currency: charge.currency,
    captured: charge.capturedMinor > 0,
    amount_captured: charge.capturedMinor,
    amount_voided: charge.voidedMinor,
    amount_refunded: charge.refundedMinor,
  };
}

function statusOf(charge: Charge): SimulatorChargeStatus {
  if (charge.capturedMinor > 0) {
    return refundableMinor(charge) === 0 ? 'refunded' : 'captured';
  }
  return openMinor(charge) === 0 ? 'voided' : 'authorized';
}

/** Authorized, and neither captured nor voided. */
function openMinor(charge: Charge): number {
  return charge.authorizedMinor - charge.capturedMinor - charge.voidedMinor;
}

function refundableMinor(charge: Charge): number {
  return charge.capturedMinor - charge.refundedMinor;
}
