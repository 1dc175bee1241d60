import { describe, expect, it } from 'vitest';
import type { Transfer } from '../../shared/domain/ledger/transfer.ts';
import type { StoredSubject } from '../../shared/ports/audit.ts';
import { aTransfer } from '../support/ledger/transfers.ts';
import type { AuditedWorld } from './world/history.ts';
import {
  aWorld,
  differencesOf,
  kindsOf,
  postedOf,
  withSubjects,
  withTransfer,
} from './world/settled-world.ts';
import { type Snapshot, snapshotOf } from './world/snapshot.ts';

describe('what an audit finds of the transfers', () => {
  const found = async (change: (snapshot: Snapshot, world: AuditedWorld) => Snapshot) => {
    const world = await aWorld();
    return differencesOf(change(await snapshotOf(world.sources), world));
  };
  const says = (text: RegExp) => expect.objectContaining({ says: expect.stringMatching(text) });

  it('two of one id', async () => {
    const differences = await found((snapshot) => ({
      ...snapshot,
      transfers: [...snapshot.transfers, { ...postedOf(snapshot, 'fee'), amountMinor: 1 }],
    }));
    expect(kindsOf(differences)).toEqual(['doubled_transfer']);
  });

  it('one about nothing', async () => {
    const lone = aTransfer({ paymentId: null });
    const differences = await found((snapshot) => ({
      ...snapshot,
      transfers: [...snapshot.transfers, lone],
    }));
    expect(kindsOf(differences)).toEqual(['extra_posting', 'unfolded_transfer']);
    expect(differences[0]).toMatchObject({ transfer: lone.id, account: 'merchant_payable.EUR' });
  });

  it('one that was folded into two books, and one that was folded twice into one', async () => {
    const differences = await found((snapshot) => {
      const [eur, usd] = snapshot.books.toSorted((a, b) =>
        a.book.currency < b.book.currency ? -1 : 1,
      );
      const [link] = usd?.links ?? [];
      const [first] = eur?.links ?? [];
      if (!eur || !usd || !link || !first) {
        throw new Error('two books have links');
      }
      const transfers = [...link.transfers, ...first.transfers, ...link.transfers];
      return { ...snapshot, books: [eur, { ...usd, links: [{ ...link, transfers }] }] };
    });
    const kinds = new Set(kindsOf(differences));
    expect(kinds).toEqual(new Set(['altered_link', 'repeated_transfer', 'foreign_transfer']));
  });

  it.each([
    ['is of a payment that does not exist', 'payment', 'captured'],
    ['is of a payout that does not exist', 'payout', 'payout'],
    ['is of a conversion that does not exist', 'conversion', 'fx_bought'],
  ] as const)('one that %s', async (text, kind, posting) => {
    const differences = await found((snapshot) =>
      withSubjects(snapshot, (subject) => (subject.kind === kind ? null : subject)),
    );
    expect(new Set(kindsOf(differences))).toEqual(new Set(['extra_posting']));
    expect(differences).toContainEqual(
      expect.objectContaining({
        says: `the transfer ${posting} to ${posting === 'payout' ? 'payout_in_transit.EUR' : posting === 'captured' ? 'merchant_payable.EUR' : 'merchant_available.USD'} ${text}`,
      }),
    );
  });

  it.each(['payout', 'fx_sold', 'fx_bought'] as const)(
    'that %s is gone, or another than was made',
    async (posting) => {
      const account = posting === 'fx_bought' ? 'fx_clearing.USD' : 'merchant_available.EUR';
      const gone = await found((snapshot) => withTransfer(snapshot, postedOf(snapshot, posting)));
      expect(gone).toContainEqual(expect.objectContaining({ kind: 'missing_posting', account }));
      const changed = await found((snapshot) => {
        const transfer = postedOf(snapshot, posting);
        return withTransfer(snapshot, transfer, { ...transfer, operationId: 'another' });
      });
      expect(changed).toContainEqual(expect.objectContaining({ kind: 'changed_posting', account }));
    },
  );

  it.each([
    ['settles an operation that the payment does not have', { operationId: 'another' }],
    ['is not in the book of the payment', { currency: 'USD' }],
    ['is not between the accounts of settled', { debitAccount: 'psp_fees' }],
  ] as const)('a settlement that %s', async (text, change) => {
    const differences = await found((snapshot) => {
      const transfer = postedOf(snapshot, 'settled');
      return withTransfer(snapshot, transfer, { ...transfer, ...change } as Transfer);
    });
    expect(differences).toContainEqual(says(new RegExp(text)));
  });

  it('one operation that was settled twice', async () => {
    const differences = await found((snapshot) => ({
      ...snapshot,
      transfers: [
        ...snapshot.transfers,
        { ...postedOf(snapshot, 'settled'), id: aTransfer({}, 'twice').id },
      ],
    }));
    expect(differences.filter(({ kind }) => kind === 'extra_posting')).toEqual([
      says(/is one of 2 that settle the same/),
      says(/is one of 2 that settle the same/),
    ]);
  });
});

describe('what an audit finds of payments, payouts and conversions', () => {
  const found = async (change: (subject: StoredSubject) => StoredSubject) => {
    const { sources } = await aWorld();
    return differencesOf(withSubjects(await snapshotOf(sources), change));
  };

  it.each(['payment', 'payout', 'conversion'] as const)(
    'a %s that cannot be read',
    async (kind) => {
      const differences = await found((subject) =>
        subject.kind === kind ? { ...subject, unreadable: 'STATE' } : subject,
      );
      expect(differences).toEqual([
        expect.objectContaining({
          kind: 'unreadable',
          [kind]: expect.any(String),
          says: `the ${kind} cannot be read: STATE`,
        }),
      ]);
    },
  );

  it('a payout of another state than its events make, which is not back from transit', async () => {
    const differences = await found((subject) =>
      subject.kind === 'payout' && subject.state
        ? { ...subject, state: { ...subject.state, status: 'paid' } }
        : subject,
    );
    expect(differences.map(({ kind, says }) => `${kind}: ${says}`)).toEqual([
      'changed_state: its state is not what its events make',
      'broken_rule: it is paid and still has 4855 in transit',
    ]);
  });

  it('a payment that is over and still holds something', async () => {
    const differences = await found((subject) =>
      subject.kind === 'payment' && subject.state?.hold
        ? {
            ...subject,
            state: { ...subject.state, hold: { ...subject.state.hold, state: 'pending' } },
          }
        : subject,
    );
    expect(differences.map(({ says }) => says)).toEqual([
      'its state is not what its events make',
      'it is captured and still holds 10000',
      'it holds 10000, and its postings 0',
    ]);
  });

  it('a payment that says of itself another amount than was posted', async () => {
    const differences = await found((subject) =>
      subject.kind === 'payment' && subject.state
        ? {
            ...subject,
            state: { ...subject.state, amountCapturedMinor: 9_999, amountRefundedMinor: 1 },
          }
        : subject,
    );
    expect(differences.slice(1).map(({ says }) => says)).toEqual([
      'it captured 9999, and its postings 10000',
      'it refunded 1, and its postings 0',
    ]);
  });

  it('an event that another one cannot follow, and nothing of what it would have posted', async () => {
    const differences = await found((subject) => {
      if (subject.kind !== 'payment') {
        return subject;
      }
      const [accepted, , ...others] = subject.events;
      const renumbered = others.map((event) => ({ ...event, sequence: event.sequence - 1 }));
      return { ...subject, events: [accepted, ...renumbered] } as StoredSubject;
    });
    expect(kindsOf(differences)).toEqual(['broken_event']);
    expect(differences[0]?.says).toMatch(/^event 2 cannot follow: /);
  });

  it('nothing that a customer wrote is in what it tells', async () => {
    const differences = await found((subject) => {
      if (subject.kind !== 'payment' || !subject.state) {
        return subject;
      }
      const request = { ...subject.state.request, payment_method: 'tok_secret' };
      const events = subject.events.map((event) => ({
        ...event,
        data: {
          ...event.data,
          payment: { ...event.data.payment, payment_method: 'tok_secret', metadata: { a: 'b' } },
        },
      }));
      return { ...subject, events, state: { ...subject.state, request } } as StoredSubject;
    });
    expect(differences.length).toBeGreaterThan(2);
    expect(JSON.stringify(differences)).not.toMatch(/tok_/);
  });
});
