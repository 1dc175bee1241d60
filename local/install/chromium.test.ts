import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aptGetOfRoot, findChromium, installChromium } from './chromium.mjs';
import { missingPrerequisites } from './prerequisites.mjs';
import { Progress } from './progress.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'paysaga-chromium-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** An executable in a folder of its own, and that folder. */
function folderWith(name: string): string {
  const folder = join(root, `has-${name}`);
  mkdirSync(folder);
  writeFileSync(join(folder, name), '', { mode: 0o755 });
  return folder;
}

describe('the browser of the tests', () => {
  it.each(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'])(
    'is %s where PATH has it',
    (name) => {
      const PATH = folderWith(name);
      expect(findChromium({ env: { PATH }, platform: 'linux' })).toBe(join(PATH, name));
    },
  );

  it('is a Chromium before a Chrome, wherever on PATH they are', () => {
    const PATH = `${folderWith('google-chrome')}:${folderWith('chromium')}`;
    expect(findChromium({ env: { PATH } })).toMatch(/\/chromium$/);
  });

  it('is the one that PAYSAGA_CHROMIUM names, and no other if that is not there', () => {
    const PATH = folderWith('chromium');
    const named = join(folderWith('my-chrome'), 'my-chrome');
    expect(findChromium({ env: { PATH, PAYSAGA_CHROMIUM: named } })).toBe(named);
    const gone = join(root, 'gone');
    expect(findChromium({ env: { PATH, PAYSAGA_CHROMIUM: gone } })).toBeUndefined();
  });

  it('is looked for among the applications of macOS alone', () => {
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    const isFile = (file: string) => file === chrome;
    expect(findChromium({ env: { PATH: root }, platform: 'darwin', isFile })).toBe(chrome);
    expect(findChromium({ env: { PATH: root }, platform: 'linux', isFile })).toBeUndefined();
  });
});

describe('a machine without one', () => {
  const machine = {
    platform: 'linux',
    node: 'v24.0.0',
    python: 'python3.13',
    uv: undefined,
    javaHome: '/jdk',
    maven: 'mvn',
    chromium: undefined,
    aptGet: undefined,
  };

  it('is told what to install, when it is needed', () => {
    const missing = missingPrerequisites(machine, { localStack: true, chromium: true });
    expect(missing).toEqual([expect.stringMatching(/Chromium.*apt install chromium.*PAYSAGA_/)]);
    const mac = { ...machine, platform: 'darwin' };
    const [line] = missingPrerequisites(mac, { localStack: true, chromium: true });
    expect(line).toContain('brew install --cask chromium');
    expect(missingPrerequisites(machine, { localStack: true })).toEqual([]);
    expect(missingPrerequisites(machine, { localStack: true, chromium: false })).toEqual([]);
  });

  it('misses nothing where root has apt-get', () => {
    const ofRoot = { ...machine, aptGet: '/usr/bin/apt-get' };
    expect(missingPrerequisites(ofRoot, { localStack: true, chromium: true })).toEqual([]);
  });

  it('has an apt-get to use for root alone, and not where a browser was named', () => {
    const PATH = folderWith('apt-get');
    expect(aptGetOfRoot({ env: { PATH }, uid: 0 })).toBe(join(PATH, 'apt-get'));
    expect(aptGetOfRoot({ env: { PATH }, uid: 1_000 })).toBeUndefined();
    expect(aptGetOfRoot({ env: { PATH: root }, uid: 0 })).toBeUndefined();
    expect(
      aptGetOfRoot({ env: { PATH, PAYSAGA_CHROMIUM: '/opt/chrome' }, uid: 0 }),
    ).toBeUndefined();
  });
});

describe('installing one', () => {
  const quiet = () => new Progress({ write: () => true });

  /** An apt-get whose installations go as told, and whose updates succeed. */
  function aptGet(...installations: boolean[]) {
    const did: string[] = [];
    const execute = async (_: string, args: string[]) => {
      did.push(args[0] ?? '');
      if (args[0] === 'install' && !installations.shift()) throw new Error('no such package');
      return '';
    };
    return { did, execute };
  }

  it('fetches no lists when the package is in those that are there', async () => {
    const { did, execute } = aptGet(true);
    await installChromium(quiet(), 'apt-get', execute);
    expect(did).toEqual(['install']);
  });

  it('fetches the lists on a machine that has none, and tries again', async () => {
    const { did, execute } = aptGet(false, true);
    await installChromium(quiet(), 'apt-get', execute);
    expect(did).toEqual(['install', 'update', 'install']);
  });

  it('gives up after three tries, with what apt-get said', async () => {
    const { did, execute } = aptGet();
    await expect(installChromium(quiet(), 'apt-get', execute)).rejects.toThrow('no such package');
    expect(did.filter((act) => act === 'install')).toHaveLength(3);
  });
});
