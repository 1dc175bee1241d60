import type {
  SimulatorChargeResource,
  SimulatorChargeStatus,
} from '../../../../shared/contracts/simulator/charges.ts';
import type { SimulatorOperation } from '../../../../shared/contracts/simulator/common.ts';
import type { SimulatorErrorCode } from '../../../../shared/contracts/simulator/errors.ts';
import type { Charge } from '../../../../shared/ports/simulator-store.ts';

export type ChangeOperation = Exclude<SimulatorOperation, 'charge'>;

/** What a change of a charge asks for. */
export interface ChangeRequest {
  /** Undefined: all that is left. */
  readonly amountMinor: number | undefined;
  /** Of a capture: releases the rest. */
  readonly final: boolean;
}

/** A charge that an operation changed by an amount, or the code by which the charge refuses it. */
export type Change =
  | { readonly charge: Charge; readonly amountMinor: number; readonly releasedMinor: number }
  | { readonly refused: SimulatorErrorCode; readonly leftMinor: number };

/** What each operation on a charge takes from, what it adds to, and how the charge refuses it. */
const changes = {
  capture: { left: openMinor, field: 'capturedMinor', refusal: 'not_capturable' },
  void: { left: openMinor, field: 'voidedMinor', refusal: 'not_voidable' },
  refund: { left: refundableMinor, field: 'refundedMinor', refusal: 'not_refundable' },
} as const satisfies Record<
  ChangeOperation,
  { left: (charge: Charge) => number; field: keyof Charge; refusal: SimulatorErrorCode }
>;

/** Captures, voids or refunds an amount; all that is left when it is undefined. */
export function changeCharge(
  charge: Charge,
  operation: ChangeOperation,
  { amountMinor: askedMinor, final }: ChangeRequest,
): Change {
  const { left, field, refusal } = changes[operation];
  const leftMinor = left(charge);
  const amountMinor = askedMinor ?? leftMinor;
  if (leftMinor === 0 || amountMinor > leftMinor) {
    return { refused: refusal, leftMinor };
  }
  const changed = { ...charge, [field]: charge[field] + amountMinor, version: charge.version + 1 };
  const releasedMinor = operation === 'capture' && final ? openMinor(changed) : 0;
  return {
    amountMinor,
    releasedMinor,
    charge: { ...changed, voidedMinor: changed.voidedMinor + releasedMinor },
  };
}

/** Tells whether it is too late for a capture. */
export function isExpired({ authorizedUntil }: Charge, now: Date): boolean {
  return authorizedUntil !== null && now.toISOString() >= authorizedUntil;
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
    amount_disputed: disputedMinor(charge),
    authorized_until: charge.authorizedUntil,
  };
}

/** With the cardholder through disputes: taken back when one is opened, and for good when it is lost. */
export function disputedMinor({ disputes }: Charge): number {
  return disputes
    .filter(({ status }) => status !== 'won')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function statusOf(charge: Charge): SimulatorChargeStatus {
  if (charge.capturedMinor > 0) {
    return charge.capturedMinor === charge.refundedMinor ? 'refunded' : 'captured';
  }
  return openMinor(charge) === 0 ? 'voided' : 'authorized';
}

/** Authorized, and neither captured nor voided. */
function openMinor(charge: Charge): number {
  return charge.authorizedMinor - charge.capturedMinor - charge.voidedMinor;
}

/** What the cardholder got back already, by whatever way, is not refunded. */
function refundableMinor(charge: Charge): number {
  return Math.max(0, charge.capturedMinor - charge.refundedMinor - disputedMinor(charge));
}
