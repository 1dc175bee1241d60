import fc from 'fast-check';
import { foldBalances } from '../../functions/ledger/fold-balances/fold-balances.ts';
import { addDeltas, type BookDeltas, deltasOf } from '../../shared/domain/ledger/book.ts';
import { genesisHash, verifyChain } from '../../shared/domain/ledger/chain.ts';
import { trialBalance } from '../../shared/domain/ledger/reports/trial-balance.ts';
import type { Transfer } from '../../shared/domain/ledger/transfer.ts';
import type { Currency } from '../../shared/domain/money/currency.ts';
import type { Book, Books, LedgerAudit, StreamedTransfer } from '../../shared/ports/ledger.ts';
import { all } from './ledgers.ts';
import { aHold, aTransfer, captureOf, releaseOf, timeAt } from './transfers.ts';

const tenants = ['tenant_a', 'tenant_b'] as const;
const currencies = ['EUR', 'JPY'] as const;
const shardIds = ['shard-0', 'shard-1', 'shard-2'] as const;

type ShardId = (typeof shardIds)[number];
type Shards = Readonly<Record<ShardId, readonly StreamedTransfer[]>>;

const hourMs = 60 * 60 * 1_000;

const paymentArbitrary = fc.record({
  tenant: fc.constantFrom(...tenants),
  currency: fc.constantFrom(...currencies),
  amountMinor: fc.integer({ min: 1, max: 1_000_000_000_000 }),
  /** Several days, so that some batches touch two of them. */
  atMs: fc.nat({ max: 60 }).map((hours) => hours * hourMs),
  end: fc.constantFrom('pending', 'captured', 'released'),
  holdShard: fc.constantFrom(...shardIds),
  feeShard: fc.constantFrom(...shardIds),
});

/**
 * What Lambda does with a shard:
 * - `deliver`: sends the next `size` records, and goes on when they are folded
 * - `again`: an earlier invocation, given up long ago, comes to its writes only now
 * and what breaks meanwhile: the write of a book, before or after its effect, or the whole
 * invocation, after its writes and before its answer.
 */
const commandArbitrary = fc.record({
  kind: fc.constantFrom('deliver', 'deliver', 'again'),
  shardId: fc.constantFrom(...shardIds),
  size: fc.integer({ min: 1, max: 9 }),
  pick: fc.nat(),
  breaks: fc.constantFrom('nothing', 'nothing', 'before write', 'after write', 'answer'),
  atBook: fc.integer({ min: 0, max: 3 }),
});

export interface Deliveries {
  readonly shards: Shards;
  readonly commands: readonly (typeof commandArbitrary extends fc.Arbitrary<infer T> ? T : never)[];
}

/** Transfers in the shards of a stream, and a history of their delivery with all that can go wrong. */
export const deliveriesArbitrary: fc.Arbitrary<Deliveries> = fc.record({
  shards: fc.array(paymentArbitrary, { minLength: 1, maxLength: 12 }).map(shardsOf),
  commands: fc.array(commandArbitrary, { maxLength: 30 }),
});

function shardsOf(
  payments: readonly (typeof paymentArbitrary extends fc.Arbitrary<infer T> ? T : never)[],
): Shards {
  const shards: Record<ShardId, StreamedTransfer[]> = {
    'shard-0': [],
    'shard-1': [],
    'shard-2': [],
  };
  let written = 0;
  // Numbers beyond 2^53 that differ in their last digits only, and gain a digit on the way.
  const nextSequence = () => String(99_999_999_999_999_999_999_990n + BigInt(written++));
  for (const [index, payment] of payments.entries()) {
    const { end, holdShard, feeShard, amountMinor, atMs, ...book } = payment;
    const source = { ...book, time: timeAt(atMs) };
    const hold = aHold({ ...source, amountMinor }, String(index));
    const resolution = { captured: captureOf(hold), released: releaseOf(hold), pending: null }[end];
    for (const transfer of [hold, ...(resolution ? [resolution] : [])]) {
      shards[holdShard].push({ transfer, sequence: nextSequence() });
    }
    if (end === 'captured') {
      shards[feeShard].push({
        transfer: aTransfer(source, `fee ${index}`),
        sequence: nextSequence(),
      });
    }
  }
  return shards;
}

/** What a history is delivered to, and how it is looked at. */
export interface FoldedLedger {
  readonly books: Books;
  readonly audit: Pick<LedgerAudit, 'chain' | 'days'>;
}

/**
 * Delivers a history to the fold over some adapter of books, then what is left of every shard.
 * After each invocation, each book has to equal the sum of the transfers that were taken, and that
 * of its days; it has to balance; and its chain has to verify, with exactly those transfers in it.
 * At the end, these are all.
 *
 * @param run keeps the tenants of one history apart from those of another on the same books
 * @throws Error saying what differs
 */
export async function deliver(
  ledger: FoldedLedger,
  { shards, commands }: Deliveries,
  run: string,
): Promise<void> {
  const own = ownShards(shards, run);
  const taken = new Map<string, bigint>();
  const checkpoints: Record<ShardId, number> = { 'shard-0': 0, 'shard-1': 0, 'shard-2': 0 };
  const earlier: { shardId: ShardId; from: number; to: number }[] = [];

  const invoke = async (
    { shardId, from, to }: (typeof earlier)[number],
    { breaks, atBook }: Pick<Deliveries['commands'][number], 'breaks' | 'atBook'>,
  ): Promise<number> => {
    let book = 0;
    const handle = foldBalances(async (batch) => {
      const isBreaking = book++ === atBook;
      if (isBreaking && breaks === 'before write') {
        throw new Error('broken before the write');
      }
      const result = await ledger.books.fold(batch);
      const key = `${batch.tenant}#${batch.currency}#${shardId}`;
      const last = BigInt(batch.transfers.at(-1)?.sequence ?? 0);
      taken.set(key, last > (taken.get(key) ?? 0n) ? last : (taken.get(key) ?? 0n));
      if (isBreaking && breaks === 'after write') {
        throw new Error('broken after the write');
      }
      return result;
    });
    const records = own[shardId].slice(from, to);
    const { failed } = await handle(
      records.map(({ sequence, transfer }) => ({ sequence, transfer: () => transfer })),
      shardId,
    );
    return breaks === 'answer' ? from : from + (failed?.index ?? records.length);
  };

  const deliverNext = async (
    shardId: ShardId,
    size: number,
    fault: Parameters<typeof invoke>[1],
  ): Promise<void> => {
    const from = checkpoints[shardId];
    const batch = { shardId, from, to: from + size };
    earlier.push(batch);
    checkpoints[shardId] = await invoke(batch, fault);
  };

  for (const { kind, shardId, size, pick, ...fault } of commands) {
    const late = earlier[pick % Math.max(1, earlier.length)];
    if (kind === 'again' && late) {
      await invoke(late, fault);
    } else {
      await deliverNext(shardId, size, fault);
    }
    await check(ledger, own, run, (key, sequence) => sequence <= (taken.get(key) ?? 0n));
  }
  for (const shardId of shardIds) {
    await deliverNext(shardId, own[shardId].length, { breaks: 'nothing', atBook: 0 });
  }
  await check(ledger, own, run, () => true);
}

function ownShards(shards: Shards, run: string): Shards {
  const ownRun = (records: readonly StreamedTransfer[]) =>
    records.map(({ transfer, sequence }) => ({
      sequence,
      transfer: { ...transfer, tenant: `${run}_${transfer.tenant}` },
    }));
  return Object.fromEntries(
    Object.entries(shards).map(([shardId, records]) => [shardId, ownRun(records)]),
  ) as unknown as Shards;
}

async function check(
  { books, audit }: FoldedLedger,
  shards: Shards,
  run: string,
  isTaken: (key: string, sequence: bigint) => boolean,
): Promise<void> {
  for (const tenant of tenants.map((name) => `${run}_${name}`)) {
    const stored = await books.readAll(tenant);
    const difference = trialBalance(stored).currencies.find((sums) => sums.difference !== 0n);
    if (difference) {
      throw new Error(`out of balance: ${text(difference)}`);
    }
    for (const currency of currencies) {
      const taken = Object.entries(shards).flatMap(([shardId, records]) =>
        records
          .filter(({ transfer }) => transfer.tenant === tenant && transfer.currency === currency)
          .filter(({ sequence }) => isTaken(`${tenant}#${currency}#${shardId}`, BigInt(sequence)))
          .map(({ transfer }) => transfer),
      );
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
