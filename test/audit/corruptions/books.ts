import { accountId } from '../../../shared/domain/ledger/accounts.ts';
import type { ChainLink } from '../../../shared/domain/ledger/chain.ts';
import type { Counters } from '../../../shared/domain/ledger/transfer.ts';
import type { Snapshot, StoredBook } from '../world/snapshot.ts';
import { type Corruption, pickFrom, replaced } from './corruption.ts';

function withBook(snapshot: Snapshot, of: StoredBook, by: Partial<StoredBook>): Snapshot {
  return { ...snapshot, books: replaced(snapshot.books, of, [{ ...of, ...by }]) };
}

const counterKeys: readonly (keyof Counters)[] = [
  'debitsPending',
  'debitsPosted',
  'creditsPending',
  'creditsPosted',
];

/** One counter of one account, changed. */
function edited<Accounts extends object>(accounts: Accounts, pick: number) {
  const code = pickFrom(Object.keys(accounts), pick) as keyof Accounts & string;
  const counter = pickFrom(counterKeys, pick >> 3) as keyof Counters;
  const counters = accounts[code] as Counters;
  const by = BigInt((pick % 5) - 2) || 3n;
  return {
    code,
    accounts: { ...accounts, [code]: { ...counters, [counter]: counters[counter] + by } },
  };
}

export const bookCorruptions = {
  'a balance edited': (snapshot, pick) => {
    const of = pickFrom(snapshot.books, pick);
    if (!of) {
      return null;
    }
    const { tenant, currency } = of.book;
    const { code, accounts } = edited(of.book.accounts, pick);
    return {
      snapshot: withBook(snapshot, of, { book: { ...of.book, accounts } }),
      must: [
        { kind: 'balance', tenant, account: `${code}.${currency}` },
        { kind: 'trial_balance', tenant },
      ],
      may: ({ kind, account }) =>
        kind === 'trial_balance' || (kind === 'balance' && account === `${code}.${currency}`),
    };
  },
  'a day total edited': (snapshot, pick) => {
    const of = pickFrom(snapshot.books, pick);
    const day = of && pickFrom(of.days, pick);
    if (!day) {
      return null;
    }
    const { code, accounts } = edited(day.accounts, pick);
    const account = `${code}.${of.book.currency}`;
    return {
      snapshot: withBook(snapshot, of, { days: replaced(of.days, day, [{ ...day, accounts }]) }),
      must: [{ kind: 'day_total', account }],
      may: (difference) => difference.kind === 'day_total' && difference.account === account,
    };
  },
  'a day dropped': (snapshot, pick) => {
    const of = pickFrom(snapshot.books, pick);
    const day = of && pickFrom(of.days, pick);
    if (!day) {
      return null;
    }
    const isTouched = (counters: Counters) => Object.values(counters).some((sum) => sum !== 0n);
    const touched = Object.entries(day.accounts).filter(([, counters]) => isTouched(counters));
    // A day of a hold and its release comes to nothing, like one that is not there.
    if (touched.length === 0) {
      return null;
    }
    return {
      snapshot: withBook(snapshot, of, { days: replaced(of.days, day, []) }),
      must: touched.map(([code]) => ({
        kind: 'day_total',
        account: `${code}.${of.book.currency}`,
      })),
      may: ({ kind }) => kind === 'day_total',
    };
  },
  'a limited balance edited': (snapshot, pick) => {
    const of = pickFrom(snapshot.limited, pick);
    if (!of) {
      return null;
    }
    const { accounts } = edited({ [of.code]: of.counters }, pick);
    const counters = accounts[of.code] as Counters;
    const account = accountId(of.code, of.currency);
    return {
      snapshot: { ...snapshot, limited: replaced(snapshot.limited, of, [{ ...of, counters }]) },
      must: [{ kind: 'limited_balance', account }],
      may: ({ kind, account: name }) =>
        (kind === 'limited_balance' || kind === 'limit_passed') && name === account,
    };
  },
  'what is available edited': (snapshot, pick) => {
    const of = pickFrom(snapshot.limited, pick);
    if (!of) {
      return null;
    }
    const account = accountId(of.code, of.currency);
    const changed = { ...of, availableMinor: of.availableMinor + 1n };
    return {
      snapshot: { ...snapshot, limited: replaced(snapshot.limited, of, [changed]) },
      must: [{ kind: 'limited_balance', account }],
      may: ({ kind }) => kind === 'limited_balance',
    };
  },
  'a link dropped': (snapshot, pick) => {
    const of = pickFrom(snapshot.books, pick);
    const link = of && pickFrom(of.links, pick);
    if (!link) {
      return null;
    }
    const ids = link.transfers.map(({ id }) => id);
    return {
      snapshot: withBook(snapshot, of, { links: replaced(of.links, link, []) }),
      must: [
        { kind: 'missing_link', tenant: of.book.tenant },
        ...ids.map((transfer) => ({ kind: 'unfolded_transfer', transfer }) as const),
      ],
      may: ({ kind, transfer }) =>
        kind === 'missing_link' ||
        kind === 'balance' ||
        kind === 'day_total' ||
        (kind === 'unfolded_transfer' && ids.includes(transfer ?? '')),
    };
  },
  'two links reordered': (snapshot, pick) => {
    const of = pickFrom(snapshot.books, pick);
    const first = of && pickFrom(of.links.slice(0, -1), pick);
    const second = first && of.links[first.number];
    if (!second) {
      return null;
    }
    const swapped = (link: ChainLink): ChainLink =>
      link === first
        ? { ...second, number: first.number }
        : link === second
          ? { ...first, number: second.number }
          : link;
    return {
      snapshot: withBook(snapshot, of, { links: of.links.map(swapped) }),
      must: [{ kind: 'unlinked' }],
      may: ({ kind }) => kind === 'unlinked' || kind === 'wrong_head',
    };
  },
  'the head edited': (snapshot, pick) => {
    const of = pickFrom(snapshot.books, pick);
    if (!of) {
      return null;
    }
    const chain = { ...of.book.chain, hash: '1'.repeat(64) };
    return {
      snapshot: withBook(snapshot, of, { book: { ...of.book, chain } }),
      must: [{ kind: 'wrong_head', tenant: of.book.tenant }],
      may: ({ kind }) => kind === 'wrong_head',
    };
  },
} satisfies Record<string, Corruption>;
