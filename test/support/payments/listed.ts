import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import { renderPayment } from '../../../shared/domain/payment/state.ts';
import { anAcceptedPayment, countingStamps } from './payments.ts';

/** A payment as the list has it. */
export function aListed(changed: Partial<PaymentResource>): PaymentResource {
  return { ...renderPayment(anAcceptedPayment(countingStamps()).after), ...changed };
}
