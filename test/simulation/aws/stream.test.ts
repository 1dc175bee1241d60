import type { DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { FaultPlan } from '../kernel/faults.ts';
import { aCore, runAll } from '../testing/core.ts';
import { deadLetters } from './dead-letters.ts';
import { lambda } from './lambda.ts';
import { consumeStream, tableStream } from './stream.ts';

/** How a function takes a batch: which records it gets done, in order, and whether it throws after that. */
type Taking = (names: readonly string[]) => { readonly done: number; readonly throws?: boolean };

async function streamed(
  taking: Taking,
  {
    retries = 3,
    plan = {},
  }: { readonly retries?: number; readonly plan?: Partial<FaultPlan> } = {},
) {
  const core = aCore(plan);
  const taken: string[] = [];
  const batches: string[] = [];
  const functions = lambda(
    core,
    new Map([
      [
        'taker',
        {
          name: 'taker',
          timeoutMs: 1_000,
          load:
            () =>
            async ({ Records }: DynamoDBStreamEvent) => {
              const names = Records.map(({ dynamodb }) => dynamodb?.NewImage?.name?.S ?? '');
              batches.push(names.join(''));
              const { done, throws = false } = taking(names);
              taken.push(...names.slice(0, done));
              if (throws) {
                throw new Error('not this one');
              }
              return {
                batchItemFailures: Records.slice(done, done + 1).map(({ dynamodb }) => ({
                  itemIdentifier: dynamodb?.SequenceNumber,
                })),
              };
            },
        },
      ],
    ]),
  );
  const stream = tableStream(core, 'table');
  const letters = deadLetters('taker', () => {});
  consumeStream(core, functions, stream, {
    function: 'taker',
    isFor: ({ dynamodb }) => dynamodb.NewImage?.name?.S !== 'x',
    batchSize: 8,
    retries,
    deadLetters: letters,
    namesShard: false,
  });
  for (const name of ['a', 'b', 'x', 'c', 'd', 'e', 'f']) {
    stream.put('one partition', { NewImage: { name: { S: name } } });
  }
  await runAll(core);
  return { taken: taken.join(''), batches, letters: letters.all, stream };
}

const untilPoison: Taking = (names) => {
  const poison = names.indexOf('d');
  return poison < 0
    ? { done: names.length }
    : { done: poison, ...(poison === 0 ? { throws: true } : {}) };
};

describe('a stream', () => {
  it('delivers what is for the function, in its order', async () => {
    expect(await streamed((names) => ({ done: names.length }))).toMatchObject({
      taken: 'abcdef',
      batches: ['abcdef'],
      letters: [],
    });
  });

  it('goes on at the record that the function names', async () => {
    let calls = 0;
    const { taken, batches } = await streamed((names) => ({
      done: ++calls === 1 ? 2 : names.length,
    }));
    expect([taken, batches]).toEqual(['abcdef', ['abcdef', 'cdef']]);
  });

  it('halves a batch that fails until its poison is alone, and gives that up by its position', async () => {
    const { taken, batches, letters, stream } = await streamed(untilPoison);
    expect(taken).toBe('abcef');
    expect(batches.filter((batch) => batch === 'd')).toHaveLength(4);
    const [letter] = letters;
    expect(letters).toHaveLength(1);
    expect(letter).toMatchObject({ kind: 'range', batchSize: 1 });
    if (letter?.kind === 'range') {
      const { shardId, startSequenceNumber, endSequenceNumber } = letter;
      const [record] = stream.range(shardId, startSequenceNumber, endSequenceNumber);
      expect(record?.dynamodb.NewImage).toEqual({ name: { S: 'd' } });
    }
  });

  it('tries again what failed for a while, without giving anything up', async () => {
    let calls = 0;
    const { taken, letters } = await streamed((names) =>
      ++calls <= 3 ? { done: 0, throws: true } : { done: names.length },
    );
    expect([taken, letters]).toEqual(['abcdef', []]);
  });

  it('may deliver a batch again though it was done', async () => {
    const { taken, batches } = await streamed((names) => ({ done: names.length }), {
      plan: { rates: { stream_again: 1 }, untilMs: 400 },
    });
    expect(batches.length).toBeGreaterThan(1);
    expect(new Set(taken)).toEqual(new Set('abcdef'));
  });
});
