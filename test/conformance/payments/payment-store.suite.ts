import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AcceptedPaymentRequest } from '../../../shared/contracts/payment.ts';
import { paymentId } from '../../../shared/domain/ids.ts';
import type { PaymentStore } from '../../../shared/ports/payments.ts';
import { aChange, aTenant, held } from './changes.ts';
import {
  appendConforms,
  ledgerConforms,
  type PaymentStoreAdapter,
} from './payment-store-append.suite.ts';
import { dueConforms } from './payment-store-due.suite.ts';
import { historyConforms } from './payment-store-history.suite.ts';
import { parkedConforms, scanConforms } from './payment-store-lists.suite.ts';

/** What every adapter of the event store has to do. */
export function paymentStoreConformance(
  kind: string,
  open: () => Promise<PaymentStoreAdapter>,
): void {
  describe(`the event store on ${kind}`, () => {
    let adapter: PaymentStoreAdapter;
    beforeAll(async () => {
      adapter = await open();
    });
    afterAll(() => adapter.close());

    describe('accepting', () => acceptConforms(() => adapter.store));
    describe('a merchant reference', () => referenceConforms(() => adapter.store));
    describe('appending', () => appendConforms(() => adapter));
    describe('the ledger', () => ledgerConforms(() => adapter));
    describe('what a sweeper has to look at', () => dueConforms(() => adapter.store));
    describe('what waits for a person', () => parkedConforms(() => adapter.store));
    describe('what was', () => historyConforms(() => adapter.store));
    describe('a scan', () => scanConforms(() => adapter.store));
  });
}

function acceptConforms(store: () => PaymentStore): void {
  it('writes the state and the first event, byte for byte', async () => {
    const change = aChange(aTenant(), 'k', {
      merchant_reference: 'order é 円 😀 #1',
      metadata: { b: '1', a: '', '10': 'ten', '9': 'nine', constructor: '\u0000"\\' },
    });
    expect(await store().accept(change)).toEqual({ kind: 'accepted' });
    expect(JSON.stringify(await store().load(change.after.id))).toBe(JSON.stringify(change.after));
    expect(JSON.stringify(await store().events(change.after.id))).toBe(
      JSON.stringify([change.event]),
    );
  });

  it('knows nothing of a payment that was never accepted', async () => {
    const id = paymentId('nobody', 'k');
    expect([await store().load(id), await store().events(id)]).toEqual([null, []]);
  });

  it('answers a second time with the first event, whatever the second says', async () => {
    const tenant = aTenant();
    const first = aChange(tenant);
    await store().accept(first);
    const { after, event } = held(first.after);
    await store().append({ after, event, transfers: [] });
    const second = aChange(tenant, 'k', { amount: 1, merchant_reference: 'r' });
    const answer = await store().accept(second);
    expect(JSON.stringify(answer)).toBe(JSON.stringify({ kind: 'exists', first: first.event }));
    expect(await store().load(first.after.id)).toEqual(after);
    expect(await store().events(first.after.id)).toEqual([first.event, event]);
    // The reference of the second was not taken by it.
    const other = aChange(tenant, 'other', { merchant_reference: 'r' });
    expect(await store().accept(other)).toEqual({ kind: 'accepted' });
  });

  it('accepts one of ten at once, and shows the others its event', async () => {
    const tenant = aTenant();
    const changes = Array.from({ length: 10 }, () => aChange(tenant));
    const answers = await Promise.all(changes.map((change) => store().accept(change)));
    const [event, ...more] = await store().events(paymentId(tenant, 'k'));
    expect(more).toEqual([]);
    const accepted = changes.filter((_, index) => answers[index]?.kind === 'accepted');
    expect(accepted.map((change) => change.event)).toEqual([event]);
    const others = answers.filter(({ kind }) => kind !== 'accepted');
    expect(others).toEqual(Array(9).fill({ kind: 'exists', first: event }));
    expect((await store().load(paymentId(tenant, 'k')))?.lastEventId).toBe(event?.id);
  });

  it('accepts one of ten at once that have one reference, and shows the others its event', async () => {
    const tenant = aTenant();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        store().accept(aChange(tenant, 'k', { merchant_reference: 'r' })),
      ),
    );
    expect(answers.map(({ kind }) => kind).sort()).toEqual([
      'accepted',
      ...Array(9).fill('exists'),
    ]);
  });

  it('gives out nothing by which a caller could change what is stored', async () => {
    const change = aChange(aTenant(), 'k', { metadata: { a: '1' } });
    const { id } = change.after;
    await store().accept(change);
    for (const mine of [await store().load(id), (await store().events(id))[0]?.data]) {
      const { metadata } = (mine as { request: AcceptedPaymentRequest }).request;
      metadata.a = 'changed';
    }
    expect((await store().load(id))?.request.metadata).toEqual({ a: '1' });
    expect((await store().events(id))[0]).toEqual(change.event);
  });
}

function referenceConforms(store: () => PaymentStore): void {
  const withReference = (tenant: string, key: string, merchant_reference = 'r') =>
    aChange(tenant, key, { merchant_reference });

  it('belongs to the first payment, and nothing of the second is written', async () => {
    const tenant = aTenant();
    const [first, second] = [withReference(tenant, 'k1'), withReference(tenant, 'k2')];
    await store().accept(first);
    expect(await store().accept(second)).toEqual({
      kind: 'reference_taken',
      paymentId: first.after.id,
    });
    expect(await store().load(second.after.id)).toBeNull();
    expect(await store().events(second.after.id)).toEqual([]);
    expect(await store().accept(withReference(tenant, 'k2', 'other'))).toEqual({
      kind: 'accepted',
    });
  });

  it('does not stand in the way of its own payment', async () => {
    const tenant = aTenant();
    const first = withReference(tenant, 'k');
    await store().accept(first);
    expect(await store().accept(withReference(tenant, 'k'))).toEqual({
      kind: 'exists',
      first: first.event,
    });
  });

  it('of another payment is second to a payment that is there', async () => {
    const tenant = aTenant();
    await store().accept(withReference(tenant, 'k1'));
    const plain = aChange(tenant, 'k2');
    await store().accept(plain);
    expect(await store().accept(withReference(tenant, 'k2'))).toEqual({
      kind: 'exists',
      first: plain.event,
    });
  });

  it('is its tenant’s own, as it is written', async () => {
    const tenant = aTenant();
    const others: [string, string][] = [
      [aTenant(), 'r'],
      [tenant, 'R'],
      [tenant, ' r'],
      [tenant, 'r#r'],
      [`${tenant}#r`, 'r'],
      [tenant, 'é'],
      [tenant, 'e\u0301'],
    ];
    await store().accept(withReference(tenant, 'k'));
    for (const [index, [of, reference]] of others.entries()) {
      const change = withReference(of, `k${index}`, reference);
      expect(await store().accept(change)).toEqual({ kind: 'accepted' });
    }
  });

  it.each([2, 10])('has one payment when %i ask for it at once', async (count) => {
    const tenant = aTenant();
    const changes = Array.from({ length: count }, (_, index) => withReference(tenant, `k${index}`));
    const answers = await Promise.all(changes.map((change) => store().accept(change)));
    const winners = changes.filter((_, index) => answers[index]?.kind === 'accepted');
    expect(winners).toHaveLength(1);
    const winner = winners[0]?.after.id;
    for (const [index, change] of changes.entries()) {
      if (change.after.id !== winner) {
        expect(answers[index]).toEqual({ kind: 'reference_taken', paymentId: winner });
        expect(await store().load(change.after.id)).toBeNull();
      }
    }
  });
}
