import { useLocation, useSearchParams } from 'react-router';

export interface Paging {
  /** Null on the first page. */
  readonly cursor: string | null;
  readonly newer: (() => void) | null;
  readonly older: (next: string | null) => (() => void) | null;
}

/**
 * The page of a list in the address. A cursor leads on and never back, so the way here is kept beside
 * the address; whoever comes by the address alone gets from there to the first page.
 */
export function usePaging(): Paging {
  const [address, setAddress] = useSearchParams();
  const { state } = useLocation();
  const cursor = address.get('cursor');
  const trail: readonly string[] = Array.isArray(state?.trail) ? state.trail : [];
  const go = (to: string, nextTrail: readonly string[]) =>
    setAddress(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete('cursor');
        if (to !== '') {
          after.set('cursor', to);
        }
        return after;
      },
      { state: { trail: nextTrail } },
    );
  return {
    cursor,
    newer: cursor === null ? null : () => go(trail.at(-1) ?? '', trail.slice(0, -1)),
    older: (next) => (next === null ? null : () => go(next, [...trail, cursor ?? ''])),
  };
}
