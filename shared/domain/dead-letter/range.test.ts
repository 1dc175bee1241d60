import { describe, expect, it } from 'vitest';
import { givenUp } from '../../../test/support/dead-letters/letters.ts';
import { batchesOf, type Failure, leftoversOf } from './range.ts';

const failure = (index: number): Failure => ({
  index,
  sequence: String(10 + index),
  errorName: 'Error',
  reason: `not ${index}`,
});

describe('what is left of a range', () => {
  const left = (...indexes: readonly number[]) =>
    leftoversOf(givenUp('10', '19', 10, 'shard-1'), indexes.map(failure));

  it('is a letter for a single poison, in the form of the one before', () => {
    const [letter, ...others] = left(3);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ errorName: 'Error', reason: 'not 3', records: 1 });
    const before = JSON.parse(givenUp('10', '19', 10, 'shard-1'));
    expect(JSON.parse(letter?.body ?? '')).toEqual({
      ...before,
      DDBStreamBatchInfo: {
        ...before.DDBStreamBatchInfo,
        startSequenceNumber: '13',
        endSequenceNumber: '13',
        batchSize: 1,
      },
    });
  });

  it('is one letter for neighbours, and another for what has a record between them', () => {
    const letters = left(0, 1, 2, 5, 7, 8);
    expect(
      letters.map(({ body, records, reason }) => {
        const { startSequenceNumber, endSequenceNumber } = JSON.parse(body).DDBStreamBatchInfo;
        return [startSequenceNumber, endSequenceNumber, records, reason];
      }),
    ).toEqual([
      ['10', '12', 3, 'not 0 (the first of 3)'],
      ['15', '15', 1, 'not 5'],
      ['17', '18', 2, 'not 7 (the first of 2)'],
    ]);
  });

  it('is nothing when nothing failed', () => {
    expect(left()).toEqual([]);
  });
});

describe('the batches of a range', () => {
  const limits = { maxRecords: 3, maxBytes: 10 };

  it('have so many records at most', () => {
    expect(batchesOf([1, 2, 3, 4, 5, 6, 7], limits)).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
    expect(batchesOf([], limits)).toEqual([]);
  });

  it('have so many bytes at most, but one record at least', () => {
    expect(batchesOf([12345, 12345, 1, 12345678901, 1], limits)).toEqual([
      [12345, 12345],
      [1],
      [12345678901],
      [1],
    ]);
  });
});
