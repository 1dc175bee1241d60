import type { ListPaymentEvents } from '../../../shared/ports/payments.ts';
import {
  type HttpRequest,
  type HttpResponse,
  noSuchPayment,
  paymentIdOf,
} from '../../../shared/runtime/http/request.ts';
import { logAs } from '../../../shared/runtime/observability.ts';

/** Reads what happened to one payment, in order; a stranger's payment is not found. */
export function listPaymentEvents(events: ListPaymentEvents) {
  return async <B, Q>(request: HttpRequest<B, Q>): Promise<HttpResponse> => {
    const id = paymentIdOf(request);
    logAs({ payment_id: id });
    const history = await events(id);
    if (history[0]?.tenant !== request.tenant) {
      throw noSuchPayment();
    }
    return { status: 200, body: { object: 'list', data: history, next_cursor: null } };
  };
}
