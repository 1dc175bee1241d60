import type { PaymentResource } from '../../../contracts/payment.ts';
import type { PaymentList } from '../../../ports/payment-list.ts';

/** The payment list in memory. */
export function memoryPaymentList(): PaymentList {
  const rows = new Map<string, { tenant: string; position: string; payment: PaymentResource }>();
  const taken = new Map<string, Set<number>>();
  return {
    project: async ({ tenant, payment }) => {
      const row = rows.get(payment.id);
      taken.set(payment.id, new Set(taken.get(payment.id)).add(payment.version));
      if (row && row.payment.version >= payment.version) {
        return 'not_newer';
      }
      rows.set(payment.id, {
        tenant,
        position: `${payment.created}#${payment.id}`,
        payment: structuredClone(payment),
      });
      return 'projected';
    },
    list: async ({ tenant, status, limit, after }) => {
      const matching = [...rows.values()]
        .filter((row) => row.tenant === tenant && (!status || row.payment.status === status))
        .filter(({ position }) => after === null || position < after)
        .sort((a, b) => (a.position < b.position ? 1 : -1));
      const page = matching.slice(0, limit);
      return {
        payments: page.map(({ payment }) => structuredClone(payment)),
        next: matching.length > limit ? (page.at(-1)?.position ?? null) : null,
      };
    },
    taken: async (payments) =>
      new Map(
        payments.flatMap(({ id }) => {
          const sequences = taken.get(id);
          return sequences ? [[id, new Set(sequences)]] : [];
        }),
      ),
  };
}
