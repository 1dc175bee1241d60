import { isDeepStrictEqual } from 'node:util';
import { readsVersion } from '../../../shared/contracts/events/upcast.ts';
import { compareReleases } from './compare.ts';
import { consumersOf } from './consumers.ts';
import type { Finding } from './finding.ts';
import { readRelease, releasedFolder, releasedVersions } from './registry.ts';
import type { Release } from './release.ts';
import { byVersion, type Version, versionOf } from './versions.ts';

/** What a release of contracts would be. */
export interface Check {
  /** The latest release; null when there is none. */
  readonly latest: string | null;
  /** The releases that were compared: all with the latest one's major version. */
  readonly against: readonly string[];
  /** False when the contracts are those of the latest release. */
  readonly isChanged: boolean;
  readonly findings: readonly Finding[];
}

/** Compares contracts with those of every release that they must not break. */
export async function checkContracts(present: Release, folder = releasedFolder): Promise<Check> {
  const versions = await releasedVersions(folder);
  const latest = versions.at(-1) ?? null;
  const against = versions.filter((one) => majorOf(one) === majorOf(latest ?? ''));
  const releases = await Promise.all(
    against.map(async (name) => ({ name, before: await readRelease(name, folder) })),
  );
  const consumers = consumersOf();
  const findings = releases.flatMap((release) =>
    compareReleases({ ...release, after: present, consumers, readsVersion }),
  );
  const last = releases.at(-1)?.before;
  return { latest, against, isChanged: !isDeepStrictEqual(last, present), findings };
}

/**
 * Why the contracts cannot be released under a version; null when they can. A release breaks only by
 * its major version, and adds only by its minor one.
 */
export function refusalOf(version: string, { latest, isChanged, findings }: Check): string | null {
  const next = versionOf(version);
  if (!next) {
    return `${version} is no version: it has the form 1.2.3`;
  }
  const last = latest === null ? null : versionOf(latest);
  if (!last || latest === null) {
    return null;
  }
  if (byVersion(version, latest) <= 0) {
    return version === latest
      ? `${version} is released, and stays as it is`
      : `${version} comes before ${latest}, which is released`;
  }
  const risen = partRisen(last, next);
  if (findings.length > 0 && risen !== 'major') {
    return `${version} would break who goes by ${latest}: it takes ${last[0] + 1}.0.0`;
  }
  return isChanged && risen === 'patch'
    ? `${version} changes the contracts of ${latest}: it takes ${last[0]}.${last[1] + 1}.0`
    : null;
}

function partRisen(before: Version, after: Version): 'major' | 'minor' | 'patch' {
  const [major, minor] = before.map((part, index) => part !== after[index]);
  return major ? 'major' : minor ? 'minor' : 'patch';
}

function majorOf(version: string): number | undefined {
  return versionOf(version)?.[0];
}
