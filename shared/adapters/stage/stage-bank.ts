import type { Bank } from '../../ports/payouts/bank.ts';
import { setting } from '../environment.ts';
import { simulatorBank } from '../simulator-bank/simulator-bank.ts';

/** The bank that the stage pays out through. */
export function stageBank(): Bank {
  return simulatorBank({
    baseUrl: setting('BANK_URL'),
    deadlineMs: Number(setting('PROVIDER_DEADLINE_MS')),
  });
}
