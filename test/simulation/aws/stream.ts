import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Core } from '../kernel/process.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { Lambda } from './lambda.ts';

/** A change of a table, as its stream has it. */
export type StreamRecord = DynamoDBRecord & {
  readonly dynamodb: { readonly SequenceNumber: string };
};

/** A table's stream: what was written of one item is in one shard, in its order. */
export interface TableStream {
  /** @param partition decides the shard */
  readonly put: (partition: string, image: DynamoDBRecord['dynamodb']) => void;
  readonly shards: readonly Shard[];
  /** A range read back, for who redrives it. */
  readonly range: (shardId: string, from: string, to: string) => readonly StreamRecord[];
}

interface Shard {
  readonly id: string;
  readonly records: StreamRecord[];
}

const shardCount = 2;

export function tableStream(
  core: Core,
  table: string,
): TableStream & {
  readonly onPut: (listener: (shard: Shard) => void) => void;
} {
  const shards: Shard[] = Array.from({ length: shardCount }, (_, index) => ({
    id: `shardId-${table}-${index}`,
    records: [],
  }));
  const listeners: ((shard: Shard) => void)[] = [];
  let written = 0;
  return {
    shards,
    onPut: (listener) => {
      listeners.push(listener);
    },
    put: (partition, image) => {
      const index = core.dice.int(`shard of ${partition}`, 0, shardCount - 1);
      const shard = shards[index] as Shard;
      shard.records.push({
        eventName: 'INSERT',
        eventSource: 'aws:dynamodb',
        dynamodb: { ...image, SequenceNumber: sequenceNumber(++written) },
      });
      for (const listener of listeners) {
        listener(shard);
      }
    },
    range: (shardId, from, to) =>
      shards
        .find(({ id }) => id === shardId)
        ?.records.filter(
          ({ dynamodb: { SequenceNumber: number } }) =>
            BigInt(from) <= BigInt(number) && BigInt(number) <= BigInt(to),
        ) ?? [],
  };
}

/** Beyond 2^53, where numbers that differ in their last digits are equal. */
function sequenceNumber(written: number): string {
  return String(99_999_999_999_999_999_000n + BigInt(written) * 7n);
}

export interface StreamConsumerProps {
  readonly function: string;
  /** Lambda's event filter. */
  readonly isFor: (record: StreamRecord) => boolean;
  readonly batchSize: number;
  /** Tries after the first of a batch, or of a half of it. */
  readonly retries: number;
  readonly deadLetters: DeadLetters;
  /** Set where the event names the shard: the function has a tumbling window. */
  readonly namesShard: boolean;
}

/** How far Lambda's poller is with one shard. */
interface Position {
  next: number;
  isBusy: boolean;
}

/** A stretch of a shard that is delivered, and how often it was tried. */
interface Batch {
  readonly from: number;
  readonly to: number;
  readonly tried: number;
}

/**
 * Lambda's poller on a stream: one batch of a shard at a time, in order; started again at the record
 * that the function names; halved when the function fails; given up, by its position, after its
 * retries.
 */
export function consumeStream(
  core: Core,
  functions: Lambda,
  stream: ReturnType<typeof tableStream>,
  props: StreamConsumerProps,
): void {
  const { kernel, dice, faults, timeline } = core;
  const positions = new Map<string, Position>();
  const who = `stream of ${props.function}`;

  const poll = (shard: Shard): boolean => {
    const position = positions.get(shard.id) as Position;
    position.isBusy = false;
    while (position.next < shard.records.length) {
      const record = shard.records[position.next] as StreamRecord;
      if (props.isFor(record)) {
        break;
      }
      position.next += 1;
    }
    const to = Math.min(shard.records.length, position.next + props.batchSize);
    if (position.next >= to) {
      return false;
    }
    position.isBusy = true;
    deliver(shard, [{ from: position.next, to, tried: 0 }]);
    return true;
  };

  const pollSoon = (shard: Shard) => {
    const position = positions.get(shard.id) ?? { next: 0, isBusy: false };
    positions.set(shard.id, position);
    if (!position.isBusy) {
      position.isBusy = true;
      const key = `poll of ${who} ${shard.id} at ${position.next}`;
      kernel.after(dice.int(key, 1, 250), key, () => poll(shard));
    }
  };

  /** Delivers the first of the batches, and then what is left of them. */
  const deliver = (shard: Shard, [batch, ...rest]: readonly Batch[]) => {
    const position = positions.get(shard.id) as Position;
    if (!batch) {
      poll(shard);
      return;
    }
    const records = shard.records.slice(batch.from, batch.to).filter(props.isFor);
    const [first] = records;
    if (!first) {
      position.next = batch.to;
      deliver(shard, rest);
      return;
    }
    const key = `${props.function} ${first.dynamodb.SequenceNumber.slice(-6)}-${batch.to} ~${batch.tried}`;
    const done = (then: readonly Batch[], delayMs = 0) => {
      kernel.after(delayMs, `after ${key}`, () => deliver(shard, then));
    };
    const retry = (batches: readonly Batch[]) => {
      const delayMs = Math.min(60_000, 500 * 2 ** batch.tried) * (0.5 + dice.unit(`wait ${key}`));
      done([...batches, ...rest], delayMs);
    };
    const event = {
      Records: records,
      ...(props.namesShard ? { shardId: shard.id, isFinalInvokeForWindow: false } : {}),
    };
    functions.invoke({ function: props.function, name: key, event }, (answer) => {
      const stoppedAt =
        answer.kind === 'failed'
          ? batch.from
          : indexAfter(shard, batch, answer.value as DynamoDBBatchResponse);
      const again =
        stoppedAt === batch.to &&
        faults.strike({ key, function: props.function }, ['stream_again']);
      if (stoppedAt === batch.to && !again) {
        position.next = batch.to;
        done(rest);
        return;
      }
      if (again) {
        timeline.say(who, 'delivers a batch again though it was done');
        retry([{ ...batch, tried: batch.tried + 1 }]);
        return;
      }
      if (stoppedAt > batch.from) {
        position.next = stoppedAt;
        retry([{ from: stoppedAt, to: batch.to, tried: 0 }]);
        return;
      }
      if (records.length > 1) {
        const middle = batch.from + ((batch.to - batch.from) >> 1);
        retry([
          { from: batch.from, to: middle, tried: batch.tried },
          { from: middle, to: batch.to, tried: batch.tried },
        ]);
        return;
      }
      if (batch.tried < props.retries) {
        retry([{ ...batch, tried: batch.tried + 1 }]);
        return;
      }
      timeline.say(who, `gives up on ${first.dynamodb.SequenceNumber}`);
      props.deadLetters.take({
        kind: 'range',
        shardId: shard.id,
        startSequenceNumber: first.dynamodb.SequenceNumber,
        endSequenceNumber: (records.at(-1) as StreamRecord).dynamodb.SequenceNumber,
        batchSize: records.length,
      });
      position.next = batch.to;
      done(rest);
    });
  };

  stream.onPut(pollSoon);
}

/** Where a function says that it stopped; the end of the batch when it says nothing. */
function indexAfter(shard: Shard, { from, to }: Batch, answer: DynamoDBBatchResponse): number {
  const numbers = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (let index = from; index < to; index++) {
    if (numbers.has((shard.records[index] as StreamRecord).dynamodb.SequenceNumber)) {
      return index;
    }
  }
  return to;
}
