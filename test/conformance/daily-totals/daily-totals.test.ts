import { memoryDailyTotals } from '../../../shared/adapters/memory/projections/daily-totals.ts';
import { dailyTotalsConformance } from './daily-totals.suite.ts';

dailyTotalsConformance('memory', async () => ({
  totals: memoryDailyTotals(),
  close: async () => {},
}));
