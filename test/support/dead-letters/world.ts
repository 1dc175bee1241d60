import { contentOf } from '../../../shared/adapters/aws/dead-letters/content.ts';
import { itemOf } from '../../../shared/adapters/aws/dead-letters/record.ts';
import { memoryLetterQueues, memoryStream } from '../../../shared/adapters/memory/dead-letters.ts';
import { memoryOperatorLog } from '../../../shared/adapters/memory/operator-log.ts';
import { memoryPaymentStore } from '../../../shared/adapters/memory/payments/payment-store.ts';
import { memoryPayoutStore } from '../../../shared/adapters/memory/payments/payout-store.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import type { BatchAnswer, StreamRecord } from '../../../shared/ports/dead-letters.ts';
import type { RedriveDependencies } from '../../../shared/runtime/dead-letters/redrive.ts';
import { storiesOf } from '../../../shared/runtime/dead-letters/stories.ts';
import { timeAt } from '../ledger/transfers.ts';
import { anAcceptedPayment, countingStamps } from '../payments/payments.ts';
import { edges } from './letters.ts';

/** What a function does with a batch, by its deployed name. */
type Invoked = (records: readonly StreamRecord[], shardId: string) => Promise<BatchAnswer>;

/** Every edge in memory, with a store of payments behind them. Its clock moves by a second a look. */
export function deadLetterWorld() {
  let looks = 0;
  let ids = 0;
  const now = () => timeAt(3_600_000 + 1_000 * looks++);
  const queues = memoryLetterQueues(now);
  const stream = memoryStream();
  const payments = memoryPaymentStore();
  const payouts = memoryPayoutStore();
  const log = memoryOperatorLog();
  const nextStamp = countingStamps();
  const functions = new Map<string, Invoked>();
  /** The sequence numbers that each function was given, batch after batch. */
  const invoked: string[][] = [];
  const deps: RedriveDependencies = {
    contentOf,
    itemOf,
    queues,
    readRange: stream.read,
    readStory: storiesOf({ payments: payments.events, payouts: payouts.events }),
    invoke: async (name, shardId, records) => {
      invoked.push(records.map(({ sequence }) => sequence));
      return (await functions.get(name)?.(records, shardId)) ?? { kind: 'done' };
    },
    remainingMs: () => Number.POSITIVE_INFINITY,
    log,
    now,
    newId: () => derivedId('test act', String(ids++)),
  };
  return {
    deps,
    queues,
    stream,
    payments,
    payouts,
    log,
    invoked,
    nextStamp,
    edges: Object.values(edges),
    /** Makes a function answer so. */
    answering: (edge: { readonly function: string }, answer: Invoked) =>
      functions.set(edge.function, answer),
    /** Makes a function fail on records, as the house's handlers do: it throws on the first. */
    failingOn: (edge: { readonly function: string }, ...sequences: readonly string[]) =>
      functions.set(edge.function, async (records) => {
        const done = records.findIndex(({ sequence }) => sequences.includes(sequence));
        if (done < 0) {
          return { kind: 'done' };
        }
        return done > 0
          ? { kind: 'stopped', done }
          : { kind: 'failed', errorName: 'Error', reason: `no ${records[0]?.sequence}` };
      }),
    /** A payment of EUR 100.00 in the store, unless it is of another amount. */
    pay: async (key = 'key-1', amount = 10_000) => {
      const change = anAcceptedPayment(nextStamp, { amount }, { key });
      await payments.accept(change);
      return change;
    },
    acts: async () => (await log.list({ limit: 100, after: null })).items,
  };
}
