import { renderPayment } from '../../../shared/domain/payment/state.ts';
import type { LoadPayment } from '../../../shared/ports/payments.ts';
import {
  type HttpRequest,
  type HttpResponse,
  noSuchPayment,
  paymentIdOf,
} from '../../../shared/runtime/http/request.ts';
import { logAs } from '../../../shared/runtime/observability.ts';

/**
 * Reads one payment:
 * 1. a payment of another tenant is as absent as one that was never made
 * 2. a client that has this version already gets 304
 */
export function getPayment(load: LoadPayment) {
  return async <B, Q>(request: HttpRequest<B, Q>): Promise<HttpResponse> => {
    const id = paymentIdOf(request);
    logAs({ payment_id: id });
    const payment = await load(id);
    if (!payment || payment.tenant !== request.tenant) {
      throw noSuchPayment();
    }
    const etag = `"${payment.version}"`;
    if (request.headers.get('if-none-match') === etag) {
      return { status: 304, headers: { ETag: etag }, body: '' };
    }
    return { status: 200, headers: { ETag: etag }, body: renderPayment(payment) };
  };
}
