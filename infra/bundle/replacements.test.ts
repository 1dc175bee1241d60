import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replacements } from './replacements.ts';

interface Partition {
  readonly id: string;
  readonly regionRegex: string;
  readonly regions: Readonly<Record<string, unknown>>;
}

/** What a module of our dependencies is, and what stands in for it. */
async function texts(module: string): Promise<readonly [string, string]> {
  const contents = replacements.find((entry) => entry.module === module)?.contents;
  const file = join(import.meta.dirname, '..', '..', 'node_modules', module);
  const original = await readFile(file, 'utf8');
  return [original, typeof contents === 'function' ? contents(original) : String(contents)];
}

async function partitionsOf(text: string): Promise<readonly Partition[]> {
  const loaded = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  return loaded.partitionsInfo.partitions;
}

describe('what stands in for a module', () => {
  it('knows the partition of each region by its pattern, without its name', async () => {
    const [original, replaced] = await texts(
      '@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js',
    );
    const [before, after] = [await partitionsOf(original), await partitionsOf(replaced)];
    expect(after).toEqual(before.map((partition) => ({ ...partition, regions: {} })));
    const regions = before.flatMap(({ id, regions: names }) =>
      Object.keys(names).map((region) => [region, id] as const),
    );
    expect(regions.length).toBeGreaterThan(30);
    // What is global has no pattern, and no function runs there.
    for (const [region, id] of regions.filter(([name]) => !name.endsWith('-global'))) {
      const matching = after.find(({ regionRegex }) => new RegExp(regionRegex).test(region));
      expect(matching?.id, region).toBe(id);
    }
  });

  it.each(['s3', 'sfn', 'sqs'])(
    'has the schemas of %s with their keys written out',
    async (client) => {
      const [original, replaced] = await texts(
        `@aws-sdk/client-${client}/dist-es/schemas/schemas_0.js`,
      );
      expect(original).toMatch(/\{ \[_\w+\]: /);
      expect(replaced).not.toMatch(/\[_\w+\]: /);
      const unchanged = (text: string) => text.split('\n').filter((line) => !/[[{].*: /.test(line));
      expect(unchanged(replaced)).toEqual(unchanged(original));
    },
  );

  it('has of SSM the error that is told from others, and the others’ names alone', async () => {
    const [original, replaced] = await texts('@aws-sdk/client-ssm/dist-es/schemas/schemas_0.js');
    const registered = (text: string) => text.match(/registerError\((\w+)\$/g);
    expect(registered(original)?.length).toBeGreaterThan(100);
    expect(registered(replaced)).toEqual([
      // Of the client's own base class.
      'registerError(SSMServiceException$',
      'registerError(ParameterNotFound$',
    ]);
  });

  it('is there for a reason, once', () => {
    const modules = replacements.map(({ module }) => module);
    expect(new Set(modules).size).toBe(modules.length);
    for (const { module, because } of replacements) {
      expect(because.length, module).toBeGreaterThan(20);
    }
  });
});
