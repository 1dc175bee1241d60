import { memorySettlementAdapters } from '../../support/settlement/memory-world.ts';
import { correctionsHold } from './corrections.suite.ts';
import { debtsArePaid } from './debts.suite.ts';
import { reconcileHolds } from './reconcile.suite.ts';
import { settlementConformance } from './settlement.suite.ts';

settlementConformance('memory', async () => ({
  ...memorySettlementAdapters(),
  close: async () => {},
}));
debtsArePaid('memory', memorySettlementAdapters);
const shared = memorySettlementAdapters();
correctionsHold('memory', () => shared);
reconcileHolds('memory', memorySettlementAdapters, 300);
