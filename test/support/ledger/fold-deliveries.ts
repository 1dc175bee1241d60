import fc from 'fast-check';
import { foldBalances } from '../../../functions/ledger/fold-balances/fold-balances.ts';
import type { BookBatch, StreamedTransfer } from '../../../shared/ports/ledger.ts';
import { checkFolded, type FoldedLedger } from './folded-books.ts';
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
 * - `give up`: sends them for the last time, and goes on behind them when they are not
 * - `again`: an earlier invocation, given up long ago, comes to its writes only now
 * what an operator does:
 * - `redrive`: sends a range that was given up, twice at once, maybe not for the first time
 * and what breaks meanwhile: the write of a book, before or after its effect, or the whole
 * invocation, after its writes and before its answer.
 */
const commandArbitrary = fc.record({
  kind: fc.constantFrom('deliver', 'deliver', 'give up', 'again', 'redrive'),
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

/** Some records of a shard, by their places in it. */
interface Batch {
  readonly shardId: ShardId;
  readonly from: number;
  readonly to: number;
}

type Fault = Pick<Deliveries['commands'][number], 'breaks' | 'atBook'>;

const noFault: Fault = { breaks: 'nothing', atBook: 0 };

/**
 * Delivers a history to the fold over some adapter of books, then what is left of every shard, then
 * what was given up.
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
  const streamed = Object.values(own).flatMap((records) => records.map(({ transfer }) => transfer));
  const ownBooks = { tenants: tenants.map((name) => `${run}_${name}`), currencies };
  const model = new Model();
  const checkpoints: Record<ShardId, number> = { 'shard-0': 0, 'shard-1': 0, 'shard-2': 0 };
  const earlier: Batch[] = [];
  const givenUp: Batch[] = [];

  const invoke = async (
    { shardId, from, to }: Batch,
    { breaks, atBook }: Fault,
    how: 'fold' | 'foldRedriven' = 'fold',
  ): Promise<number> => {
    let book = 0;
    const handle = foldBalances(async (batch) => {
      const isBreaking = book++ === atBook;
      if (isBreaking && breaks === 'before write') {
        throw new Error('broken before the write');
      }
      const result = await ledger.books[how](batch);
      model[how](batch);
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

  const deliverNext = async (shardId: ShardId, size: number, fault: Fault): Promise<Batch> => {
    const from = checkpoints[shardId];
    const batch = { shardId, from, to: Math.min(from + size, own[shardId].length) };
    earlier.push(batch);
    checkpoints[shardId] = await invoke(batch, fault);
    return batch;
  };

  const giveUpNext = async (shardId: ShardId, size: number, fault: Fault): Promise<void> => {
    const { to } = await deliverNext(shardId, size, fault);
    if (checkpoints[shardId] < to) {
      givenUp.push({ shardId, from: checkpoints[shardId], to });
      checkpoints[shardId] = to;
    }
  };

  const redrive = async (batch: Batch, fault: Fault): Promise<void> => {
    const both = [fault, noFault].map((one) => invoke(batch, one, 'foldRedriven'));
    await Promise.all(both);
  };

  for (const { kind, shardId, size, pick, ...fault } of commands) {
    const late = earlier[pick % Math.max(1, earlier.length)];
    const lost = givenUp[pick % Math.max(1, givenUp.length)];
    if (kind === 'again' && late) {
      await invoke(late, fault);
    } else if (kind === 'redrive' && lost) {
      await redrive(lost, fault);
    } else if (kind === 'give up') {
      await giveUpNext(shardId, size, fault);
    } else {
      await deliverNext(shardId, size, fault);
    }
    await checkFolded(ledger, streamed, ownBooks, model.taken);
  }
  for (const shardId of shardIds) {
    await deliverNext(shardId, own[shardId].length, noFault);
  }
  for (const batch of givenUp) {
    await redrive(batch, noFault);
  }
  await checkFolded(ledger, streamed, ownBooks, null);
}

/** Which transfers the books have to have: by the stream's positions, and by what was redriven. */
class Model {
  readonly taken = new Set<string>();
  readonly #positions = new Map<string, bigint>();

  fold(batch: BookBatch): void {
    const position = this.#positionOf(batch);
    const news = batch.transfers.filter(({ sequence }) => BigInt(sequence) > position);
    this.foldRedriven({ ...batch, transfers: news });
  }

  foldRedriven(batch: BookBatch): void {
    const last = BigInt(batch.transfers.at(-1)?.sequence ?? 0);
    const position = this.#positionOf(batch);
    this.#positions.set(this.#key(batch), last > position ? last : position);
    for (const { transfer } of batch.transfers) {
      this.taken.add(transfer.id);
    }
  }

  #positionOf(batch: BookBatch): bigint {
    return this.#positions.get(this.#key(batch)) ?? -1n;
  }

  #key({ tenant, currency, shardId }: BookBatch): string {
    return `${tenant}#${currency}#${shardId}`;
  }
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
