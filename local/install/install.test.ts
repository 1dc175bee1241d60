import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf, installOnce, withLock } from './once.mjs';
import { isNpmCurrent } from './packages.mjs';
import { missingPrerequisites, needsOf } from './prerequisites.mjs';
import { Progress } from './progress.mjs';
import { findPython, isAtLeast, parseJava } from './toolchain.mjs';

const complete = {
  platform: 'linux',
  node: 'v20.20.2',
  python: '/usr/bin/python3.13',
  uv: undefined,
  javaHome: '/usr/lib/jvm/17',
  maven: '/usr/bin/mvn',
  chromium: '/usr/bin/chromium',
  aptGet: undefined,
};

describe('what a command line needs to be installed', () => {
  it.each([
    'start',
    'up',
    'up --port 4600',
    '--no-color up',
    'chaos --seed 7',
    'bench',
    'cost',
    'test fast',
  ])('is a LocalStack for: %s', (line) => {
    expect(needsOf(line.split(' '))).toEqual({ localStack: true, chromium: false });
  });

  it('is a browser as well for all of the tests', () => {
    expect(needsOf(['test'])).toEqual({ localStack: true, chromium: true });
  });

  it.each([
    '',
    '--help',
    'up --help',
    'test -h',
    'help up',
    'doctor',
    'down',
    'dlq list',
    'keys create --tenant up',
    'up --endpoint http://127.0.0.1:4566',
    'start --endpoint=http://127.0.0.1:4566',
  ])('is nothing for: %s', (line) => {
    expect(needsOf(line.split(' '))).toEqual({ localStack: false, chromium: false });
  });
});

describe('prerequisites', () => {
  it('misses nothing on a machine that has everything', () => {
    expect(missingPrerequisites(complete, { localStack: true })).toEqual([]);
  });

  it('names everything that is missing at once, with how to get it', () => {
    const bare = { ...complete, python: undefined, javaHome: undefined, maven: undefined };
    const missing = missingPrerequisites(bare, { localStack: true });
    expect(missing.map((line) => line.split(':')[0])).toEqual([
      'Python 3.13',
      'Java 17 or newer',
      'Maven',
    ]);
    for (const line of missing) expect(line).toContain('apt install');
    const mac = missingPrerequisites({ ...bare, platform: 'darwin' }, { localStack: true });
    for (const line of mac) expect(line).toContain('brew install');
  });

  it('takes uv for a Python, and needs only Node without a LocalStack to start', () => {
    const withUv = { ...complete, python: undefined, uv: '/usr/bin/uv' };
    expect(missingPrerequisites(withUv, { localStack: true })).toEqual([]);
    const old = { ...complete, node: 'v18.0.0', python: undefined, maven: undefined };
    expect(missingPrerequisites(old, { localStack: false })).toEqual([
      expect.stringContaining('Node 20 or newer (this is v18.0.0)'),
    ]);
  });

  it('says that Windows is not for it', () => {
    const windows = { ...complete, platform: 'win32' };
    expect(missingPrerequisites(windows, { localStack: true })[0]).toContain('WSL');
  });

  it.each([
    ['v22.18.0', true],
    ['v22.17.9', false],
    ['v24.0.0', true],
    ['v20.20.2', false],
  ])('compares versions: %s', (version, enough) => {
    expect(isAtLeast(version, [22, 18])).toBe(enough);
  });

  it('reads what Java says of itself', () => {
    const says = (version: string) =>
      `Property settings:\n    java.home = /opt/jdk 17\n    java.specification.version = ${version}\n`;
    expect(parseJava(says('17'))).toEqual({ home: '/opt/jdk 17', major: 17 });
    expect(parseJava(says('1.8'))?.major).toBe(8);
    expect(parseJava('The operation couldn’t be completed.')).toBeUndefined();
  });

  it('passes over a python3.13 on PATH that refuses to run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'paysaga-shim-'));
    writeFileSync(join(folder, 'python3.13'), '#!/bin/sh\nexit 127\n', { mode: 0o755 });
    const { PATH } = process.env;
    try {
      process.env.PATH = `${folder}:${PATH}`;
      expect(await findPython()).not.toBe(join(folder, 'python3.13'));
    } finally {
      process.env.PATH = PATH;
      rmSync(folder, { recursive: true });
    }
  });
});

describe('installing once', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'paysaga-install-'));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('installs for each key, and again after an interruption, from an empty folder', async () => {
    const folder = join(root, 'venv');
    const install = async () => writeFileSync(join(folder, 'file'), '');
    expect(await installOnce({ folder, key: 'a', install })).toBe(true);
    expect(await installOnce({ folder, key: 'a', install })).toBe(false);
    const interrupted = async () => {
      writeFileSync(join(folder, 'half'), '');
      throw new Error('interrupted');
    };
    await expect(installOnce({ folder, key: 'b', install: interrupted })).rejects.toThrow();
    expect(await installOnce({ folder, key: 'b', install })).toBe(true);
    expect(existsSync(join(folder, 'half'))).toBe(false);
  });

  it('lets one process in at a time, and takes over the lock of a dead one', async () => {
    const file = join(root, 'lock');
    // No process has an id this large.
    writeFileSync(file, '4194999');
    let inside = 0;
    const work = async () => {
      inside += 1;
      expect(inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
    };
    await Promise.all([withLock(file, work, 5), withLock(file, work, 5)]);
    expect(existsSync(file)).toBe(false);
  });

  describe('npm packages', () => {
    const seconds = (when: string) => new Date(when).getTime() / 1000;
    const lockFile = () => join(root, 'package-lock.json');
    const hidden = () => join(root, 'node_modules', '.package-lock.json');
    const installAt = (when: string) => {
      mkdirSync(join(root, 'node_modules'), { recursive: true });
      writeFileSync(hidden(), '{}');
      utimesSync(hidden(), seconds(when), seconds(when));
    };

    beforeEach(() => {
      writeFileSync(lockFile(), '{"lockfileVersion":3}');
      utimesSync(lockFile(), seconds('2026-01-02'), seconds('2026-01-02'));
    });

    it('are not there without node_modules, or when npm did not finish', () => {
      expect(isNpmCurrent(root)).toBe(false);
      mkdirSync(join(root, 'node_modules'));
      expect(isNpmCurrent(root)).toBe(false);
    });

    it('are current when npm ran after the lock file was written', () => {
      installAt('2026-01-03');
      expect(isNpmCurrent(root)).toBe(true);
      installAt('2026-01-01');
      expect(isNpmCurrent(root)).toBe(false);
    });

    it('are current when the lock file is the one they were installed from, whatever its time', () => {
      installAt('2026-01-01');
      const mark = join(root, 'node_modules', '.paysaga-lock');
      writeFileSync(mark, hashOf('{"lockfileVersion":3}'));
      expect(isNpmCurrent(root)).toBe(true);
      writeFileSync(mark, hashOf('{"lockfileVersion":2}'));
      expect(isNpmCurrent(root)).toBe(false);
    });
  });
});

describe('progress', () => {
  it('writes one line for each step, with its name and seconds', async () => {
    const lines: string[] = [];
    const progress = new Progress({ isTTY: false, write: (text) => lines.push(text) });
    await progress.step('first', async () => undefined);
    const failing = progress.step('second', async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(lines[0]).toMatch(/^✓ first +\d+\.\d s\n$/);
    expect(lines[1]).toMatch(/^✗ second +\d+\.\d s\n$/);
  });
});
