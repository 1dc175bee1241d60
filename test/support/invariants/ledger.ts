import type { MemoryLedger } from '../../../shared/adapters/memory/ledger.ts';
import type { MemoryBooks } from '../../../shared/adapters/memory/ledger-books.ts';
import { chartOfAccounts, limitOf } from '../../../shared/domain/ledger/accounts.ts';
import { deltasOf } from '../../../shared/domain/ledger/book.ts';
import { type ChainLink, verifyChain } from '../../../shared/domain/ledger/chain.ts';
import { trialBalance } from '../../../shared/domain/ledger/reports/trial-balance.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import { hold, text } from './hold.ts';

/* The invariants of docs/architecture.md that are about the ledger of a tenant, by their numbers. */

/** 1 and 12: the books balance, are what the folded transfers make, and their chains verify. */
export async function checkBooks(
  tenant: string,
  books: Pick<MemoryBooks, 'readAll' | 'chain'>,
  folded: readonly Transfer[],
): Promise<void> {
  const stored = await books.readAll(tenant);
  for (const { currency, difference } of trialBalance(stored).currencies) {
    hold(difference === 0n, `${currency} is out of balance by ${difference}`);
  }
  const byCurrency = Map.groupBy(folded, ({ currency }) => currency);
  hold(stored.length === byCurrency.size, 'a book is missing');
  for (const { currency, accounts, chain } of stored) {
    const transfers = byCurrency.get(currency) ?? [];
    const rebuilt = deltasOf({ tenant, currency }, transfers);
    hold(text(rebuilt) === text(accounts), () => `${currency} is not what its transfers make`);
    const byId = new Map(transfers.map((transfer) => [transfer.id, transfer]));
    const links: ChainLink[] = [];
    for await (const link of books.chain(tenant, currency)) {
      links.push(link);
    }
    const differences = verifyChain(links, (id) => byId.get(id), chain);
    hold(differences.length === 0, () => `the chain does not verify: ${text(differences)}`);
    hold(
      links.reduce((sum, link) => sum + link.transfers.length, 0) === transfers.length,
      'the chain has another number of transfers than was folded',
    );
  }
}

/** 10: a limited account never passes its limit, and is what its transfers make. */
export function checkLimits(
  tenant: string,
  ledger: Pick<MemoryLedger, 'transfers' | 'limitedAccounts'>,
): void {
  const balances = new Map<string, number>();
  const add = (account: string, byMinor: number) => {
    const after = (balances.get(account) ?? 0) + byMinor;
    balances.set(account, after);
    hold(after >= 0, `${account} is at ${after}`);
  };
  for (const { debitAccount, creditAccount, currency, amountMinor } of ledger
    .transfers()
    .filter((transfer) => transfer.tenant === tenant)) {
    for (const code of [debitAccount, creditAccount]) {
      if (limitOf(code) !== null) {
        const normal = code === debitAccount ? 'debit' : 'credit';
        const grows = chartOfAccounts[code].normal === normal;
        add(`${code}.${currency}`, grows ? amountMinor : -amountMinor);
      }
    }
  }
  for (const account of ledger.limitedAccounts()) {
    if (account.tenant !== tenant) {
      continue;
    }
    const { currency, code, counters, availableMinor } = account;
    hold(availableMinor >= 0n, `${code}.${currency} is at ${availableMinor}`);
    const transfers = ledger
      .transfers()
      .filter((transfer) => transfer.tenant === tenant && transfer.currency === currency);
    const rebuilt = deltasOf({ tenant, currency }, transfers)[code];
    hold(text(rebuilt) === text(counters), `${code}.${currency} is not what its transfers make`);
  }
}
