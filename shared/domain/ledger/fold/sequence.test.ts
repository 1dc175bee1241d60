import { describe, expect, it } from 'vitest';
import { positionOf, unfoldedRun, untakenRun } from './sequence.ts';

const records = ['8', '9', '10', '11'].map((sequence) => ({ sequence }));

describe('a position', () => {
  it('sorts as text as its number does', () => {
    const growing = ['0', '9', '10', '4'.repeat(20), '1'.repeat(21), '9'.repeat(40)];
    const positions = growing.map(positionOf);
    expect([...positions].sort()).toEqual(positions);
  });

  it('keeps all of 40 digits', () => {
    const sequence = '1234567890'.repeat(4);
    expect(positionOf(sequence)).toBe(sequence);
  });

  it.each(['', '-1', '1.5', '1e3', ' 1', 'a', '9'.repeat(41)])('is not %j', (sequence) => {
    expect(() => positionOf(sequence)).toThrow(RangeError);
  });
});

describe('the run that is left', () => {
  it('is all of it for a new shard', () => {
    expect(untakenRun(records, null)).toEqual({
      records,
      first: positionOf('8'),
      last: positionOf('11'),
    });
  });

  it('starts after what was taken', () => {
    expect(untakenRun(records, positionOf('9'))).toEqual({
      records: [{ sequence: '10' }, { sequence: '11' }],
      first: positionOf('10'),
      last: positionOf('11'),
    });
  });

  it('is all of it when what was taken lies before it, though longer as text', () => {
    expect(untakenRun(records, positionOf('0007'))?.records).toEqual(records);
  });

  it.each(['11', '12', '100'])('is nothing when %s was taken', (taken) => {
    expect(untakenRun(records, positionOf(taken))).toBeNull();
  });

  it('is nothing of no records', () => {
    expect(untakenRun([], null)).toBeNull();
  });

  it.each([
    ['backwards', ['9', '8']],
    ['twice the same', ['8', '8']],
    ['twice the same in two forms', ['8', '08']],
  ])('is refused %s', (_, sequences) => {
    const run = sequences.map((sequence) => ({ sequence }));
    expect(() => untakenRun(run, null)).toThrow(/out of order/);
  });
});

describe('the run that a book does not have', () => {
  const transfers = records.map(({ sequence }) => ({ sequence, transfer: { id: `t${sequence}` } }));
  const left = (...folded: readonly string[]) => unfoldedRun(transfers, new Set(folded));

  it('is all of it when none is folded, and nothing when all is', () => {
    expect(left('t7')?.records).toEqual(transfers);
    expect(left('t8', 't9', 't10', 't11')).toBeNull();
    expect(unfoldedRun([], new Set())).toBeNull();
  });

  it('has gaps where transfers are folded, and the positions of what is left', () => {
    expect(left('t8', 't10')).toEqual({
      records: [transfers[1], transfers[3]],
      first: positionOf('9'),
      last: positionOf('11'),
    });
  });

  it('is refused out of order, whatever is folded of it', () => {
    const folded = new Set(['t8', 't9', 't10', 't11']);
    expect(() => unfoldedRun([...transfers].reverse(), folded)).toThrow(/out of order/);
  });
});
