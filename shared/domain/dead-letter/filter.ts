/** A Lambda event filter on a record. */
export type Filter = Readonly<Record<string, unknown>>;

/**
 * True for a record that one of a mapping's filters lets through; a mapping without any lets through
 * all. Of EventBridge's patterns it knows what ours have: a list of texts and `{ prefix }` for a
 * value, and objects within objects. Source: Lambda developer guide, "Control which events Lambda
 * sends to your function".
 *
 * @throws Error for a pattern that it does not know, as neither answer would be right
 */
export function passes(record: unknown, filters: readonly Filter[]): boolean {
  return filters.length === 0 || filters.some((filter) => matches(record, filter));
}

function matches(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) {
    return pattern.some((option) => isOption(value, option));
  }
  if (typeof pattern !== 'object' || pattern === null) {
    throw unknown(pattern);
  }
  // Each member is looked at, so that what is unknown in one is not hidden by another.
  const results = Object.entries(pattern).map(([name, inner]) =>
    matches(member(value, name), inner),
  );
  return results.every(Boolean);
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function isOption(value: unknown, option: unknown): boolean {
  if (typeof option === 'string') {
    return value === option;
  }
  const [[operator, operand] = [], ...more] = Object.entries(option ?? {});
  if (operator === 'prefix' && typeof operand === 'string' && more.length === 0) {
    return typeof value === 'string' && value.startsWith(operand);
  }
  throw unknown(option);
}

function unknown(pattern: unknown): Error {
  return new Error(
    `a filter has a pattern that this version does not know: ${JSON.stringify(pattern)}`,
  );
}
