import type { Release } from '../release.ts';

/** What stands at a JSON pointer becomes what a change makes of it; undefined takes it away. */
export type Change = (value: unknown) => unknown;

/** Contracts that are different at one place. */
export function edited<T extends object>(contracts: T, pointer: string, change: Change): T {
  const copy = structuredClone(contracts);
  const path = pointer.split('/').slice(1).map(unescaped);
  const last = path.pop() ?? '';
  let parent = copy as unknown as Record<string, unknown>;
  for (const name of path) {
    parent = parent[name] as Record<string, unknown>;
    if (typeof parent !== 'object') {
      throw new Error(`there is no ${pointer}`);
    }
  }
  const value = change(parent[last]);
  if (value === undefined) {
    delete parent[last];
  } else {
    parent[last] = value;
  }
  return copy;
}

/** One that lacks a member of an object's schema. */
export function withoutMember(contracts: Release, schema: string, name: string): Release {
  const lacking = edited(contracts, `${schema}/properties/${escaped(name)}`, () => undefined);
  return edited(lacking, `${schema}/required`, (required) =>
    (required as string[] | undefined)?.filter((one) => one !== name),
  );
}

/** One that has another member in an object's schema. */
export function withMember(
  contracts: Release,
  schema: string,
  name: string,
  { required }: { readonly required: boolean },
): Release {
  const having = edited(contracts, `${schema}/properties/${escaped(name)}`, () => ({
    type: 'string',
  }));
  return required
    ? edited(having, `${schema}/required`, (names) => [...((names as string[]) ?? []), name])
    : having;
}

/** The pointers of every object's schema that says its members, wherever in the contracts. */
export function objectSchemasOf(value: unknown, pointer = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const own = 'type' in value && value.type === 'object' && 'properties' in value ? [pointer] : [];
  return [
    ...own,
    ...Object.entries(value).flatMap(([name, part]) =>
      objectSchemasOf(part, `${pointer}/${escaped(name)}`),
    ),
  ];
}

/** What stands at a JSON pointer. */
export function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map(unescaped)
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], value);
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescaped(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}
