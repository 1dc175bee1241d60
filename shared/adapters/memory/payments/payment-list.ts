import type { PaymentResource } from '../../../contracts/payment.ts';
import { nothingTaken, type Taken, take } from '../../../domain/projection/taken.ts';
import { matches, positionOf } from '../../../domain/search/filters.ts';
import { planOf } from '../../../domain/search/plan.ts';
import { mostExamined, type PaymentList } from '../../../ports/projections/payment-list.ts';
import type { ReadGenerations } from '../../../ports/projections/projections.ts';
import { firstGeneration } from '../projections/controls.ts';

interface Row {
  readonly tenant: string;
  readonly payment: PaymentResource;
  readonly taken: Taken;
}

/** The payment list in memory. */
export function memoryPaymentList(
  generations: ReadGenerations = firstGeneration,
  { most = mostExamined }: { readonly most?: number } = {},
): PaymentList {
  const all = new Map<number, Map<string, Row>>();
  const rowsOf = (generation: number) => {
    const rows = all.get(generation) ?? new Map<string, Row>();
    all.set(generation, rows);
    return rows;
  };
  const live = async () => rowsOf((await generations('payment_list')).live);
  const compared = (id: string, { tenant, payment, taken }: Row) => ({
    key: id,
    value: JSON.stringify([tenant, payment, taken]),
  });
  return {
    project: async ({ tenant, data: { payment } }, generation) => {
      const rows = rowsOf(generation);
      const row = rows.get(payment.id);
      const { fresh, taken } = take(row?.taken ?? nothingTaken, payment.version);
      if (row && row.payment.version >= payment.version) {
        rows.set(payment.id, { ...row, taken });
        return fresh;
      }
      rows.set(payment.id, { tenant, payment: structuredClone(payment), taken });
      return fresh;
    },
    list: async ({ tenant, filters, limit, after }) => {
      const { index } = planOf(filters, ['by_customer', 'by_status', 'all']);
      const { createdFrom, createdTo, status, customer } = filters;
      const narrowed = {
        createdFrom,
        createdTo,
        ...(index === 'by_status' && { status }),
        ...(index === 'by_customer' && { customer }),
      };
      const behind = [...(await live()).values()]
        .filter((row) => row.tenant === tenant && matches(narrowed, row.payment))
        .map(({ payment }) => ({ position: positionOf(payment), payment }))
        .filter(({ position }) => after === null || position < after)
        .sort((a, b) => (a.position < b.position ? 1 : -1));
      const examined = behind.slice(0, most);
      const found = examined.filter(({ payment }) => matches(filters, payment));
      const next = examined[examined.indexOf(found[limit] as (typeof found)[number]) - 1];
      const last = examined.length < behind.length ? examined.at(-1) : undefined;
      return {
        payments: found.slice(0, limit).map(({ payment }) => structuredClone(payment)),
        next: (found.length > limit ? next : last)?.position ?? null,
      };
    },
    find: async ({ id, tenant }) => {
      const row = (await live()).get(id);
      return row?.tenant === tenant ? structuredClone(row.payment) : null;
    },
    taken: async (payments) => {
      const rows = await live();
      return new Map(
        payments.flatMap(({ id }) => {
          const row = rows.get(id);
          return row ? [[id, row.taken]] : [];
        }),
      );
    },
    rows: async function* (generation) {
      for (const [id, row] of rowsOf(generation)) {
        yield compared(id, row);
      }
    },
    row: async (generation, key) => {
      const row = rowsOf(generation).get(key);
      return row ? compared(key, row) : null;
    },
    clear: async (generation) => {
      const { size } = rowsOf(generation);
      all.delete(generation);
      return size;
    },
  };
}
