import { useState } from 'react';

/**
 * Where one is in a list that goes page by page, as the cursors that led there. Another `key`, such as
 * another filter, begins at the first page.
 */
export function useCursors(key: string): {
  /** Of the page that is shown; undefined for the first. */
  readonly cursor: string | undefined;
  readonly forward: (cursor: string) => void;
  /** Null on the first page. */
  readonly back: (() => void) | null;
} {
  const [at, setAt] = useState<{ readonly key: string; readonly cursors: readonly string[] }>({
    key,
    cursors: [],
  });
  const cursors = at.key === key ? at.cursors : [];
  return {
    cursor: cursors.at(-1),
    forward: (cursor) => setAt({ key, cursors: [...cursors, cursor] }),
    back: cursors.length > 0 ? () => setAt({ key, cursors: cursors.slice(0, -1) }) : null,
  };
}
