import { describe, expect, it } from 'vitest';
import type { DeadLetterEvidence, Evidence } from '../proof/evidence.ts';
import { soundEvidence, storedAfter } from '../proof/testing/sound.ts';
import { holds, summarize } from './run.ts';
import { describeRun, markdownOf } from './text.ts';

const mark = '00000000-0000-8000-8000-000000000001';
const letter: DeadLetterEvidence = {
  edge: 'payments-project-list',
  body: `{"id":"${mark}"}`,
  reason: `Poison: ${mark} is no event`,
  explanation: 'fails_again: what it is does not change',
};

const run = (changed: Partial<Evidence> = {}, left: readonly string[] = []) =>
  summarize(soundEvidence({ deadLetters: [letter, letter], ...changed }), {
    seed: 7,
    started: '2026-01-01T00:00:00.000Z',
    seconds: 61.4,
    struck: [
      { time: '', function: 'charge', at: 'after-call', what: 'POST /charges' },
      { time: '', function: 'charge', at: 'before-write', what: 'PutItem' },
    ],
    injected: {
      counts: { 'poison on the bus': 1 },
      poison: [mark],
      publishedByHand: new Map(),
      noticesAgain: new Map(),
    },
    left,
  });

describe('a chaos run', () => {
  it('holds when every invariant does and every dead letter is explained', () => {
    expect(holds(run())).toBe(true);
  });

  it.each<[string, ReturnType<typeof run>]>([
    ['an invariant', run({ rows: new Map() })],
    [
      'a dead letter without an explanation',
      run({ deadLetters: [{ ...letter, explanation: null }] }),
    ],
    ['poison that was taken', run({ deadLetters: [] })],
    ['something that still moves', run({}, ['1 payment is open'])],
  ])('does not hold with %s', (_, one) => {
    expect(holds(one)).toBe(false);
    expect(describeRun(one).at(-1)).toBe('It does not hold.');
    expect(markdownOf(one, 'npm run chaos')).toContain('**It does not hold.**');
  });

  it('is told with what was done, what was counted, and what is left', () => {
    const text = describeRun(run({ payments: [storedAfter('reserved', 'parkedCharge')] })).join(
      '\n',
    );
    expect(text).toContain('Processes ended: 2');
    expect(text).toContain('1 after-call, 1 before-write');
    expect(text).toContain('2 charge');
    expect(text).toMatch(/ 2 {2}payments-project-list: Poison: \{id\} is no event -> fails_again/);
    expect(text).toContain('charge: nobody says');
    expect(text).toContain(' 3  BROKEN  at most one effect at the PSP per operation: ');
  });

  it('names no more violations than a screen takes, and says how many there are', () => {
    const published = { published: new Map<string, number>() };
    const lines = describeRun(
      run({ ...published, payments: Array(4).fill(soundEvidence().payments[0]) }),
    );
    expect(lines.filter((line) => line.includes('was not published')).length).toBeLessThan(11);
    expect(lines.some((line) => /and \d+ more/.test(line))).toBe(true);
  });

  it('is a section with the command, the date and a line for each invariant', () => {
    const text = markdownOf(run(), 'npm run chaos -- --seed 7');
    expect(text).toContain('`npm run chaos -- --seed 7`, 2026-01-01, 61 s');
    expect(text.match(/^\| \d+ \| /gm)).toHaveLength(15);
    expect(text).toContain('| process ended after-call | 1 |');
    expect(text).toContain('the same');
  });
});
