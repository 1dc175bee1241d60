/** Where a process can die: at one call of one method of a port by one function. */
export interface CrashPoint {
  readonly function: string;
  /** `<port>.<method>`. */
  readonly effect: string;
  readonly when: 'before' | 'after';
}

export function nameOfPoint({ function: name, effect, when }: CrashPoint): string {
  return `${name}: ${when} ${effect}`;
}

/** The crash points that there are, made known where ports are given to functions, and those met. */
export interface Coverage {
  readonly register: (name: string, effect: string) => void;
  readonly hit: (point: CrashPoint) => void;
  readonly existing: () => readonly CrashPoint[];
  /** How often each was met, by its name. */
  readonly hits: ReadonlyMap<string, number>;
}

export function coverage(): Coverage {
  const points = new Map<string, CrashPoint>();
  const hits = new Map<string, number>();
  return {
    register: (name, effect) => {
      for (const when of ['before', 'after'] as const) {
        const point = { function: name, effect, when };
        points.set(nameOfPoint(point), point);
      }
    },
    hit: (point) => {
      const name = nameOfPoint(point);
      hits.set(name, (hits.get(name) ?? 0) + 1);
    },
    existing: () => [...points.values()],
    hits,
  };
}
