import type { Bank } from '../../../ports/payouts/bank.ts';
import { setting } from '../../environment.ts';
import { fencedBank } from '../../fenced-bank.ts';
import { simulatorBank } from '../../simulator-bank/simulator-bank.ts';

/** The bank that the stage pays out through, behind the fence of replays. */
export function stageBank(): Bank {
  const bank = simulatorBank({
    baseUrl: setting('BANK_URL'),
    deadlineMs: Number(setting('PROVIDER_DEADLINE_MS')),
  });
  return fencedBank(bank);
}
