import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changePayout, type PayoutChange, payoutId } from '../../../shared/domain/payout/change.ts';
import type { Payout } from '../../../shared/domain/payout/state.ts';
import {
  aRequestedPayout,
  madeAvailable,
  type PayoutFactName,
  payoutFacts,
} from '../../support/payouts.ts';
import { aTenant, nextStamp, type PayoutAdapter } from './adapter.ts';
import { listConforms } from './payout-list.suite.ts';
import { watchedConforms } from './payout-watched.suite.ts';

const change = (payout: Payout, name: PayoutFactName): PayoutChange =>
  changePayout(payout, payoutFacts[name], nextStamp());

/** What every adapter of the event store of payouts has to do. */
export function payoutStoreConformance(kind: string, open: () => Promise<PayoutAdapter>): void {
  describe(`the event store of payouts on ${kind}`, () => {
    let adapter: PayoutAdapter;
    beforeAll(async () => {
      adapter = await open();
    });
    afterAll(() => adapter.close());

    describe('accepting', () => acceptConforms(() => adapter));
    describe('appending', () => appendConforms(() => adapter));
    describe('what is available', () => limitConforms(() => adapter));
    describe('the list', () => listConforms(() => adapter));
    describe('what is watched', () => watchedConforms(() => adapter));
  });
}

function acceptConforms(adapter: () => PayoutAdapter): void {
  it('writes the state and the first event, byte for byte', async () => {
    const { payouts } = adapter();
    const metadata = { b: '1', a: '', '10': 'ten', constructor: '\u0000"\\ é 円 😀' };
    const first = aRequestedPayout(nextStamp, { metadata }, { tenant: aTenant() });
    expect(await payouts.accept(first)).toEqual({ kind: 'accepted' });
    expect(JSON.stringify(await payouts.load(first.after.id))).toBe(JSON.stringify(first.after));
    expect(JSON.stringify(await payouts.events(first.after.id))).toBe(
      JSON.stringify([first.event]),
    );
  });

  it('knows nothing of a payout that was never accepted', async () => {
    const { payouts } = adapter();
    const id = payoutId('nobody', 'k');
    expect([await payouts.load(id), await payouts.events(id)]).toEqual([null, []]);
  });

  it('answers a second time with the first event, whatever the second says', async () => {
    const { payouts } = adapter();
    const tenant = aTenant();
    const first = aRequestedPayout(nextStamp, {}, { tenant });
    await payouts.accept(first);
    const failed = change(first.after, 'failed');
    await payouts.append(failed);
    const answer = await payouts.accept(aRequestedPayout(nextStamp, { amount: 1 }, { tenant }));
    expect(JSON.stringify(answer)).toBe(JSON.stringify({ kind: 'exists', first: first.event }));
    expect(await payouts.load(first.after.id)).toEqual(failed.after);
    expect(await payouts.events(first.after.id)).toEqual([first.event, failed.event]);
  });

  it('accepts one of ten at once, and shows the others its event', async () => {
    const { payouts } = adapter();
    const tenant = aTenant();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => payouts.accept(aRequestedPayout(nextStamp, {}, { tenant }))),
    );
    const [event, ...more] = await payouts.events(payoutId(tenant, 'key-1'));
    expect(more).toEqual([]);
    expect(answers.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind !== 'accepted')).toEqual(
      Array(9).fill({ kind: 'exists', first: event }),
    );
  });

  it('gives out nothing by which a caller could change what is stored', async () => {
    const { payouts } = adapter();
    const metadata = { a: '1' };
    const first = aRequestedPayout(nextStamp, { metadata }, { tenant: aTenant() });
    await payouts.accept(first);
    const mine = await payouts.load(first.after.id);
    if (mine) {
      mine.request.metadata.a = 'changed';
    }
    expect((await payouts.load(first.after.id))?.request.metadata).toEqual({ a: '1' });
  });
}

/** A payout that is in the store, of a tenant that has so much available. */
async function accepted(
  { payouts, write }: PayoutAdapter,
  { tenant = aTenant(), key = 'key-1', availableMinor = 9_710 } = {},
): Promise<Payout> {
  const first = aRequestedPayout(nextStamp, {}, { tenant, key });
  await payouts.accept(first);
  if (availableMinor > 0) {
    expect(await write([madeAvailable(availableMinor, { tenant, key })])).toBe('written');
  }
  return first.after;
}

function appendConforms(adapter: () => PayoutAdapter): void {
  it('writes each change with its event and its transfer, in order', async () => {
    const { payouts, transfers } = adapter();
    let payout = await accepted(adapter());
    const changes: PayoutChange[] = [];
    for (const name of [
      'reserved',
      'sending',
      'busy',
      'sending',
      'declined',
      'returned',
    ] as const) {
      const next = change(payout, name);
      expect(await payouts.append(next)).toBe('written');
      changes.push(next);
      payout = next.after;
    }
    expect(await payouts.load(payout.id)).toEqual(payout);
    const events = await payouts.events(payout.id);
    expect(JSON.stringify(events.slice(1))).toBe(JSON.stringify(changes.map(({ event }) => event)));
    const written = (await transfers(payout.tenant, 'EUR')).filter(
      ({ operationId }) => operationId === payout.id,
    );
    expect(written).toEqual(changes.flatMap((one) => one.transfers).reverse());
  });

  it('is a conflict when the payout is not at the version before, and writes nothing', async () => {
    const { payouts, transfers } = adapter();
    const payout = await accepted(adapter(), { availableMinor: 100_000 });
    const stale = change(payout, 'failed');
    const reserved = change(payout, 'reserved');
    expect(await payouts.append(reserved)).toBe('written');
    for (const refused of [stale, reserved]) {
      expect(await payouts.append(refused)).toBe('conflict');
    }
    expect(await payouts.load(payout.id)).toEqual(reserved.after);
    expect(await payouts.events(payout.id)).toHaveLength(2);
    expect(await transfers(payout.tenant, 'EUR')).toHaveLength(2);
  });

  it('is a conflict for a payout that is not there', async () => {
    const { payouts } = adapter();
    const { after } = aRequestedPayout(nextStamp, {}, { tenant: aTenant() });
    expect(await payouts.append(change(after, 'failed'))).toBe('conflict');
    expect(await payouts.load(after.id)).toBeNull();
  });

  it('is a conflict, and no lack of funds, when the payout itself has taken the last of them', async () => {
    const { payouts } = adapter();
    const payout = await accepted(adapter());
    expect(await payouts.append(change(payout, 'reserved'))).toBe('written');
    expect(await payouts.append(change(payout, 'reserved'))).toBe('conflict');
  });

  it('writes one of ten at once at one version', async () => {
    const { payouts, transfers } = adapter();
    const payout = await accepted(adapter(), { availableMinor: 100_000 });
    const changes = Array.from({ length: 10 }, () => change(payout, 'reserved'));
    const answers = await Promise.all(changes.map((one) => payouts.append(one)));
    expect([...answers].sort()).toEqual([...Array(9).fill('conflict'), 'written']);
    const winner = changes[answers.indexOf('written')];
    expect(await payouts.load(payout.id)).toEqual(winner?.after);
    expect(await transfers(payout.tenant, 'EUR')).toHaveLength(2);
  });

  it('ends once, when the bank’s notice and the saga race', async () => {
    const { payouts } = adapter();
    let payout = await accepted(adapter());
    for (const name of ['reserved', 'sending', 'busy'] as const) {
      const next = change(payout, name);
      await payouts.append(next);
      payout = next.after;
    }
    const changes = (['paid', 'returned'] as const).map((name) => change(payout, name));
    const answers = await Promise.all(changes.map((one) => payouts.append(one)));
    expect([...answers].sort()).toEqual(['conflict', 'written']);
    expect(await payouts.load(payout.id)).toEqual(changes[answers.indexOf('written')]?.after);
  });
}

function limitConforms(adapter: () => PayoutAdapter): void {
  const available = async (tenant: string) =>
    Number((await adapter().readLimited(tenant, 'EUR', 'merchant_available')).availableMinor);

  it.each([0, 9_709])('is not enough with %i, and nothing is written', async (availableMinor) => {
    const { payouts } = adapter();
    const payout = await accepted(adapter(), { availableMinor });
    expect(await payouts.append(change(payout, 'reserved'))).toBe('insufficient_funds');
    expect(await payouts.load(payout.id)).toEqual(payout);
    expect(await payouts.events(payout.id)).toHaveLength(1);
    expect(await available(payout.tenant)).toBe(availableMinor);
  });

  it('goes with a reservation, and comes back with its return', async () => {
    const { payouts } = adapter();
    const payout = await accepted(adapter());
    const reserved = change(payout, 'reserved');
    await payouts.append(reserved);
    expect(await available(payout.tenant)).toBe(0);
    await payouts.append(change(reserved.after, 'returned'));
    expect(await available(payout.tenant)).toBe(9_710);
  });

  it('is never passed by payouts that race, and none of them fails for the others', async () => {
    const { payouts } = adapter();
    const tenant = aTenant();
    const racing = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        accepted(adapter(), { tenant, key: `k${index}`, availableMinor: index < 3 ? 9_710 : 0 }),
      ),
    );
    const answers = await Promise.all(
      racing.map((payout) => payouts.append(change(payout, 'reserved'))),
    );
    expect(answers.filter((answer) => answer === 'written')).toHaveLength(3);
    expect(answers.filter((answer) => answer === 'insufficient_funds')).toHaveLength(5);
    expect(await available(tenant)).toBe(0);
  });
}
