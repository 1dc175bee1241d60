import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release } from './release.ts';
import { byVersion, versionOf } from './versions.ts';

/**
 * Where the released contracts are kept: a folder a version, which is never written again, and
 * `digests.json`, by which a release that was changed or taken away by hand is found.
 */
export const releasedFolder = join(import.meta.dirname, '..', '..', '..', 'contracts', 'released');

const names = ['endpoints', 'events', 'errors', 'input', 'output'] as const;
const digestFile = 'digests.json';
type Contents = Readonly<Record<(typeof names)[number], unknown>>;

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/**
 * The versions that are released, the earliest first.
 *
 * @throws Error for one that was, and is not there any more
 */
export async function releasedVersions(folder = releasedFolder): Promise<readonly string[]> {
  const there = existsSync(folder) ? await readdir(folder) : [];
  const gone = Object.keys(await digestsIn(folder)).find((version) => !there.includes(version));
  if (gone !== undefined) {
    throw new Error(`${gone} was released, and its contracts are gone`);
  }
  return there.filter((name) => versionOf(name) !== null).toSorted(byVersion);
}

/** @throws Error for a release that is not as it was written */
export async function readRelease(version: string, folder = releasedFolder): Promise<Release> {
  const read = async (name: string) => [
    name,
    JSON.parse(await readFile(join(folder, version, `${name}.json`), 'utf8')),
  ];
  const contents = Object.fromEntries(await Promise.all(names.map(read)));
  if ((await digestsIn(folder))[version] !== digestOf(contents)) {
    throw new Error(`the contracts of ${version} are not those that were released`);
  }
  const { endpoints, events, errors, input, output } = contents;
  return { endpoints, events, errors, input: input.$defs, output: output.$defs };
}

/**
 * @returns the files
 * @throws Error for a version that is there
 */
export async function writeRelease(
  version: string,
  { endpoints, events, errors, input, output }: Release,
  folder = releasedFolder,
): Promise<readonly string[]> {
  const there = join(folder, version);
  if (existsSync(there)) {
    throw new Error(`${version} is released, and stays as it is`);
  }
  const digests = await digestsIn(folder);
  await mkdir(there, { recursive: true });
  const contents: Contents = {
    endpoints,
    events,
    errors,
    input: { $schema: dialect, $defs: input },
    output: { $schema: dialect, $defs: output },
  };
  const files = await Promise.all(
    names.map((name) => written(join(there, `${name}.json`), contents[name])),
  );
  const all = { ...digests, [version]: digestOf(contents) };
  return [...files, await written(join(folder, digestFile), all)];
}

async function written(file: string, content: unknown): Promise<string> {
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
  return file;
}

/** The digest of each release, by its version. */
async function digestsIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const file = join(folder, digestFile);
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
}

/** Of what the files say: how their lines end is no matter. */
function digestOf(contents: Contents): string {
  const text = JSON.stringify(names.map((name) => contents[name]));
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
