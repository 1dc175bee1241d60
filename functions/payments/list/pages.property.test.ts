import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryPaymentList } from '../../../shared/adapters/memory/payments/payment-list.ts';
import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import { renderPayment } from '../../../shared/domain/payment/state.ts';
import { memoryApi } from '../../../test/support/api/memory-api.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { listPayments } from './list.ts';

const template = renderPayment(anAcceptedPayment(countingStamps()).after);
const statuses = ['processing', 'authorized', 'captured'] as const;
const customers = [null, 'cus_1', 'cus_2'] as const;

/** Payment `n`: two in a millisecond. */
function payment(n: number): PaymentResource {
  const id = `${String(n).padStart(8, '0')}-0000-8000-8000-000000000000`;
  const created = new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 2)).toISOString();
  const customer = customers[n % 3] ?? null;
  return { ...template, id, created, version: 1, status: 'processing', customer, amount: 1 + n };
}

const filters = fc.record(
  {
    status: fc.constantFrom(...statuses),
    customer: fc.constantFrom('cus_1', 'cus_2'),
    amount_min: fc.integer({ min: 1, max: 8 }),
    created_from: fc.integer({ min: 0, max: 3 }).map((n) => payment(2 * n).created),
  },
  { requiredKeys: [] },
);

/** Changes of payments, some of them new, between one page and the next. */
const writes = fc.array(
  fc.array(fc.record({ n: fc.nat({ max: 15 }), status: fc.constantFrom(...statuses) }), {
    maxLength: 6,
  }),
  { maxLength: 20 },
);

function isMatch(of: PaymentResource, asked: Record<string, unknown>): boolean {
  return (
    [undefined, of.status].includes(asked.status as never) &&
    [undefined, of.customer].includes(asked.customer as never) &&
    of.amount >= ((asked.amount_min as number) ?? 0) &&
    of.created >= ((asked.created_from as string) ?? '')
  );
}

describe('the pages of a search', () => {
  it('have what matches throughout once each, and nothing twice, whatever is written between them', async () => {
    await fc.assert(
      fc.asyncProperty(
        filters,
        writes,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
        async (asked, written, limit, most) => {
          const list = memoryPaymentList(undefined, { most });
          const rows = new Map<number, PaymentResource>();
          const matching = new Map<string, boolean>();
          const write = async (n: number, status: PaymentResource['status'], isFirst: boolean) => {
            const before = rows.get(n);
            const row = { ...(before ?? payment(n)), status, version: (before?.version ?? 0) + 1 };
            rows.set(n, row);
            const was = isFirst || (matching.get(row.id) ?? false);
            matching.set(row.id, was && isMatch(row, asked));
            await list.project({ tenant: 'acme', data: { payment: row } }, 1);
          };
          for (let n = 0; n < 8; n++) {
            await write(n, statuses[n % 3] ?? 'processing', true);
          }
          const { store } = memoryApi();
          const search = listPayments({
            ...list,
            ...store,
            nowMs: () => 0,
            pause: async () => {},
            remainingMs: () => 0,
          });
          const found: string[] = [];
          let cursor: string | null = null;
          let pages = 0;
          do {
            const query = { limit, ...asked, ...(cursor === null ? {} : { cursor }) };
            const { body } = await search({ tenant: 'acme', query } as never);
            const page = body as { data: PaymentResource[]; next_cursor: string | null };
            expect(page.data.length).toBeLessThanOrEqual(limit);
            found.push(...page.data.map(({ id }) => id));
            cursor = page.next_cursor;
            for (const { n, status } of written[pages] ?? []) {
              await write(n, status, false);
            }
            pages += 1;
            // Each page comes further, so there are no more of them than payments to come past.
            expect(pages).toBeLessThanOrEqual(17);
          } while (cursor !== null);
          expect(new Set(found).size).toBe(found.length);
          const throughout = [...matching].flatMap(([id, is]) => (is ? [id] : []));
          expect(found).toEqual(expect.arrayContaining(throughout));
        },
      ),
      { numRuns: 300 },
    );
  });
});
