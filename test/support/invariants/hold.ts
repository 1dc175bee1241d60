/** @throws Error that says what broke */
export function hold(holds: boolean, otherwise: string | (() => string)): void {
  if (!holds) {
    throw new Error(typeof otherwise === 'string' ? otherwise : otherwise());
  }
}

/** A value as one text, the same for equal values whatever the order of their members. */
export function text(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'bigint'
      ? String(member)
      : member !== null && typeof member === 'object' && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
        : member,
  );
}
