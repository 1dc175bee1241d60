import { addCounters } from '../../domain/ledger/book.ts';
import { type LimitChange, limitChanges } from '../../domain/ledger/limits.ts';
import { pageOf } from '../../domain/ledger/reports/entry-page.ts';
import {
  checkTransfer,
  dayOf,
  entryPosition,
  type Transfer,
  zeroCounters,
} from '../../domain/ledger/transfer.ts';
import type {
  LimitedAccount,
  ListEntries,
  ListEntriesOfDays,
  ReadLimited,
  WriteOutcome,
} from '../../ports/ledger.ts';

/** The ledger's transfers in memory, under the conditions of the real one. */
export interface MemoryLedger {
  /** Writes all or none, as `WriteTransfers` says; at once, for who has more to write with them. */
  readonly write: (transfers: readonly Transfer[]) => WriteOutcome;
  /** In the order in which they were written. */
  readonly transfers: () => readonly Transfer[];
  readonly listEntries: ListEntries;
  readonly listEntriesOfDays: ListEntriesOfDays;
  readonly readLimited: ReadLimited;
  readonly limitedAccounts: () => readonly LimitedAccount[];
}

export function memoryLedger(): MemoryLedger {
  const written = new Map<string, Transfer>();
  const limited = new Map<string, LimitedAccount>();
  const ofAccount = ({ tenant, currency, account }: Parameters<ListEntries>[0]) =>
    [...written.values()].filter(
      (transfer) =>
        transfer.tenant === tenant &&
        transfer.currency === currency &&
        (transfer.debitAccount === account || transfer.creditAccount === account),
    );
  const limitedOf = (account: Pick<LimitedAccount, 'tenant' | 'currency' | 'code'>) =>
    limited.get(nameOf(account)) ?? untouched(account);
  return {
    write: (transfers) => {
      const items = transfers.map((transfer) => ({ key: keyOf(transfer), transfer }));
      for (const { key, transfer } of items) {
        checkTransfer(transfer);
        if (written.has(key) || !resolvesWhatItMay(transfer, written)) {
          return 'refused';
        }
      }
      const accounts = limitChanges(transfers).map((change) => changed(limitedOf(change), change));
      if (accounts.some(({ breaksLimit }) => breaksLimit)) {
        return 'insufficient_funds';
      }
      for (const { key, transfer } of items) {
        written.set(key, transfer);
      }
      for (const { account } of accounts) {
        limited.set(nameOf(account), account);
      }
      return 'written';
    },
    transfers: () => [...written.values()],
    listEntries: async (query) =>
      pageOf(
        ofAccount(query).filter(
          (transfer) => query.after === null || entryPosition(transfer) < query.after,
        ),
        query.limit,
        'newest first',
      ),
    listEntriesOfDays: async ({ from, to, after, ...query }) =>
      pageOf(
        ofAccount({ ...query, after })
          .filter((transfer) => from <= dayOf(transfer) && dayOf(transfer) <= to)
          .filter((transfer) => after === null || entryPosition(transfer) > after),
        query.limit,
        'oldest first',
      ),
    readLimited: async (tenant, currency, code) => limitedOf({ tenant, currency, code }),
    limitedAccounts: () => [...limited.values()],
  };
}

function keyOf(transfer: Transfer): string {
  return 'pendingId' in transfer ? `${transfer.pendingId}/resolution` : transfer.id;
}

function resolvesWhatItMay(transfer: Transfer, written: ReadonlyMap<string, Transfer>): boolean {
  if (!('pendingId' in transfer)) {
    return true;
  }
  const pending = written.get(transfer.pendingId);
  return (
    pending?.kind === 'pending' &&
    pending.tenant === transfer.tenant &&
    pending.currency === transfer.currency &&
    pending.debitAccount === transfer.debitAccount &&
    pending.creditAccount === transfer.creditAccount &&
    pending.amountMinor === transfer.pendingAmountMinor
  );
}

function nameOf({ tenant, currency, code }: Pick<LimitedAccount, 'tenant' | 'currency' | 'code'>) {
  return `${tenant}#${currency}#${code}`;
}

function untouched({
  tenant,
  currency,
  code,
}: Pick<LimitedAccount, 'tenant' | 'currency' | 'code'>): LimitedAccount {
  return { tenant, currency, code, counters: zeroCounters, availableMinor: 0n };
}

function changed(before: LimitedAccount, { deltas, availableByMinor }: LimitChange) {
  const account = {
    ...before,
    counters: addCounters(before.counters, deltas),
    availableMinor: before.availableMinor + availableByMinor,
  };
  return { account, breaksLimit: availableByMinor < 0n && account.availableMinor < 0n };
}
