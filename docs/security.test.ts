import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
const lines = readFileSync(new URL('docs/security.md', root), 'utf8').split('\n');

/** The cells of each threat: its letter, the threat, what stops it, its tests. */
const threats = lines
  .filter((line) => /^\| [STRIDE] \|/.test(line))
  .map((line) => line.split('|').slice(1, -1));

const edges = lines.filter((line) => /^## \d\. /.test(line));

describe('the threat model', () => {
  it('is of nine edges, each with what is not covered there', () => {
    expect(edges).toHaveLength(9);
    expect(lines.filter((line) => line.startsWith('Not covered: '))).toHaveLength(edges.length);
  });

  it('has all of STRIDE at each edge', () => {
    const text = lines.join('\n').split(/^## /m);
    for (const edge of text.filter((part) => /^\d\. /.test(part))) {
      const letters = new Set(
        [...edge.matchAll(/^\| ([STRIDE]) \|/gm)].map(([, letter]) => letter),
      );
      expect([...letters].sort().join(''), edge.split('\n')[0]).toBe('DEIRST');
    }
  });

  it.each(threats.map((cells) => [cells[1]?.trim(), cells] as const))(
    'names a test that there is: %s',
    (_threat, cells) => {
      expect(cells).toHaveLength(4);
      const files = [...(cells[3] ?? '').matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        expect(file).toMatch(/\.test\.ts$/);
        expect(existsSync(fileURLToPath(new URL(file, root))), file).toBe(true);
      }
    },
  );
});
