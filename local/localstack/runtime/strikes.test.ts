import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { armedFaults, armStrikes, clearFaults, sentCalls, struck } from '../../faults.ts';
import { faultDir } from '../settings.ts';
import { isStruck, strikesOf } from './strikes.mjs';

describe('faults at random', () => {
  let stateDir: string;

  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'paysaga-strikes-'));
  });

  afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

  const processOf = (functionKey: string) => strikesOf(faultDir(stateDir), functionKey);
  /** At which of its effects a process would end. */
  const fates = (one: ReturnType<typeof processOf>, effects: number) =>
    Array.from({ length: effects }, () => one.strikes('before-write', 'PutItem'));

  it('strike nobody where none are armed, and put nothing on record', () => {
    const one = processOf('charge');
    one.sent({ method: 'POST', path: '/charges', operation_id: 'a' });
    expect(fates(one, 50)).not.toContain(true);
    expect(struck(stateDir)).toEqual([]);
    expect(sentCalls(stateDir)).toEqual([]);
  });

  it('strike by the probability, and are the same for the same seed', () => {
    const strikes = (seed: number) =>
      Array.from({ length: 5_000 }, (_, nth) => isStruck(seed, 'charge.0', nth, 0.02));
    const count = strikes(1).filter(Boolean).length;
    expect(count).toBeGreaterThan(60);
    expect(count).toBeLessThan(140);
    expect(strikes(1)).toEqual(strikes(1));
    expect(strikes(1)).not.toEqual(strikes(2));
  });

  it('give each process of a function a fate of its own', () => {
    armStrikes({ stateDir, seed: 7, probability: 0.1, lives: 1_000 });
    const all = [processOf('charge'), processOf('charge'), processOf('refund')].map((one) =>
      fates(one, 200).join(),
    );
    expect(new Set(all).size).toBe(3);
  });

  it('take as many lives as there are, and put each on record', () => {
    armStrikes({ stateDir, seed: 7, probability: 1, lives: 3 });
    expect(fates(processOf('charge'), 2)).toEqual([true, true]);
    expect(fates(processOf('refund'), 3)).toEqual([true, false, false]);
    expect(struck(stateDir)).toMatchObject([
      { process: 'charge.0', function: 'charge', at: 'before-write', what: 'PutItem' },
      { function: 'charge' },
      { process: 'refund.0', function: 'refund' },
    ]);
  });

  it('go on recording calls when they strike no more', () => {
    armStrikes({ stateDir, seed: 7, probability: 1, lives: 5 });
    armStrikes({ stateDir, seed: 7, probability: 0, lives: 0 });
    const one = processOf('charge');
    expect(fates(one, 20)).not.toContain(true);
    one.sent({ method: 'POST', path: '/charges', operation_id: 'a' });
    expect(sentCalls(stateDir)).toMatchObject([
      { function: 'charge', method: 'POST', path: '/charges', operation_id: 'a' },
    ]);
  });

  it('are no armed faults of a function, and stay when those are cleared', () => {
    armStrikes({ stateDir, seed: 7, probability: 1, lives: 1 });
    expect(armedFaults(stateDir)).toEqual([]);
    clearFaults(stateDir);
    expect(fates(processOf('charge'), 1)).toEqual([true]);
  });

  it('refuses a probability and a number of lives that are none', () => {
    const one = { stateDir, seed: 1, probability: 0.5, lives: 1 };
    expect(() => armStrikes({ ...one, probability: 1.1 })).toThrow('no probability');
    expect(() => armStrikes({ ...one, lives: -1 })).toThrow('not a number');
  });
});
