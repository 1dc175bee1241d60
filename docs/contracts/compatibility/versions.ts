/** `1.2.3`, as numbers. */
export type Version = readonly [major: number, minor: number, patch: number];

/** Null for what is no version. */
export function versionOf(text: string): Version | null {
  const [, ...parts] = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(text) ?? [];
  const [major, minor, patch] = parts.map(Number);
  return major === undefined || minor === undefined || patch === undefined
    ? null
    : [major, minor, patch];
}

/** For sorting, the earliest first. */
export function byVersion(one: string, other: string): number {
  const [some, others] = [versionOf(one), versionOf(other)];
  const place = some?.findIndex((part, index) => part !== others?.[index]) ?? -1;
  return place < 0 ? 0 : (some?.[place] ?? 0) - (others?.[place] ?? 0);
}
