import { memoryLedger } from '../../../shared/adapters/memory/ledger.ts';
import { memorySettlements } from '../../../shared/adapters/memory/settlement/settlements.ts';
import { type SettlementAdapters, settlementWorld } from './world.ts';

/** The in-memory adapters of a reconciliation, over a ledger of their own. */
export function memorySettlementAdapters(): SettlementAdapters {
  const ledger = memoryLedger();
  return {
    ...memorySettlements(ledger),
    write: async (transfers) => ledger.write(transfers),
    readLimited: ledger.readLimited,
    entries: ledger.listEntriesOfDays,
  };
}

/** A world of its own in memory, with what it is kept in. */
export function memoryWorld() {
  const adapters = memorySettlementAdapters();
  return { adapters, world: settlementWorld(adapters) };
}
