import { expect, it } from 'vitest';
import { changePayout } from '../../../shared/domain/payout/change.ts';
import { renderPayout } from '../../../shared/domain/payout/state.ts';
import type { ScannedPayment } from '../../../shared/ports/payments.ts';
import type { PayoutStore } from '../../../shared/ports/payouts/payouts.ts';
import { aRequestedPayout, payoutFacts } from '../../support/payouts.ts';
import { aTenant, nextStamp, type PayoutAdapter } from './adapter.ts';

/** What every adapter has to do as the list of a tenant's payouts. */
export function listConforms(adapter: () => PayoutAdapter): void {
  const accepted = async (tenant: string, key: string) => {
    const first = aRequestedPayout(nextStamp, { metadata: { b: '1', a: '2' } }, { tenant, key });
    await adapter().payouts.accept(first);
    return first.after;
  };

  it('is empty for a tenant without payouts', async () => {
    const page = await adapter().payouts.list({ tenant: aTenant(), limit: 10, after: null });
    expect(page).toEqual({ payouts: [], next: null });
  });

  it('has each payout as it is now, byte for byte', async () => {
    const { payouts } = adapter();
    const tenant = aTenant();
    const payout = await accepted(tenant, 'k1');
    const failed = changePayout(payout, payoutFacts.failed, nextStamp());
    await payouts.append(failed);
    const page = await payouts.list({ tenant, limit: 10, after: null });
    expect(JSON.stringify(page.payouts)).toBe(JSON.stringify([renderPayout(failed.after)]));
  });

  it.each([1, 2, 3, 5])('gives them newest first, %i at a time, each once', async (limit) => {
    const { payouts } = adapter();
    const tenant = aTenant();
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) {
      ids.unshift((await accepted(tenant, `k${index}`)).id);
    }
    const seen: string[] = [];
    let after: string | null = null;
    let pages = 0;
    do {
      const page = await payouts.list({ tenant, limit, after });
      seen.push(...page.payouts.map(({ id }) => id));
      after = page.next;
      pages += 1;
    } while (after !== null);
    expect(seen).toEqual(ids);
    expect(pages).toBe(Math.ceil(5 / limit));
  });

  it('has none of another tenant, whose name begins alike', async () => {
    const { payouts } = adapter();
    const tenant = aTenant();
    await accepted(`${tenant}#x`, 'k');
    const payout = await accepted(tenant, 'k');
    const page = await payouts.list({ tenant, limit: 10, after: null });
    expect(page.payouts.map(({ id }) => id)).toEqual([payout.id]);
  });

  it('is scanned with every payout once, as far as it has come, and nothing else', async () => {
    const { payouts } = adapter();
    const tenant = aTenant();
    const expected: ScannedPayment[] = [];
    for (let index = 0; index < 7; index++) {
      const payout = await accepted(tenant, `k${index}`);
      const failed = changePayout(payout, payoutFacts.failed, nextStamp());
      if (index % 2 === 0) {
        await payouts.append(failed);
      }
      const { id, created, version } = index % 2 === 0 ? failed.after : payout;
      expected.push({ id, tenant, created, version });
    }
    const found: ScannedPayment[] = [];
    let after: string | null = null;
    do {
      const part: Awaited<ReturnType<PayoutStore['scan']>> = await payouts.scan(after);
      found.push(...part.payouts);
      after = part.next;
    } while (after !== null);
    const byId = (a: ScannedPayment, b: ScannedPayment) => (a.id < b.id ? -1 : 1);
    expect(found.filter((one) => one.tenant === tenant).sort(byId)).toEqual(expected.sort(byId));
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  });
}
