import { useEffect, useRef, useState } from 'react';
import { type LiveRows, liveRows } from './live-rows.ts';

/**
 * Keeps what is shown of a list that is read again and again.
 *
 * @param released changes when what has come is to be shown all the same
 */
export function useLiveRows<Row extends { readonly id: string }>(
  read: readonly Row[],
  isPointedAt: boolean,
  released: number,
): LiveRows<Row> {
  const [shown, setShown] = useState(() => liveRows<Row>(null, read, false));
  const lastReleased = useRef(released);
  useEffect(() => {
    const isReleased = lastReleased.current !== released;
    lastReleased.current = released;
    setShown((before) => liveRows(before, read, isPointedAt && !isReleased));
  }, [read, isPointedAt, released]);
  return shown;
}
