/** How long a process may go on without asking the key service again. */
export const plainKeyMs = 60_000;
/** What a burst has of customers at work in one process, many times over. */
export const maxPlainKeys = 256;

/**
 * The plain data keys of a process, by their ids: a minute each, and so many at most. They save a call
 * to the key service and decide nothing: whether a key is still there, the table is asked each time.
 */
export function plainKeys(nowMs: () => number, max = maxPlainKeys) {
  const known = new Map<string, { readonly plain: Uint8Array; readonly untilMs: number }>();
  const drop = (keyId: string): void => {
    known.get(keyId)?.plain.fill(0);
    known.delete(keyId);
  };
  return {
    drop,
    find: (keyId: string): Uint8Array | null => {
      for (const [other, { untilMs }] of known) {
        if (untilMs <= nowMs()) {
          drop(other);
        }
      }
      return known.get(keyId)?.plain ?? null;
    },
    keep: (keyId: string, plain: Uint8Array): void => {
      drop(keyId);
      known.set(keyId, { plain, untilMs: nowMs() + plainKeyMs });
      const [oldest] = known.keys();
      if (known.size > max && oldest !== undefined) {
        drop(oldest);
      }
    },
  };
}
