import type { StreamRecord } from '../aws/stream.ts';

/**
 * Lambda's event filter, as far as our functions use it: each member of a pattern is a list, of which
 * the record has one value, or a value that begins with one. Source: Lambda developer guide,
 * "Filter rule syntax".
 */
export function passes(
  filters: readonly Readonly<Record<string, unknown>>[],
  record: StreamRecord,
): boolean {
  return filters.some((pattern) => matches(pattern, record));
}

function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) {
    return pattern.some((wanted: unknown) =>
      isPrefix(wanted)
        ? typeof value === 'string' && value.startsWith(wanted.prefix)
        : wanted === value,
    );
  }
  return Object.entries(pattern as object).every(([name, wanted]) =>
    matches(wanted, (value as Record<string, unknown> | undefined)?.[name]),
  );
}

function isPrefix(wanted: unknown): wanted is { readonly prefix: string } {
  return wanted !== null && typeof wanted === 'object' && 'prefix' in wanted;
}
