import { describe, expect, it } from 'vitest';
import { UsageError } from '../program/exit.ts';
import { requestOf } from '../program/program.ts';
import { chaos } from './chaos.ts';

const parseChaos = (args: readonly string[]) => requestOf(chaos, args, { user: 'me', nowMs: 0 });

describe('the arguments of chaos', () => {
  it('are 200 payments with seed 1 unless they say otherwise', () => {
    expect(parseChaos([])).toEqual({ payments: 200, seed: 1, json: false, report: null });
    expect(parseChaos(['--payments', '10', '--seed=7', '--json', '--report', 'proof.md'])).toEqual({
      payments: 10,
      seed: 7,
      json: true,
      report: 'proof.md',
    });
  });

  it.each([
    [['--payments', '0']],
    [['--payments', '1001']],
    [['--payments', 'many']],
    [['--seed', '-1']],
    [['--seed', '1.5']],
    [['--verbose']],
    [['now']],
  ])('refuse %j', (args) => {
    expect(() => parseChaos(args)).toThrow(UsageError);
  });
});
