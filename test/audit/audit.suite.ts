import { setImmediate as others } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditLedger } from '../../shared/domain/audit/audit.ts';
import { conversionId, makeConversion } from '../../shared/domain/conversion.ts';
import { postedTransfer, type Transfer } from '../../shared/domain/ledger/transfer.ts';
import { money } from '../../shared/domain/money/money.ts';
import { changePayment } from '../../shared/domain/payment/change.ts';
import { foldPayment } from '../../shared/domain/payment/fold.ts';
import type { Payment } from '../../shared/domain/payment/state.ts';
import { changePayout } from '../../shared/domain/payout/change.ts';
import { paymentStateVersion, snapshotEvery } from '../../shared/domain/snapshot.ts';
import type { AuditSources } from '../../shared/ports/audit.ts';
import type { Books, WriteTransfers } from '../../shared/ports/ledger.ts';
import type { PaymentStore } from '../../shared/ports/payments.ts';
import type { ConversionStore } from '../../shared/ports/payouts/conversions.ts';
import type { PayoutStore } from '../../shared/ports/payouts/payouts.ts';
import { facts } from '../support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../support/payments/payments.ts';
import { aRequestedPayout, payoutFacts } from '../support/payouts.ts';
import { longAfter, neverOutOfTime } from './world/history.ts';
import { writers } from './world/writers.ts';

/** The stores that an audit reads, of one kind, for this suite alone. */
export interface AuditedStores {
  readonly payments: PaymentStore;
  readonly payouts: PayoutStore;
  readonly conversions: ConversionStore;
  readonly write: WriteTransfers;
  readonly books: Books;
  readonly sources: AuditSources;
  readonly close: () => Promise<void>;
}

/** Another order than the stores' own: nobody says which it is. */
const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);

export const auditOf = async (sources: AuditSources) => {
  const { found, checked } = await auditLedger(sources, {
    started: longAfter,
    isOutOfTime: neverOutOfTime,
  });
  return { found: found.listed, checked };
};

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const item of items) {
    read.push(item);
  }
  return read;
}

/**
 * A payment of EUR 100.00 whose PSP was busy so often that there is a snapshot, that was captured, settled, refunded in part and disputed, a payout of
 * what came of it that came back, and a part of that converted.
 */
async function fill({ payments, payouts, conversions, write, books, sources }: AuditedStores) {
  const nextStamp = countingStamps();
  const accepted = anAcceptedPayment(nextStamp);
  expect(await payments.accept(accepted)).toEqual({ kind: 'accepted' });
  let payment: Payment = accepted.after;
  for (const name of [
    'reserved',
    ...Array.from({ length: snapshotEvery }, () => 'busy' as const),
    'captured',
    'refundRequested',
    'refundHeld',
    'refunded',
    'disputeOpened',
    'disputeWon',
  ] as const) {
    const change = changePayment(payment, facts[name], nextStamp());
    expect(await payments.append(change)).toBe('written');
    payment = change.after;
  }
  const settled = {
    tenant: 'acme',
    currency: 'EUR',
    paymentId: payment.id,
    operationId: facts.captured.facts.operation_id,
    time: nextStamp().time,
  } as const;
  const settlement = [
    postedTransfer('settled', 9_880, 'a1', settled),
    postedTransfer('psp_fee', 120, 'a2', settled),
    postedTransfer('made_available', 9_710, 'a3', settled),
  ];
  expect(await write(settlement)).toBe('written');
  const requested = aRequestedPayout(nextStamp);
  await payouts.accept(requested);
  let payout = requested.after;
  for (const name of ['reserved', 'sending', 'sent', 'cameBack'] as const) {
    const change = changePayout(payout, payoutFacts[name], nextStamp());
    expect(await payouts.append(change)).toBe('written');
    payout = change.after;
  }
  const conversion = makeConversion(
    {
      id: conversionId('acme', 'key-1'),
      tenant: 'acme',
      requestHash: 'hash',
      sold: money(1_000, 'EUR'),
      to: 'USD',
    },
    { date: '2026-01-01', base: 'EUR', rates: { USD: '1.1590' } },
    nextStamp().time,
  );
  expect(await conversions.write(conversion)).toEqual({ kind: 'written' });
  const transfers = await all(sources.ledger.transfers());
  for (const currency of ['EUR', 'USD'] as const) {
    const numbered = transfers
      .filter((transfer) => transfer.currency === currency)
      .map((transfer, index) => ({ transfer, sequence: String(index + 1) }));
    for (const run of [numbered.slice(0, 4), numbered.slice(4)].filter(({ length }) => length)) {
      await books.fold({ tenant: 'acme', currency, shardId: 's', transfers: run });
    }
  }
  return { payment, payout, conversion };
}

/** The stores, and what is in them, once the tests run. */
export interface Current {
  stores: AuditedStores;
  stored: Awaited<ReturnType<typeof fill>>;
}

/**
 * What every adapter of the audit's ports has to do.
 *
 * @param more tests of one kind of adapter, on the same stores
 */
export function auditConforms(
  kind: string,
  open: () => Promise<AuditedStores>,
  more: (current: Current) => void = () => {},
): void {
  const current = {} as Current;

  describe(`the audit on ${kind}`, () => {
    beforeAll(async () => {
      current.stores = await open();
      current.stored = await fill(current.stores);
    });
    afterAll(() => current.stores.close());

    it('is clean', async () => {
      const { found, checked } = await auditOf(current.stores.sources);
      expect(found).toEqual([]);
      expect(checked).toEqual({
        books: 2,
        accounts: 13,
        transfers: 14,
        links: 3,
        payments: 1,
        events: 13 + snapshotEvery,
        payouts: 1,
        conversions: 1,
      });
    });

    it('reads each payment, payout and conversion with all that is stored of it', async () => {
      const { stores, stored } = current;
      const { payment, payout, conversion } = stored;
      const subjects = await all(stores.sources.subjects.all());
      expect(subjects.sort(byId)).toEqual(
        [
          {
            kind: 'payment' as const,
            id: payment.id,
            events: await stores.payments.events(payment.id),
            state: payment,
            snapshots: [
              {
                version: 100,
                stateVersion: paymentStateVersion,
                state: foldPayment((await stores.payments.events(payment.id)).slice(0, 100)),
              },
            ],
            unreadable: null,
          },
          {
            kind: 'payout' as const,
            id: payout.id,
            events: await stores.payouts.events(payout.id),
            state: payout,
            snapshots: [],
            unreadable: null,
          },
          { kind: 'conversion' as const, id: conversion.id, conversion, unreadable: null },
        ].sort(byId),
      );
      for (const subject of subjects) {
        expect(await stores.sources.subjects.again(subject.kind, subject.id)).toEqual(subject);
      }
    });

    it('reads nothing of what there is not', async () => {
      const { again } = current.stores.sources.subjects;
      for (const kind of ['payment', 'payout'] as const) {
        const nothing = {
          kind,
          id: 'none',
          events: [],
          state: null,
          snapshots: [],
          unreadable: null,
        };
        expect(await again(kind, 'none')).toEqual(nothing);
      }
      const nothing = { kind: 'conversion', id: 'none', conversion: null, unreadable: null };
      expect(await again('conversion', 'none')).toEqual(nothing);
    });

    it('finds the transfers that are where they would be, of up to a hundred', async () => {
      const { sources } = current.stores;
      const stored = await all(sources.ledger.transfers());
      const some = stored[0] as Transfer;
      const others = Array.from({ length: 100 - stored.length - 1 }, (_, index) => ({
        ...some,
        id: `none ${index}`,
      }));
      const found = await sources.findTransfers([...stored, some, ...others]);
      expect([...found].sort(byId)).toEqual(stored.sort(byId));
      expect(await sources.findTransfers([])).toEqual([]);
    });

    more(current);

    // The last of them: what it writes is in no book.
    it('finds what was written after the transfers were read', async () => {
      const { stores } = current;
      const { sources, payments } = stores;
      const fact = facts.disputeOpened;
      const opened = { ...fact, facts: { ...fact.facts, dispute_id: 'dp_2', amount: 1_000 } };
      const change = changePayment(current.stored.payment, opened, countingStamps()());
      expect(change.transfers).toHaveLength(1);
      const { found } = await auditOf({
        ...sources,
        ledger: {
          ...sources.ledger,
          transfers: async function* () {
            yield* sources.ledger.transfers();
            expect(await payments.append(change)).toBe('written');
          },
        },
      });
      expect(found).toEqual([]);
    });

    it('is clean at the first look while others write', async () => {
      const { sources, payments, books } = current.stores;
      let looks = 0;
      const counted = {
        ...sources,
        ledger: {
          ...sources.ledger,
          books: async function* () {
            looks += 1;
            await others();
            yield* sources.ledger.books();
          },
        },
      };
      const busy = writers({ payments, books });
      for (let audit = 0; audit < 10; audit++) {
        const started = '2026-01-01T00:00:00.000Z';
        const { found } = await auditLedger(counted, { started, isOutOfTime: neverOutOfTime });
        expect(found.listed).toEqual([]);
      }
      expect(await busy.stop()).toBeGreaterThan(10);
      expect(looks).toBe(10);
    });
  });
}
