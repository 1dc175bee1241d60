import { useEffect, useState } from 'react';

const dayMs = 86_400_000;

/** A moment in UTC, as logs have it; the whole of it is in the title. */
export function Time({
  at,
  precise = false,
}: {
  /** RFC 3339. */
  readonly at: string;
  /** With milliseconds. */
  readonly precise?: boolean;
}) {
  return (
    <time
      dateTime={at}
      title={`${at} (local: ${new Date(at).toLocaleString()})`}
      className="ps-nowrap"
    >
      {timeText(at, precise)}
    </time>
  );
}

/** How long ago something was, counted on while it is to be seen. */
export function Age({ since }: { readonly since: string }) {
  const now = useNow(1_000);
  return (
    <time dateTime={since} title={since} className="ps-nowrap">
      {ageText(now - Date.parse(since))}
    </time>
  );
}

/** `2026-11-22 01:02:03`, UTC; `.456` with it when precise. */
export function timeText(at: string, precise = false): string {
  const text = new Date(at).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, precise ? 23 : 19)}`;
}

/** `8 s`, `3 min`, `2 h 5 min`, `4 d`. */
export function ageText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) {
    return `${seconds} s`;
  }
  if (minutes < 60) {
    return `${minutes} min`;
  }
  if (ms < dayMs) {
    return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }
  return `${Math.floor(ms / dayMs)} d`;
}

function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
