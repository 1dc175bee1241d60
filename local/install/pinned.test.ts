import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** A package as the lock file has it. */
interface Locked {
  readonly integrity?: string;
  /** Comes inside another package, whose hash it is under. */
  readonly inBundle?: boolean;
  /** For other machines than this one: npm gets the hash where it installs it. */
  readonly optional?: boolean;
}

describe('what is installed', () => {
  it('is of one exact version each, for npm and for Maven', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      text('../../package.json'),
    );
    const versions = Object.values<string>({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    });
    const poms = ['dynamodb', 'jsonata'].map((name) => text(`../localstack/jars/${name}/pom.xml`));
    const jars = poms.flatMap((pom) => [...pom.matchAll(/<version>([^<]*)</g)].map(([, of]) => of));
    for (const version of [...versions, ...jars]) {
      expect(version).toMatch(/^\d+(\.\d+)*$/);
    }
  });

  it('is what it was when it was locked: each package by its hash', () => {
    const locked: Record<string, Locked> = JSON.parse(text('../../package-lock.json')).packages;
    const needed = Object.entries(locked).filter(
      ([path, { inBundle, optional }]) => path !== '' && !inBundle && !optional,
    );
    expect(needed.length).toBeGreaterThan(100);
    for (const [path, { integrity }] of needed) {
      expect(integrity, path).toMatch(/^sha512-/);
    }
  });

  it('is that of Python too, where pip is told to refuse anything else', () => {
    const blocks = text('../localstack/requirements.txt')
      .replaceAll('\\\n', ' ')
      .split('\n')
      .filter((line) => /^[a-z]/i.test(line));
    expect(blocks.length).toBeGreaterThan(10);
    for (const block of blocks) {
      expect(block).toMatch(/^[\w.[\]-]+==\S+ .*--hash=sha256:[0-9a-f]{64}/);
    }
    expect(text('packages.mjs')).toContain("['--require-hashes', '-r', requirements]");
  });
});
