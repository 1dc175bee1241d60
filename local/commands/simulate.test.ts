import { describe, expect, it } from 'vitest';
import { UsageError } from '../program/exit.ts';
import { requestOf } from '../program/program.ts';
import { simulate } from './simulate.ts';

const parseSimulate = (args: readonly string[]) =>
  requestOf(simulate, args, { user: 'me', nowMs: 0 });

describe('the arguments of a simulation', () => {
  it('are a thousand seeds from the first, when there are none', () => {
    expect(parseSimulate([])).toEqual({
      from: 1,
      seeds: 1_000,
      workers: undefined,
      bug: undefined,
      json: false,
    });
  });

  it('are as many seeds as are asked for, from one on', () => {
    const args = ['--seeds', '20', '--from', '7', '--workers', '2', '--bug', 'a-bug', '--json'];
    expect(parseSimulate(args)).toEqual({
      from: 7,
      seeds: 20,
      workers: 2,
      bug: 'a-bug',
      json: true,
    });
  });

  it('are one seed, when that is said', () => {
    expect(parseSimulate(['--seed', '4711'])).toMatchObject({ from: 4_711, seeds: 1 });
  });

  it.each([
    [['--seed', '1', '--seeds', '2']],
    [['--seed', '1', '--from', '2']],
    [['--seeds', '0']],
    [['--seeds', '-1']],
    [['--from', '1.5']],
    [['--workers', 'two']],
    [['--other']],
    [['seeds']],
  ])('are refused when they make no sense: %j', (args) => {
    expect(() => parseSimulate(args)).toThrow(UsageError);
  });
});
