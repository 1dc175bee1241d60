import { describe, expect, it } from 'vitest';
import { jsonOf, markdownOf, pageWith, textOf } from './report.ts';
import { median, microseconds, type Section } from './timing.ts';

const section: Section = {
  title: 'Handlers',
  says: 'Beside others.',
  figures: [
    { what: 'submit', value: 50.04, unit: 'us', reference: 200, beside: 'another' },
    { what: 'get', value: 0.12345, unit: 'us', reference: 0.1, beside: 'another' },
  ],
};
const time = '2026-11-22T10:00:00.000Z';

describe('a report of measurements', () => {
  it('shows each beside its reference, with the ratio', () => {
    expect(textOf(section).split('\n')).toEqual([
      'Handlers',
      'Beside others.',
      '',
      'submit    50.0 us   another: 200 us     0.250',
      'get      0.123 us   another: 0.100 us    1.23',
      '',
    ]);
    expect(markdownOf(section)).toContain('| submit | 50.0 us | another: 200 us | 0.250 |');
    expect(JSON.parse(jsonOf(time, [section])).sections[0].figures[0].ratio).toBeCloseTo(0.25, 2);
  });

  it('goes into a page where the last one was, and leaves the rest of it', () => {
    const page = 'Before.\n<!-- measured -->\nold\n<!-- end -->\nAfter.\n';
    const written = pageWith(page, time, [section]);
    expect(written).toMatch(/^Before\.\n<!-- measured -->\nMeasured on 2026-11-22, /);
    expect(written).toMatch(/\n<!-- end -->\nAfter\.\n$/);
    expect(written).not.toContain('old');
    expect(pageWith(written, time, [section])).toBe(written);
    expect(() => pageWith('nothing', time, [])).toThrow('the page has no');
  });
});

describe('what is measured', () => {
  it('is the time of each call, whose numbers never come again', async () => {
    const numbers: number[][] = [[], []];
    const work = (which: number, rounds: number) => (index: number) => {
      numbers[which]?.push(index);
      let sum = 0;
      for (let i = 0; i < rounds; i++) {
        sum += Math.sqrt(i);
      }
      return sum;
    };
    const [little, much] = await microseconds([work(0, 100), work(1, 100_000)], { batch: 20 });
    expect(much).toBeGreaterThan(little);
    for (const of of numbers) {
      expect(new Set(of).size).toBe(20 * 16);
    }
  });

  it('is the median', () => {
    expect([median([3, 1, 2]), median([1]), median([5, 1, 4, 2])]).toEqual([2, 1, 4]);
    expect(median([])).toBeNaN();
  });
});
