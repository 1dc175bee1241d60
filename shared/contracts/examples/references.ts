/** `{NAME#POINTER}`: what the answer to an example has at a JSON pointer. */
const reference = /^\{([a-z0-9-]+)#((?:\/[^/}]+)+)\}$/;

/**
 * A request with what its references stand for.
 *
 * @param answers by the names of the examples before it
 * @throws Error for a reference to what no example before it was answered with
 */
export function resolved<T>(request: T, answers: ReadonlyMap<string, unknown>): T {
  return JSON.parse(JSON.stringify(request), (_key, value) => {
    const [, name = '', pointer = ''] =
      typeof value === 'string' ? (reference.exec(value) ?? []) : [];
    if (name === '') {
      return value;
    }
    const found = at(answers.get(name), pointer);
    if (typeof found !== 'string') {
      throw new Error(`no example before has ${value}`);
    }
    return found;
  });
}

function at(body: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);
}

/** A body without what varies: the same of two of them, when they agree. */
export function withoutVarying(body: unknown, varies: readonly string[] = []): unknown {
  const copy = structuredClone(body);
  for (const pointer of varies) {
    const keys = pointer.split('/').slice(1);
    const last = keys.pop() ?? '';
    const parent = keys.reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key],
      copy,
    );
    if (typeof parent === 'object' && parent !== null && last in parent) {
      (parent as Record<string, unknown>)[last] = '(varies)';
    }
  }
  return copy;
}
