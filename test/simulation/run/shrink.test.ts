import { describe, expect, it } from 'vitest';
import { type FaultKind, faults } from '../kernel/faults.ts';
import { startProcess } from '../kernel/process.ts';
import { aCore, anEffect, runAll } from '../testing/core.ts';
import type { RunOptions, RunResult } from './run-seed.ts';
import { shrink } from './shrink.ts';

const options: RunOptions = { seed: 3, points: [] };
const commands = ['a', 'b', 'c', 'd', 'e'];

/**
 * A toy: for each command a process writes a debit and then, with nothing that would finish it when it
 * dies in between, the credit. What is broken has a debit without its credit.
 */
async function toy({ seed, faults: only, commands: kept }: RunOptions): Promise<RunResult> {
  const core = aCore({}, seed);
  const rates: Partial<Record<FaultKind, number>> = {
    crash_before: 0.08,
    slow: 0.3,
    skew: 0.3,
    throttle: 0.05,
  };
  const plan = { rates, outages: [], focus: null, untilMs: Number.POSITIVE_INFINITY };
  const struck = faults(core.dice, core.kernel.now, { ...plan, ...(only ? { only } : {}) });
  const books = { debits: 0, credits: 0 };
  const asked = commands.filter((command) => !kept || kept.has(command));
  for (const command of asked) {
    const process = startProcess(
      { ...core, faults: struck },
      { name: command, function: 'toy', skewMs: 0, endsMs: Number.POSITIVE_INFINITY },
      () => {},
    );
    const write = (side: keyof typeof books) =>
      process.effect(
        anEffect(side, () => {
          books[side] += 1;
        }),
      );
    void write('debits').then(
      () => write('credits').catch(() => write('credits').catch(() => {})),
      () => {},
    );
  }
  await runAll(core);
  const isBroken = books.debits !== books.credits;
  return {
    seed,
    steps: core.kernel.steps(),
    lastedMs: core.kernel.now(),
    broken: isBroken
      ? { invariant: 'the books balance', detail: JSON.stringify(books), atMs: 0 }
      : null,
    faults: struck.injected,
    commands: asked,
    hits: core.coverage.hits,
    checked: new Map(),
    hash: core.timeline.hash(),
    text: core.timeline.text,
  };
}

/** The first seed that a toy breaks at, with something to leave out. */
async function aFailingSeed(): Promise<number> {
  for (let seed = 1; ; seed++) {
    const { broken, faults: struck } = await toy({ ...options, seed });
    if (broken && struck.size >= 4) {
      return seed;
    }
  }
}

describe('a run that fails', () => {
  it('is made as short as the one fault and the one command that it needs', async () => {
    const seed = await aFailingSeed();
    const {
      broken,
      faults: needed,
      commands: asked,
      text,
    } = await shrink({ ...options, seed }, toy);
    expect(broken.invariant).toBe('the books balance');
    expect(needed).toHaveLength(1);
    expect(asked).toHaveLength(1);
    expect(needed[0]).toMatch(new RegExp(`^crash_before at ${asked[0]} / credits [12]$`));
    expect(text).toContain(`${asked[0]}: dies: before credits`);
  });

  it('still needs two faults when it takes both', async () => {
    const both = async (given: RunOptions): Promise<RunResult> => {
      const kept = (name: string) => !given.faults || given.faults.has(name);
      const struck = ['one', 'two', 'three', 'four'].filter(kept);
      const isBroken = ['one', 'four'].every((name) => struck.includes(name));
      return {
        ...(await toy(given)),
        faults: new Map(struck.map((name) => [name, 'slow'])),
        broken: isBroken ? { invariant: 'both', detail: '', atMs: 0 } : null,
      };
    };
    const { faults: needed, commands: asked } = await shrink(options, both);
    expect([needed, asked]).toEqual([['one', 'four'], []]);
  });

  it('is not taken for another one that fails otherwise', async () => {
    const other = async (given: RunOptions): Promise<RunResult> => ({
      ...(await toy(given)),
      faults: new Map([
        ['one', 'slow'],
        ['two', 'slow'],
      ]),
      broken: {
        invariant: !given.faults || given.faults.has('two') ? 'first' : 'second',
        detail: '',
        atMs: 0,
      },
    });
    expect((await shrink(options, other)).faults).toEqual(['two']);
  });

  it('has to fail', async () => {
    const works = async (given: RunOptions) => ({ ...(await toy(given)), broken: null });
    await expect(shrink(options, works)).rejects.toThrow('seed 3 does not fail');
  });
});
