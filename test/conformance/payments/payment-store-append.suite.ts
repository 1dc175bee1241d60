import { expect, it } from 'vitest';
import { paymentId } from '../../../shared/domain/ids.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import { changePayment, type PaymentChange } from '../../../shared/domain/payment/change.ts';
import type { PaymentHistory, PaymentStore } from '../../../shared/ports/payments.ts';
import { facts } from '../../support/payments/facts.ts';
import { aChange, aTenant, captured, held, nextStamp, released } from './changes.ts';

/** An adapter of the event store, and a look at the ledger that it writes to. */
export interface PaymentStoreAdapter {
  readonly store: PaymentStore & PaymentHistory;
  /** The transfers on a tenant's `merchant_payable` in EUR, in any order. */
  readonly transfers: (tenant: string) => Promise<readonly Transfer[]>;
  readonly close: () => Promise<void>;
}

/** What an adapter has to do with a further change. */
export function appendConforms(adapter: () => PaymentStoreAdapter): void {
  const accepted = async () => {
    const { after, event } = aChange(aTenant());
    await adapter().store.accept({ after, event, transfers: [] });
    return after;
  };

  it('writes each change with its event, in order, however many', async () => {
    const { store } = adapter();
    let payment = await accepted();
    const events = [...(await store.events(payment.id))];
    for (let index = 0; index < 12; index++) {
      const change = changePayment(payment, facts.busy, nextStamp());
      expect(await store.append(change)).toBe('written');
      events.push(change.event);
      payment = change.after;
    }
    expect(await store.load(payment.id)).toEqual(payment);
    expect(JSON.stringify(await store.events(payment.id))).toBe(JSON.stringify(events));
  });

  it('is a conflict when the payment is not at the version before, and writes nothing', async () => {
    const { store } = adapter();
    const payment = await accepted();
    const stale = changePayment(payment, facts.busy, nextStamp());
    const change = held(payment);
    expect(await store.append(change)).toBe('written');
    const early = { ...captured(change.after), after: { ...change.after, version: 5 } };
    for (const refused of [stale, change, early]) {
      expect(await store.append(refused)).toBe('conflict');
    }
    expect(await store.load(payment.id)).toEqual(change.after);
    expect(await store.events(payment.id)).toHaveLength(2);
    expect(await adapter().transfers(payment.tenant)).toEqual(change.transfers);
  });

  it('is a conflict for a payment that is not there', async () => {
    const { after } = aChange(aTenant());
    expect(await adapter().store.append(held(after))).toBe('conflict');
    expect(await adapter().store.load(after.id)).toBeNull();
    expect(await adapter().store.events(after.id)).toEqual([]);
    expect(await adapter().transfers(after.tenant)).toEqual([]);
  });

  it('writes one of ten at once at one version', async () => {
    const { store, transfers } = adapter();
    const payment = await accepted();
    const changes = Array.from({ length: 10 }, () => held(payment));
    const answers = await Promise.all(changes.map((change) => store.append(change)));
    expect([...answers].sort()).toEqual([...Array(9).fill('conflict'), 'written']);
    const winner = changes[answers.indexOf('written')] as PaymentChange;
    expect(await store.load(payment.id)).toEqual(winner.after);
    expect((await store.events(payment.id)).slice(1)).toEqual([winner.event]);
    expect(await transfers(payment.tenant)).toEqual(winner.transfers);
  });

  it('posts or voids, when a capture and a release race', async () => {
    const { store, transfers } = adapter();
    for (let round = 0; round < 5; round++) {
      const payment = await accepted();
      const hold = held(payment);
      await store.append(hold);
      const changes = [captured(hold.after), released(hold.after)];
      const answers = await Promise.all(changes.map((change) => store.append(change)));
      expect([...answers].sort()).toEqual(['conflict', 'written']);
      const winner = changes[answers.indexOf('written')] as PaymentChange;
      expect(await store.load(payment.id)).toEqual(winner.after);
      const kinds = (await transfers(payment.tenant)).map(({ kind }) => kind);
      expect(kinds.includes('post_pending')).toBe(winner.event.type === 'payment.captured');
      expect(kinds.includes('void_pending')).toBe(winner.event.type !== 'payment.captured');
    }
  });
}

/** What an adapter has to do with a change's transfers. */
export function ledgerConforms(adapter: () => PaymentStoreAdapter): void {
  /** A payment of a tenant of its own whose amount is held. */
  const aHeld = async () => {
    const { after } = aChange(aTenant());
    await adapter().store.accept(aChange(after.tenant));
    const hold = held(after);
    expect(await adapter().store.append(hold)).toBe('written');
    return hold;
  };
  const byId = (transfers: readonly Transfer[]) =>
    [...transfers].sort((a, b) => (a.id < b.id ? -1 : 1));

  it('gets a change’s transfers with the change', async () => {
    const hold = await aHeld();
    const capture = captured(hold.after);
    expect(await adapter().store.append(capture)).toBe('written');
    expect(byId(await adapter().transfers(hold.after.tenant))).toEqual(
      byId([...hold.transfers, ...capture.transfers]),
    );
  });

  const misfits: [string, (hold: PaymentChange, capture: PaymentChange) => readonly Transfer[]][] =
    [
      ['is there already', (hold) => hold.transfers],
      [
        'posts what was never held',
        (_, { transfers }) => transfers.map((one) => ({ ...one, pendingId: paymentId('x', 'x') })),
      ],
      [
        'posts more than was held',
        (_, { transfers }) =>
          transfers.map((one) => ({ ...one, amountMinor: 10_001, pendingAmountMinor: 10_001 })),
      ],
      [
        'is of another tenant',
        (_, { transfers }) => transfers.map((one) => ({ ...one, tenant: 'x' })),
      ],
      [
        'is of another currency',
        (_, { transfers }) => transfers.map((one) => ({ ...one, currency: 'USD' })),
      ],
      [
        'is between other accounts',
        (_, { transfers }) => transfers.map((one) => ({ ...one, creditAccount: 'fee_revenue' })),
      ],
      [
        'comes second of two',
        (hold, { transfers }) => [transfers[1] as Transfer, ...hold.transfers],
      ],
    ];
  it.each(misfits)('refuses a transfer that %s, and then nothing is written', async (_name, of) => {
    const { store, transfers } = adapter();
    const hold = await aHeld();
    const capture = captured(hold.after);
    await expect(
      store.append({ ...capture, transfers: of(hold, capture) as readonly Transfer[] }),
    ).rejects.toThrow();
    expect(await store.load(hold.after.id)).toEqual(hold.after);
    expect(await store.events(hold.after.id)).toHaveLength(2);
    expect(await transfers(hold.after.tenant)).toEqual(hold.transfers);
    // And the change itself can still be made.
    expect(await store.append(capture)).toBe('written');
  });

  it('has nothing to say where the version has moved on already', async () => {
    const hold = await aHeld();
    const release = released(hold.after);
    const capture = captured(hold.after);
    expect(await adapter().store.append(release)).toBe('written');
    expect(await adapter().store.append(capture)).toBe('conflict');
  });
}
