import { isDeepStrictEqual } from 'node:util';
import { memoryPaymentList } from '../../../../shared/adapters/memory/payments/payment-list.ts';
import type { PaymentEvent } from '../../../../shared/contracts/events/payment-events.ts';
import type { PaymentResource } from '../../../../shared/contracts/payment.ts';
import type {
  ListedPayment,
  PaymentList,
} from '../../../../shared/ports/projections/payment-list.ts';
import { eventsOf, type Finding, type Rehearse } from './rehearsal.ts';

/**
 * The payment list, a payment at a time:
 * 1. take its events into a list that is empty
 * 2. compare the row with the one that is there
 */
export function rehearseList(live: Pick<PaymentList, 'find'>): Rehearse {
  return async function* (parts) {
    let list = memoryPaymentList();
    let of: ListedPayment | null = null;
    const compared = async (payment: ListedPayment) =>
      findingOf(payment.id, await list.find(payment), await live.find(payment));
    for await (const event of eventsOf<PaymentEvent>(parts)) {
      if (of && of.id !== event.subject) {
        yield await compared(of);
        list = memoryPaymentList();
      }
      await list.project(event, 1);
      of = { id: event.subject, tenant: event.tenant, created: event.data.payment.created };
    }
    if (of) {
      yield await compared(of);
    }
  };
}

function findingOf(
  id: string,
  would: PaymentResource | null,
  there: PaymentResource | null,
): Finding {
  const told = { of: id, would, there };
  if (!would || !there) {
    return { ...told, is: 'missing', says: 'no row is there' };
  }
  if (isDeepStrictEqual(would, there)) {
    return { ...told, is: 'same', says: `the row is there, at version ${there.version}` };
  }
  if (there.version > would.version) {
    const says = `the row is at version ${there.version}, and these events end at ${would.version}`;
    return { ...told, is: 'ahead', says };
  }
  const members = (Object.keys({ ...would, ...there }) as (keyof PaymentResource)[]).filter(
    (member) => !isDeepStrictEqual(would[member], there[member]),
  );
  const differences = members.map(
    (member) =>
      `${member} ${JSON.stringify(there[member])} and not ${JSON.stringify(would[member])}`,
  );
  return { ...told, is: 'differs', says: `the row has ${differences.join(', ')}` };
}
