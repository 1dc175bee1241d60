import { describe, expect, it } from 'vitest';
import {
  durationText,
  failureBars,
  successRate,
  throughputPoints,
  throughputText,
} from './figures.ts';

const aMinute = (minute: number, accepted: number, settled = 0, failed = 0) => ({
  minute: `2026-01-01T12:0${minute}:00.000Z`,
  accepted,
  settled,
  failed,
});

describe('the throughput', () => {
  const minutes = [aMinute(6, 1, 1), aMinute(7, 5, 3, 1), aMinute(8, 5, 2)];

  it('has a point for each minute', () => {
    expect(throughputPoints(minutes)[1]).toEqual({
      minute: '12:07',
      accepted: 5,
      settled: 3,
      failed: 1,
    });
  });

  it('is a sentence with its sums and its first peak', () => {
    expect(throughputText(minutes)).toBe(
      'In 3 min 11 accepted, 6 settled, 1 failed. Most in a minute: 5 accepted at 12:07.',
    );
    expect(throughputText([aMinute(6, 0)])).toBe('In 1 min 0 accepted, 0 settled, 0 failed.');
  });
});

describe('a duration', () => {
  it.each([
    [null, '–'],
    [0, '0 ms'],
    [999, '999 ms'],
    [2_440, '2.4 s'],
    [185_000, '3 min 5 s'],
    [119_999, '2 min 0 s'],
  ])('of %s is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

describe('the success rate', () => {
  const payments = {
    accepted: 9,
    captured: 0,
    authorized: 0,
    processing: 9,
    failed: 0,
    canceled: 0,
  };

  it('is of what ended, and none before anything did', () => {
    expect(successRate(payments)).toBeNull();
    expect(successRate({ captured: 1, authorized: 1, failed: 1 })).toBe('66.7 %');
  });
});

describe('the failures', () => {
  it('come with the most frequent first', () => {
    const failures = [
      { code: 'b', count: 1 },
      { code: 'a', count: 1 },
      { code: 'c', count: 2 },
    ];
    expect(failureBars(failures).map(({ code }) => code)).toEqual(['c', 'a', 'b']);
  });
});
