import { keyedHash } from './dice.ts';

/** One line of a run's history. */
export interface Happening {
  readonly atMs: number;
  /** Who did it, or to whom it was done. */
  readonly who: string;
  readonly what: string;
}

/** The history of a run, in its order. */
export interface Timeline {
  readonly say: (who: string, what: string) => void;
  readonly happenings: readonly Happening[];
  /** One number for all of it: two runs with the same number are the same run. */
  readonly hash: () => number;
  /** In words, a line each, with names in place of ids. */
  readonly text: () => string;
}

/** @param nameOf the ids that have a name, by which a reader knows them */
export function timeline(now: () => number, nameOf: ReadonlyMap<string, string>): Timeline {
  const happenings: Happening[] = [];
  return {
    say: (who, what) => {
      happenings.push({ atMs: now(), who, what });
    },
    happenings,
    hash: () =>
      happenings.reduce(
        (hash, { atMs, who, what }) => keyedHash(hash, `${atMs}|${who}|${what}`),
        0,
      ),
    text: () =>
      happenings
        .map(({ atMs, who, what }) => `${clockOf(atMs)}  ${who}: ${named(what, nameOf)}`)
        .join('\n'),
  };
}

/** `1:02:03.456`, with days before it when there are some. */
export function clockOf(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const days = Math.floor(ms / 86_400_000);
  const time = `${Math.floor(ms / 3_600_000) % 24}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}`;
  return `${days > 0 ? `${days} d ` : ''}${time}.${String(Math.floor(ms % 1_000)).padStart(3, '0')}`;
}

function named(text: string, nameOf: ReadonlyMap<string, string>): string {
  return text.replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, (id) => nameOf.get(id) ?? id);
}
