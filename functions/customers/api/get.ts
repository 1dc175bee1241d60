import type { PaymentCustomerResource } from '../../../shared/contracts/customers.ts';
import { ApiError } from '../../../shared/contracts/errors.ts';
import type { LoadPayment } from '../../../shared/ports/payments.ts';
import type { OpenPersonalData } from '../../../shared/ports/personal-data.ts';
import {
  type HttpRequest,
  type HttpResponse,
  loadPaymentOf,
} from '../../../shared/runtime/http/request.ts';

const none = { name: null, email: null };

/**
 * Who pays one payment:
 * 1. a payment of another tenant is as absent as one that was never made, and so is the customer of a
 *    payment that names none
 * 2. nothing personal came with it: the id is all there is
 * 3. else open what came with it; after an erasure that cannot be done
 */
export function getPaymentCustomer(deps: {
  readonly load: LoadPayment;
  readonly open: OpenPersonalData;
}) {
  return async <B, Q>(request: HttpRequest<B, Q>): Promise<HttpResponse> => {
    const payment = await loadPaymentOf(deps.load, request);
    const { customer } = payment.request;
    if (!customer) {
      throw new ApiError('not_found', 'The payment names no customer.');
    }
    const { id, personal_data: sealed } = customer;
    const opened = sealed ? await deps.open({ tenant: payment.tenant, id }, sealed) : none;
    const body: PaymentCustomerResource = {
      object: 'customer',
      id,
      ...(opened === 'erased' ? none : opened),
      erased: opened === 'erased',
      payment_id: payment.id,
    };
    return { status: 200, body };
  };
}
