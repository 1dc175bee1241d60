import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { armedFaults, armFault, clearFaults } from './faults.ts';
import { modernNode } from './install/toolchain.mjs';
import { faultDir } from './localstack/settings.ts';

describe('faults', () => {
  let stateDir: string;

  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'paysaga-faults-'));
  });

  afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

  const claim = async (at: string, attempts = 1): Promise<number> => {
    const module = join(import.meta.dirname, 'localstack', 'runtime', 'faults.mjs');
    const code = `import { claimFault } from ${JSON.stringify(module)};
      let claimed = 0;
      for (let i = 0; i < ${attempts}; i++)
        if (claimFault(${JSON.stringify(faultDir(stateDir))}, 'charge', '${at}')) claimed++;
      console.log(claimed)`;
    const run = promisify(execFile);
    const { stdout } = await run(modernNode(), ['--input-type=module', '-e', code]);
    return Number(stdout);
  };

  it('is claimed once by several processes that try at the same time', async () => {
    armFault({ stateDir, functionKey: 'charge', at: 'after-write' });
    const claims = await Promise.all(Array.from({ length: 4 }, () => claim('after-write', 50)));
    expect(claims.reduce((sum, count) => sum + count)).toBe(1);
    expect(readdirSync(faultDir(stateDir))).toEqual([]);
  });

  it('is claimed as many times as it is armed for', async () => {
    armFault({ stateDir, functionKey: 'charge', at: 'before-call', times: 3 });
    expect(await claim('before-call', 5)).toBe(3);
  });

  it('stays armed for another point', async () => {
    armFault({ stateDir, functionKey: 'charge', at: 'before-write' });
    expect(await claim('after-write', 3)).toBe(0);
    expect(armedFaults(stateDir)).toEqual(['charge']);
  });

  it('is cleared for one function, or for all', () => {
    armFault({ stateDir, functionKey: 'charge', at: 'before-write' });
    armFault({ stateDir, functionKey: 'submit', at: 'before-write' });
    clearFaults(stateDir, 'charge');
    expect(armedFaults(stateDir)).toEqual(['submit']);
    clearFaults(stateDir);
    expect(armedFaults(stateDir)).toEqual([]);
    clearFaults(join(stateDir, 'never-made'));
  });

  it('refuses a key that is a path, and a number of times that is none', () => {
    const fault = { stateDir, functionKey: 'charge', at: 'before-write' } as const;
    expect(() => armFault({ ...fault, functionKey: '../charge' })).toThrow('not a function key');
    expect(() => armFault({ ...fault, times: 0 })).toThrow('not a number of times');
  });
});
