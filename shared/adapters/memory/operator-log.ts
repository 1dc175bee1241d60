import type { OperatorAct, OperatorLog } from '../../ports/operator-log.ts';

/** The operator log in memory. */
export function memoryOperatorLog(): OperatorLog {
  const acts = new Map<string, OperatorAct>();
  return {
    append: async (act) => {
      const position = positionOf(act);
      if (!acts.has(position)) {
        acts.set(position, act);
      }
    },
    list: async ({ limit, after }) => {
      const positions = [...acts.keys()]
        .filter((position) => after === null || position < after)
        .sort()
        .reverse();
      const items = positions.slice(0, limit).flatMap((position) => acts.get(position) ?? []);
      return { items, next: positions.length > limit ? (positions[limit - 1] ?? null) : null };
    },
  };
}

function positionOf({ time, id }: OperatorAct): string {
  return `${time}#${id}`;
}
