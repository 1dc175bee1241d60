import type { LoadPayment, PagePaymentEvents } from '../../../shared/ports/payments.ts';
import { answerHistory, type HistoryQuery } from '../../../shared/runtime/http/lists/history.ts';
import {
  type HttpRequest,
  type HttpResponse,
  noSuchPayment,
  paymentIdOf,
} from '../../../shared/runtime/http/request.ts';
import { logAs } from '../../../shared/runtime/observability.ts';

/** Reads a page of what happened to one payment, in order; a stranger's payment is not found. */
export function listPaymentEvents({
  load,
  eventPage,
}: {
  readonly load: LoadPayment;
  readonly eventPage: PagePaymentEvents;
}) {
  return async <B>(request: HttpRequest<B, HistoryQuery>): Promise<HttpResponse> => {
    const id = paymentIdOf(request);
    logAs({ payment_id: id });
    return answerHistory({ load, eventPage }, id, request, noSuchPayment);
  };
}
