import type { Difference } from '../../../shared/domain/audit/report.ts';
import type { AccountCode } from '../../../shared/domain/ledger/accounts.ts';
import type { BookDeltas } from '../../../shared/domain/ledger/book.ts';
import { type Transfer, zeroCounters } from '../../../shared/domain/ledger/transfer.ts';
import { foldPayment } from '../../../shared/domain/payment/fold.ts';
import type { AuditSources, StoredSubject } from '../../../shared/ports/audit.ts';
import type { AuditedWorld } from './history.ts';

/** What is read from now on, and what has to be found of it. */
export interface Tampered {
  readonly sources: AuditSources;
  readonly expected: Partial<Difference>;
}

/** Makes something wrong for good that was there before the audit; undefined when it was not. */
type Tamper = (
  sources: AuditSources,
  world: AuditedWorld,
  pick: number,
) => Promise<Tampered | undefined>;

/** More than all that is written meanwhile comes to. */
const farOffMinor = 10n ** 15n;

function more(accounts: BookDeltas, code: AccountCode): BookDeltas {
  const counters = accounts[code] ?? zeroCounters;
  return {
    ...accounts,
    [code]: { ...counters, debitsPosted: counters.debitsPosted + farOffMinor },
  };
}

async function* mapped<T>(items: AsyncIterable<T>, change: (item: T) => readonly T[]) {
  for await (const item of items) {
    yield* change(item);
  }
}

function withLedger(sources: AuditSources, ledger: Partial<AuditSources['ledger']>): AuditSources {
  return { ...sources, ledger: { ...sources.ledger, ...ledger } };
}

function withTransfers(
  sources: AuditSources,
  change: (transfer: Transfer) => readonly Transfer[],
): AuditSources {
  return {
    ...withLedger(sources, { transfers: () => mapped(sources.ledger.transfers(), change) }),
    findTransfers: async (asked) => (await sources.findTransfers(asked)).flatMap(change),
  };
}

function withSubjects(
  sources: AuditSources,
  change: (subject: StoredSubject) => StoredSubject,
): AuditSources {
  const { all, again } = sources.subjects;
  return {
    ...sources,
    subjects: {
      all: () => mapped(all(), (subject) => [change(subject)]),
      again: async (kind, id) => change(await again(kind, id)),
    },
  };
}

function captured({ ledger }: AuditedWorld, pick: number): Transfer | undefined {
  const own = ledger.transfers().filter(({ posting }) => posting === 'captured');
  return own[pick % Math.max(1, own.length)];
}

export const tamperings: Readonly<Record<string, Tamper>> = {
  'a balance that is off': async (sources, { books, tenant }) => {
    const [book] = await books.readAll(tenant);
    return (
      book && {
        expected: { kind: 'balance', account: `merchant_payable.${book.currency}` },
        sources: withLedger(sources, {
          books: () =>
            mapped(sources.ledger.books(), (read) =>
              read.currency === book.currency
                ? [{ ...read, accounts: more(read.accounts, 'merchant_payable') }]
                : [read],
            ),
        }),
      }
    );
  },
  'a day total that is off': async (sources, { books, tenant }) => {
    const [book] = await books.readAll(tenant);
    if (!book) {
      return undefined;
    }
    const { currency } = book;
    const days = books.days(tenant, currency, '9999-12-31')[Symbol.asyncIterator]();
    const { value: first } = await days.next();
    return {
      expected: { kind: 'day_total', account: `psp_receivable.${currency}` },
      sources: withLedger(sources, {
        days: (of, other) =>
          mapped(sources.ledger.days(of, other), (day) =>
            other === currency && day.day === first?.day
              ? [{ ...day, accounts: more(day.accounts, 'psp_receivable') }]
              : [day],
          ),
      }),
    };
  },
  'a limited balance that is off': async (sources, { ledger }) => {
    const [account] = ledger.limitedAccounts();
    return (
      account && {
        expected: { kind: 'limited_balance', account: `${account.code}.${account.currency}` },
        sources: withLedger(sources, {
          limitedAccounts: () =>
            mapped(sources.ledger.limitedAccounts(), (read) => {
              const { counters, availableMinor } = read;
              const creditsPosted = counters.creditsPosted + farOffMinor;
              return read.currency === account.currency
                ? [
                    {
                      ...read,
                      counters: { ...counters, creditsPosted },
                      availableMinor: availableMinor + farOffMinor,
                    },
                  ]
                : [read];
            }),
        }),
      }
    );
  },
  'a link that is gone': async (sources, { books, tenant }) => {
    const [book] = await books.readAll(tenant);
    return (
      book && {
        expected: { kind: 'missing_link', tenant },
        sources: withLedger(sources, {
          chain: (of, currency) =>
            mapped(sources.ledger.chain(of, currency), (link) =>
              currency === book.currency && link.number === book.chain.length ? [] : [link],
            ),
        }),
      }
    );
  },
  'a transfer of another amount': async (sources, world, pick) => {
    const target = captured(world, pick);
    return (
      target && {
        expected: {
          kind: 'changed_posting',
          transfer: target.id,
          account: `psp_receivable.${target.currency}`,
          payment: target.paymentId,
        },
        sources: withTransfers(sources, (transfer) =>
          transfer.id === target.id
            ? [{ ...transfer, amountMinor: transfer.amountMinor + 1 }]
            : [transfer],
        ),
      }
    );
  },
  'a transfer that is gone': async (sources, world, pick) => {
    const target = captured(world, pick);
    return (
      target && {
        expected: {
          kind: 'missing_posting',
          transfer: target.id,
          account: `psp_receivable.${target.currency}`,
          payment: target.paymentId,
        },
        sources: withTransfers(sources, (transfer) =>
          transfer.id === target.id ? [] : [transfer],
        ),
      }
    );
  },
  'a transfer that nothing made': async (sources, world, pick) => {
    const target = captured(world, pick);
    const id = '00000000-0000-8000-8000-000000000000';
    return (
      target && {
        expected: { kind: 'extra_posting', transfer: id, payment: target.paymentId },
        sources: withTransfers(sources, (transfer) =>
          transfer.id === target.id ? [transfer, { ...transfer, id }] : [transfer],
        ),
      }
    );
  },
  'a state of another amount': async (sources, { paymentIds }, pick) => {
    const id = paymentIds[pick % paymentIds.length];
    return {
      expected: { kind: 'changed_state', payment: id ?? null },
      sources: withSubjects(sources, (subject) =>
        subject.kind === 'payment' && subject.id === id && subject.state
          ? { ...subject, state: { ...subject.state, feesMinor: subject.state.feesMinor + 1 } }
          : subject,
      ),
    };
  },
  'a state that went back': async (sources, { payments, paymentIds }, pick) => {
    const id = paymentIds[pick % paymentIds.length] ?? '';
    const earlier = foldPayment((await payments.events(id)).slice(0, -1));
    return {
      expected: { kind: 'changed_state', payment: id },
      sources: withSubjects(sources, (subject) =>
        subject.kind === 'payment' && subject.id === id ? { ...subject, state: earlier } : subject,
      ),
    };
  },
  'an event that is gone': async (sources, { paymentIds }, pick) => {
    const id = paymentIds[pick % paymentIds.length];
    return {
      expected: { kind: 'broken_event', payment: id ?? null },
      sources: withSubjects(sources, (subject) =>
        subject.kind === 'payment' && subject.id === id
          ? { ...subject, events: subject.events.filter(({ sequence }) => sequence !== 2) }
          : subject,
      ),
    };
  },
};
