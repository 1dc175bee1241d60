import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchAnswer, StreamRecord } from '../../ports/dead-letters.ts';
import { redriveRange } from './redrive-range.ts';

const records: readonly StreamRecord[] = Array.from({ length: 20 }, (_, index) => ({
  sequence: String(index),
  record: {},
}));

/** Redrives records through a function that throws on some, and reports others. */
async function redrive(
  { throwsOn = [], reports = [] }: { throwsOn?: readonly number[]; reports?: readonly number[] },
  { of = records, atOnce = 100 } = {},
) {
  const passed: string[] = [];
  const batches: number[] = [];
  const failures = await redriveRange(
    async (batch): Promise<BatchAnswer> => {
      batches.push(batch.length);
      const fails = (sequence: string, on: readonly number[]) => on.includes(Number(sequence));
      if (batch.some(({ sequence }) => fails(sequence, throwsOn))) {
        return { kind: 'failed', errorName: 'TypeError', reason: `not ${batch[0]?.sequence}` };
      }
      const done = batch.findIndex(({ sequence }) => fails(sequence, reports));
      if (done === 0) {
        return { kind: 'failed', errorName: 'Error', reason: 'reported' };
      }
      passed.push(
        ...batch.slice(0, done < 0 ? batch.length : done).map(({ sequence }) => sequence),
      );
      return done < 0 ? { kind: 'done' } : { kind: 'stopped', done };
    },
    of,
    atOnce,
  );
  return {
    passed: passed.map(Number),
    batches,
    failures,
    failed: failures.map(({ index }) => index),
  };
}

const all = records.map((_, index) => index);

describe('redriving the records of a range', () => {
  it('gives the function as many at a time as its mapping does', async () => {
    const { passed, batches, failed } = await redrive({}, { atOnce: 8 });
    expect([passed, batches, failed]).toEqual([all, [8, 8, 4], []]);
  });

  it('has nothing to do for none', async () => {
    expect(await redrive({ throwsOn: [0] }, { of: [] })).toMatchObject({ batches: [], failed: [] });
  });

  it.each([
    ['throws', { throwsOn: [11] }],
    ['reports', { reports: [11] }],
  ])('parts a record on which the function %s from its neighbours', async (_, on) => {
    const { passed, failures } = await redrive(on);
    expect(passed).toEqual(all.filter((index) => index !== 11));
    expect(failures).toEqual([
      expect.objectContaining({
        index: 11,
        sequence: '11',
        reason: expect.stringMatching(/^not 11$|^reported$/),
      }),
    ]);
  });

  it('keeps the reason with which each record failed by itself', async () => {
    const { failures } = await redrive({ throwsOn: [0, 19] });
    expect(failures).toEqual([
      { index: 0, sequence: '0', errorName: 'TypeError', reason: 'not 0' },
      { index: 19, sequence: '19', errorName: 'TypeError', reason: 'not 19' },
    ]);
  });

  it('gives up when one record after the other fails: then it is the function', async () => {
    const { passed, batches, failures } = await redrive({ throwsOn: all });
    expect(passed).toEqual([]);
    expect(failures.map(({ index }) => index)).toEqual(all);
    expect(failures.map(({ errorName }) => errorName)).toEqual([
      ...Array.from({ length: 5 }, () => 'TypeError'),
      ...Array.from({ length: 15 }, () => 'NotTried'),
    ]);
    expect(batches.length).toBeLessThan(15);
  });

  it('goes on as long as some pass between those that fail', async () => {
    const poison = all.filter((index) => index % 4 === 0);
    const { passed, failed } = await redrive({ throwsOn: poison });
    expect(failed).toEqual(poison);
    expect(passed).toHaveLength(15);
  });

  it('lets each record pass once or stay, in order, wherever the poison is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat({ max: 19 }), { maxLength: 4 }),
        fc.uniqueArray(fc.nat({ max: 19 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 25 }),
        async (throwsOn, reports, atOnce) => {
          const { passed, failed } = await redrive({ throwsOn, reports }, { atOnce });
          const poison = all.filter((index) => [...throwsOn, ...reports].includes(index));
          const isHopeless = all.some((from) =>
            all.slice(from, from + 5).every((index) => poison.includes(index) && from <= 15),
          );
          expect([...passed, ...failed].sort((a, b) => a - b)).toEqual(all);
          expect(passed).toEqual([...passed].sort((a, b) => a - b));
          expect(failed).toEqual([...failed].sort((a, b) => a - b));
          expect(isHopeless || failed.every((index) => poison.includes(index))).toBe(true);
          expect(poison.every((index) => failed.includes(index))).toBe(true);
        },
      ),
    );
  });
});
