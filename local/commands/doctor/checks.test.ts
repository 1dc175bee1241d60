import { describe, expect, it } from 'vitest';
import { checksOf, type Looked } from './checks.ts';

const all: Looked = {
  machine: {
    platform: 'linux',
    node: 'v24.0.0',
    python: '/usr/bin/python3.13',
    uv: undefined,
    javaHome: '/usr/lib/jvm/17',
    maven: '/usr/bin/mvn',
    chromium: '/usr/bin/chromium',
    aptGet: undefined,
  },
  missing: [],
  packages: { wrong: [] },
  localStack: true,
  stack: { endpoint: 'http://127.0.0.1:4566', apiUrl: 'http://127.0.0.1:4566/v1' },
  health: 'ok',
  endpointVariables: [],
  apiVariables: { url: false, key: false },
};

const notWell = (looked: Partial<Looked>) =>
  checksOf({ ...all, ...looked }).filter(({ state }) => state !== 'ok');

describe('the doctor', () => {
  it('finds nothing where all is well', () => {
    expect(notWell({})).toEqual([]);
    expect(checksOf(all).length).toBeGreaterThan(8);
  });

  it.each<[string, Partial<Looked>, string, string]>([
    [
      'no Java',
      {
        machine: { ...all.machine, javaHome: undefined },
        missing: ['Java 17 or newer: brew install openjdk@17'],
      },
      'missing',
      'Java 17 or newer: brew install openjdk@17',
    ],
    ['no packages', { packages: null }, 'missing', 'any command but help installs them'],
    ['another version', { packages: { wrong: ['zod'] } }, 'missing', 'npm ci'],
    ['no stack', { stack: null, health: null }, 'absent', 'npm run up'],
    ['a stack that is dead', { health: null }, 'missing', 'npm run down, then npm run up'],
    ['an endpoint', { endpointVariables: ['AWS_ENDPOINT_URL'] }, 'absent', 'unset before'],
    ['half a stage', { apiVariables: { url: true, key: false } }, 'missing', 'set both or none'],
    [
      'no browser',
      { machine: { ...all.machine, chromium: undefined } },
      'absent',
      'npm test says how to get it',
    ],
  ])('says of %s what to do', (_, looked, state, advice) => {
    const found = notWell(looked);
    expect(found).toHaveLength(1);
    expect(found[0]?.state).toBe(state);
    expect(found[0]?.advice).toContain(advice);
  });
});
