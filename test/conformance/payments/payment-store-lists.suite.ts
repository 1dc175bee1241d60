import { expect, it } from 'vitest';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { operationId, paymentId, transferId } from '../../../shared/domain/ids.ts';
import { changePayment, type PaymentChange } from '../../../shared/domain/payment/change.ts';
import type { PaymentStore, ScannedPayment } from '../../../shared/ports/payments.ts';
import { aChange, aTenant, nextStamp } from './changes.ts';

/** What an adapter has to do with the list of what waits for a person. */
export function parkedConforms(store: () => PaymentStore): void {
  const write = async (change: PaymentChange, fact: PaymentFact) => {
    const next = changePayment(change.after, fact, nextStamp());
    await store().append(next);
    return next;
  };
  /** Payments of a tenant that wait for a person, the longest first. */
  const parked = async (tenant: string, count: number) => {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) {
      const change = aChange(tenant, `k${n}`);
      await store().accept(change);
      await write(change, parkedFact(change.after.id));
      ids.push(change.after.id);
    }
    return ids;
  };
  const pages = async (tenant: string | null, limit: number) => {
    const found: (readonly string[])[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<PaymentStore['parked']>> = await store().parked({
        tenant,
        limit,
        after,
      });
      found.push(page.ids);
      after = page.next;
    } while (after !== null);
    return found;
  };

  it('has those of a tenant that wait, the longest first, and no others', async () => {
    const [tenant, other] = [aTenant(), aTenant()];
    await store().accept(aChange(tenant, 'waits for nobody'));
    const first = await parked(tenant, 2);
    const others = await parked(other, 1);
    expect(await pages(tenant, 100)).toEqual([first]);
    expect(await pages(other, 100)).toEqual([others]);
    expect(await pages(aTenant(), 100)).toEqual([[]]);
    const everybodys = (await pages(null, 100)).flat();
    expect(everybodys.filter((id) => [...first, ...others].includes(id))).toEqual([
      ...first,
      ...others,
    ]);
  });

  it.each([1, 2, 3, 5])('gives each once in pages of %i, and stops', async (limit) => {
    const [tenant, other] = [aTenant(), aTenant()];
    const ids = await parked(tenant, 5);
    await parked(other, 3);
    const found = await pages(tenant, limit);
    expect(found.flat()).toEqual(ids);
    expect(found).toHaveLength(Math.ceil(5 / limit));
    const everybodys = (await pages(null, limit)).flat();
    expect(new Set(everybodys).size).toBe(everybodys.length);
    expect(everybodys.filter((id) => ids.includes(id))).toEqual(ids);
  });

  it('says no position but behind one of the tenant’s own', async () => {
    const [tenant, other] = [aTenant(), aTenant()];
    const ids = await parked(tenant, 2);
    const others = await parked(other, 1);
    const { next } = await store().parked({ tenant, limit: 1, after: null });
    expect(next).toContain(ids[0]);
    expect(next).not.toContain(others[0]);
  });

  it('goes on behind a payment that waits no more', async () => {
    const tenant = aTenant();
    const [first = '', second] = await parked(tenant, 2);
    const { next } = await store().parked({ tenant, limit: 1, after: null });
    const payment = await store().load(first);
    if (payment) {
      const resumed = { type: 'payment.resumed', facts: { reason: 'looked at' } } as const;
      await store().append(changePayment(payment, resumed, nextStamp()));
    }
    expect(await pages(tenant, 100)).toEqual([[second]]);
    expect(await store().parked({ tenant, limit: 1, after: next })).toEqual({
      ids: [second],
      next: null,
    });
  });
}

/** What an adapter has to do with a scan. */
export function scanConforms(store: () => PaymentStore): void {
  it('has every payment once, as far as it has come', async () => {
    const tenant = aTenant();
    const expected: ScannedPayment[] = [];
    const entries = Array.from({ length: 20 }, (_, n) => [`name ${n}`, '円'.repeat(200)]);
    // 36 KB each with their first events: DynamoDB reads 1 MB at once.
    const metadata = Object.fromEntries(entries);
    for (let n = 0; n < 60; n++) {
      let change = aChange(tenant, `k${n}`, { merchant_reference: `r${n}`, metadata });
      await store().accept(change);
      if (n % 20 === 0) {
        const reserved = changePayment(change.after, reservedFact(change.after.id), nextStamp());
        await store().append(reserved);
        change = reserved;
      }
      const { id, created, version } = change.after;
      expected.push({ id, tenant, created, version });
    }
    const found: ScannedPayment[] = [];
    let after: string | null = null;
    do {
      const part: Awaited<ReturnType<PaymentStore['scan']>> = await store().scan(after);
      found.push(...part.payments);
      after = part.next;
    } while (after !== null);
    const byId = (a: ScannedPayment, b: ScannedPayment) => (a.id < b.id ? -1 : 1);
    expect(found.filter((one) => one.tenant === tenant).sort(byId)).toEqual(expected.sort(byId));
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(found.some(({ id }) => id === paymentId(tenant, 'other'))).toBe(false);
  });
}

function parkedFact(payment: string): PaymentFact {
  return {
    type: 'payment.parked',
    facts: {
      operation_id: operationId(payment, 'charge'),
      operation: 'charge',
      reason: 'it did not come to an end',
    },
  };
}

function reservedFact(payment: string): PaymentFact {
  return {
    type: 'payment.reserved',
    facts: {
      transfer_id: transferId(payment, 'authorized'),
      amount: 10_000,
      execution: 'e1',
      provider: 'psp',
    },
  };
}
