import { addDeltas, type BookDeltas, deltasOf } from '../../../shared/domain/ledger/book.ts';
import { genesisHash, verifyChain } from '../../../shared/domain/ledger/chain.ts';
import { trialBalance } from '../../../shared/domain/ledger/reports/trial-balance.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { Currency } from '../../../shared/domain/money/currency.ts';
import type { Book, Books, LedgerAudit } from '../../../shared/ports/ledger.ts';
import { all } from './ledgers.ts';

/** What a history is delivered to, and how it is looked at. */
export interface FoldedLedger {
  readonly books: Books;
  readonly audit: Pick<LedgerAudit, 'chain' | 'days'>;
}

/**
 * Compares the books of a run's tenants with the transfers that they have to have: each book and the
 * sum of its days have to equal their sum, it has to balance, and its chain has to verify, with
 * exactly those transfers in it.
 *
 * @param ids of the transfers that the books have to have; null for all
 * @throws Error saying what differs
 */
export async function checkFolded(
  { books, audit }: FoldedLedger,
  streamed: readonly Transfer[],
  {
    tenants,
    currencies,
  }: { readonly tenants: readonly string[]; readonly currencies: readonly Currency[] },
  ids: ReadonlySet<string> | null,
): Promise<void> {
  for (const tenant of tenants) {
    const stored = await books.readAll(tenant);
    const difference = trialBalance(stored).currencies.find((sums) => sums.difference !== 0n);
    if (difference) {
      throw new Error(`out of balance: ${text(difference)}`);
    }
    for (const currency of currencies) {
      const taken = streamed
        .filter((transfer) => transfer.tenant === tenant && transfer.currency === currency)
        .filter(({ id }) => ids === null || ids.has(id));
      const book = stored.find((one) => one.currency === currency);
      await checkBook(audit, { tenant, currency, book, taken });
    }
  }
}

async function checkBook(
  audit: FoldedLedger['audit'],
  {
    tenant,
    currency,
    book,
    taken,
  }: {
    readonly tenant: string;
    readonly currency: Currency;
    readonly book: Book | undefined;
    readonly taken: readonly Transfer[];
  },
): Promise<void> {
  const name = `${tenant} ${currency}`;
  const expected = sorted(deltasOf({ tenant, currency }, taken));
  expectEqual(`the balances of ${name}`, sorted(book?.accounts ?? {}), expected);

  let ofDays: BookDeltas = {};
  for await (const { accounts } of audit.days(tenant, currency)) {
    ofDays = addDeltas(ofDays, accounts);
  }
  expectEqual(`the days of ${name}`, sorted(ofDays), expected);

  const links = await all(audit.chain(tenant, currency));
  const byId = new Map(taken.map((transfer) => [transfer.id, transfer]));
  const head = book?.chain ?? { length: 0, hash: genesisHash };
  const differences = verifyChain(links, (id) => byId.get(id), head);
  expectEqual(`the chain of ${name}`, text(differences), '[]');
  expectEqual(`the length of the chain of ${name}`, links.length, head.length);
  const linked = links.flatMap(({ transfers }) => transfers.map(({ id }) => id));
  expectEqual(`the transfers of ${name}`, text(linked.sort()), text([...byId.keys()].sort()));
}

function expectEqual<T>(what: string, actual: T, expected: T): void {
  if (actual !== expected) {
    throw new Error(`${what}: ${actual}, not ${expected}`);
  }
}

function sorted(accounts: object): string {
  return text(Object.entries(accounts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}` : part));
}
