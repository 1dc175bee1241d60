import { type ChainName, chainOf, operatorsChain } from '../../domain/operator-log/chains.ts';
import {
  emptyLog,
  entryOf,
  isOf,
  type LoggedAct,
  OtherAct,
} from '../../domain/operator-log/entry.ts';
import type { OperatorLog, OperatorLogChains } from '../../ports/operator-log.ts';

/** The operator log in memory. */
export function memoryOperatorLog(): OperatorLog & OperatorLogChains {
  const chains = new Map<ChainName, LoggedAct[]>();
  const marks = new Map<string, LoggedAct>();
  const entriesOf = (chain: ChainName): readonly LoggedAct[] => chains.get(chain) ?? [];
  return {
    append: async (act) => {
      const before = marks.get(act.id);
      if (before && !isOf(act, before)) {
        throw new OtherAct(act.id);
      }
      if (before) {
        return before;
      }
      const chain = chainOf(act);
      const entries = entriesOf(chain);
      const entry = entryOf(act, entries.at(-1) ?? emptyLog);
      chains.set(chain, [...entries, entry]);
      marks.set(act.id, entry);
      return entry;
    },
    list: async ({ limit, after, chain = operatorsChain }) => {
      const entries = entriesOf(chain);
      const behind = after === null ? entries : entries.slice(0, Number(after) - 1);
      const items = behind.slice(-limit).reverse();
      return { items, next: behind.length > limit ? String(items.at(-1)?.sequence) : null };
    },
    names: async () => [...chains.keys()],
    chain: (chain) => ({
      head: async () => {
        const { sequence, hash } = entriesOf(chain).at(-1) ?? emptyLog;
        return { sequence, hash };
      },
      entries: async function* () {
        for (const entry of entriesOf(chain)) {
          yield { ...entry, marked: marks.get(entry.id)?.sequence ?? null };
        }
      },
    }),
  };
}
