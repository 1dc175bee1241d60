import type {
  SimulatorChargeAnswerResource,
  SimulatorChargeResource,
} from '../../contracts/simulator/charges.ts';
import type { ChargeOutcome, ChargeRequest, RefundRequest } from '../../ports/provider.ts';

type Approval = Extract<ChargeOutcome, { readonly kind: 'approved' }>;

/** Authorized, and neither captured nor voided. */
export function openMinor(charge: SimulatorChargeResource): number {
  return charge.amount - charge.amount_captured - charge.amount_voided;
}

/**
 * An approval, with what the PSP says it approved: that it differs from what was asked is for the
 * caller to see. Null when it is no answer to this request at all.
 */
export function approvalOf({
  reference,
  operationId,
}: Pick<ChargeRequest, 'reference' | 'operationId'>) {
  return (answer: SimulatorChargeAnswerResource): Approval | null => {
    const { id, amount, currency, captured, status, operation } = answer;
    const isThisCharge =
      answer.reference === reference && operation.id === operationId && operation.type === 'charge';
    const isNew =
      status === (captured ? 'captured' : 'authorized') &&
      answer.amount_captured === (captured ? amount : 0) &&
      operation.amount === amount;
    return isThisCharge && isNew && isCoherent(answer)
      ? {
          kind: 'approved',
          providerReference: id,
          amountMinor: amount,
          currency,
          captured,
          authorizedUntil: answer.authorized_until,
        }
      : null;
  };
}

/** Tells whether a refund gave back what was asked; null: all that was captured. */
export function isRefunded({ amountMinor }: Pick<RefundRequest, 'amountMinor'>) {
  return (answer: SimulatorChargeAnswerResource): boolean =>
    amountMinor === null ? refundableMinor(answer) <= 0 : answer.operation.amount === amountMinor;
}

/** Captured, and not with the cardholder again by whatever way; below zero when it is there twice. */
function refundableMinor(charge: SimulatorChargeResource): number {
  return charge.amount_captured - charge.amount_refunded - charge.amount_disputed;
}

/**
 * Tells whether an answer can be true: nothing is captured or voided that was not authorized, nothing
 * refunded that was not captured, the status says what the amounts say, and the operation's amount is
 * in the total that it adds to.
 */
export function isCoherent(answer: SimulatorChargeAnswerResource): boolean {
  const { amount_captured, amount_voided, amount_refunded, operation } = answer;
  const total = {
    charge: answer.amount,
    capture: amount_captured,
    void: amount_voided,
    refund: amount_refunded,
  }[operation.type];
  return (
    openMinor(answer) >= 0 &&
    amount_refunded <= amount_captured &&
    answer.captured === amount_captured > 0 &&
    answer.status === statusOf(answer) &&
    operation.amount <= total &&
    operation.released <= amount_voided
  );
}

function statusOf(charge: SimulatorChargeResource): SimulatorChargeResource['status'] {
  if (charge.amount_captured > 0) {
    return charge.amount_captured === charge.amount_refunded ? 'refunded' : 'captured';
  }
  return openMinor(charge) === 0 ? 'voided' : 'authorized';
}
