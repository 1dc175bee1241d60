import { renderPayment } from '../../../shared/domain/payment/state.ts';
import type { LoadPayment, LoadPaymentEvent } from '../../../shared/ports/payments.ts';
import {
  answerVersion,
  type VersionQuery,
  type Versions,
} from '../../../shared/runtime/http/lists/history.ts';
import {
  type HttpRequest,
  type HttpResponse,
  noSuchPayment,
  paymentIdOf,
} from '../../../shared/runtime/http/request.ts';
import { logAs } from '../../../shared/runtime/observability.ts';

/** Reads one payment: as it is now, or as one of its events left it, which is what that event says. */
export function getPayment({
  load,
  event,
}: {
  readonly load: LoadPayment;
  readonly event: LoadPaymentEvent;
}) {
  const versions: Versions = {
    now: async (id) => {
      const payment = await load(id);
      return payment && { ...payment, body: renderPayment(payment) };
    },
    at: async (id, version) => {
      const left = await event(id, version);
      return left && { tenant: left.tenant, version, body: left.data.payment };
    },
  };
  return async <B>(request: HttpRequest<B, VersionQuery>): Promise<HttpResponse> => {
    const id = paymentIdOf(request);
    logAs({ payment_id: id });
    return answerVersion(versions, id, request, noSuchPayment);
  };
}
