import { expect, it } from 'vitest';
import { operationId, paymentId } from '../../../shared/domain/ids.ts';
import { changePayment, type PaymentChange } from '../../../shared/domain/payment/change.ts';
import { snapshotEvery } from '../../../shared/domain/snapshot.ts';
import type { PaymentHistory, PaymentStore } from '../../../shared/ports/payments.ts';
import { aChange, aTenant, nextStamp } from './changes.ts';

/** A payment of so many versions: a PSP was busy again and again. In their order. */
async function aHistory(store: PaymentStore, versions: number): Promise<readonly PaymentChange[]> {
  const first = aChange(aTenant());
  await store.accept(first);
  const changes = [first];
  for (let { after } = first; after.version < versions; ) {
    const change = changePayment(
      after,
      {
        type: 'payment.provider_busy',
        facts: {
          operation_id: operationId(after.id, 'charge'),
          provider: 'psp',
          reason: `${after.version}`,
        },
      },
      nextStamp(),
    );
    expect(await store.append(change)).toBe('written');
    changes.push(change);
    after = change.after;
  }
  return changes;
}

/** What an adapter has to do with what was. */
export function historyConforms(store: () => PaymentStore & PaymentHistory): void {
  const most = 2 * snapshotEvery + 3;

  it('gives each state as its version left it, near a snapshot and far from one', async () => {
    const changes = await aHistory(store(), most);
    const { id } = changes[0]?.after ?? { id: '' };
    for (const version of [1, 2, 99, 100, 101, 199, 200, 201, most]) {
      expect(await store().stateAt(id, version)).toEqual(changes[version - 1]?.after);
    }
  });

  it('has no state of a version that it has not come to, nor of none', async () => {
    const [change] = await aHistory(store(), 1);
    const { id } = change?.after ?? { id: '' };
    for (const version of [0, -1, 2, 100, 101, 99_999_999]) {
      expect(await store().stateAt(id, version)).toBeNull();
    }
    expect(await store().stateAt(paymentId('nobody', 'k'), 1)).toBeNull();
  });

  it('gives an event by its number', async () => {
    const changes = await aHistory(store(), 3);
    const { id } = changes[0]?.after ?? { id: '' };
    expect(JSON.stringify(await store().event(id, 2))).toBe(JSON.stringify(changes[1]?.event));
    for (const sequence of [0, 4]) {
      expect(await store().event(id, sequence)).toBeNull();
    }
    expect(await store().event(paymentId('nobody', 'k'), 1)).toBeNull();
  });

  it.each([1, 2, 3, 6, 7, 8, 100])(
    'gives each event once, oldest first, in parts of %i, and stops',
    async (limit) => {
      const changes = await aHistory(store(), 7);
      const { id } = changes[0]?.after ?? { id: '' };
      const found: unknown[] = [];
      let after: number | null = 0;
      let parts = 0;
      while (after !== null) {
        const page = await store().eventPage({ id, limit, after });
        found.push(...page.events);
        after = page.next;
        parts += 1;
      }
      expect(found).toEqual(changes.map(({ event }) => event));
      expect(parts).toBe(Math.ceil(7 / limit));
    },
  );

  it('gives neither a snapshot nor a state for an event', async () => {
    const changes = await aHistory(store(), snapshotEvery);
    const { id } = changes[0]?.after ?? { id: '' };
    const { events, next } = await store().eventPage({ id, limit: 100, after: 50 });
    expect([events.length, events.at(-1)?.sequence, next]).toEqual([50, 100, null]);
    expect(await store().events(id)).toHaveLength(snapshotEvery);
  });

  it('is over behind its end, and empty for nobody', async () => {
    const changes = await aHistory(store(), 2);
    const { id } = changes[0]?.after ?? { id: '' };
    const nothing = { events: [], next: null };
    expect(await store().eventPage({ id, limit: 2, after: 2 })).toEqual(nothing);
    expect(await store().eventPage({ id: paymentId('nobody', 'k'), limit: 2, after: 0 })).toEqual(
      nothing,
    );
  });
}
