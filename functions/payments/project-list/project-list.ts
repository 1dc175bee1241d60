import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import type { ProjectPayment } from '../../../shared/ports/payment-list.ts';

/** Keeps the payment list: each event carries the payment as it left it, and a later one wins. */
export function projectList(project: ProjectPayment) {
  return async (event: PaymentEvent): Promise<void> => {
    await project({ tenant: event.tenant, payment: event.data.payment });
  };
}
