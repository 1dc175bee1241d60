import { describe, expect, it } from 'vitest';
import counted from '../../../docs/cost/counts.json' with { type: 'json' };
import type { CountsFile } from '../../../docs/cost/counts.ts';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { cost } from './group.ts';
import { costJson, costText } from './text.ts';

const caller = { user: 'someone', nowMs: 0 };
const file = counted as CountsFile;

describe('paysaga cost', () => {
  it('counts five payments of each path for both types, and writes nothing', () => {
    expect(requestOf(cost, [], caller)).toEqual({
      payments: 5,
      saga: null,
      write: false,
      json: false,
    });
  });

  it('takes one type of machine, and no other word', () => {
    const asked = ['--saga', 'EXPRESS', '--payments', '2', '--write', '--json'];
    expect(requestOf(cost, asked, caller)).toEqual({
      payments: 2,
      saga: 'EXPRESS',
      write: true,
      json: true,
    });
    expect(() => requestOf(cost, ['--saga', 'express'], caller)).toThrow(UsageError);
  });

  it('prints each path with what one payment costs, of the types that were asked for', () => {
    const text = costText(file, 'STANDARD');
    for (const name of Object.keys(file.paths)) {
      expect(text).toMatch(new RegExp(`^${name} .* \\d+\\.\\d\\d +0\\.\\d{6}$`, 'm'));
    }
    expect(text).not.toMatch(/^EXPRESS$/m);
    expect(costText(file, null)).toMatch(/^EXPRESS$/m);
  });

  it('gives a program the counts with the prices, which add up', () => {
    const { usd_per_million: usd } = costJson(file, null) as {
      usd_per_million: Record<string, Record<string, Record<string, string>>>;
    };
    const { total, ...services } = usd.captured?.STANDARD ?? {};
    const cents = (text: string) => Number(text.replace('.', ''));
    const sum = Object.values(services).reduce((all, text) => all + cents(text), 0);
    // Each line is rounded by itself.
    expect(Math.abs(sum - cents(total ?? ''))).toBeLessThanOrEqual(5);
    expect(Object.keys(usd.captured ?? {})).toEqual(['STANDARD', 'EXPRESS']);
  });
});
