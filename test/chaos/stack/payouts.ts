import { simulatorDestinations } from '../../../shared/contracts/simulator/behaviour.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import type { LimitedAccount } from '../../../shared/ports/ledger.ts';
import { dice } from '../plan/dice.ts';
import type { ChaosStack } from './chaos-stack.ts';
import type { Merchants } from './driver.ts';
import { auditSourcesOf } from './looks.ts';

/** Accounts that something is paid out of, with so many payouts each: together more than there is. */
const accounts = 6;
const payoutsOfAccount = 3;
const maxRuns = 5;

/**
 * Settles what is captured, as the clock would: the simulator writes its file, and the reconciliation
 * posts it. Then merchants ask for more than they have, all at once.
 */
export async function payOut(stack: ChaosStack, merchants: Merchants, seed: number): Promise<void> {
  await settle(stack, seed);
  const die = dice(seed);
  const available: LimitedAccount[] = [];
  for await (const account of auditSourcesOf(stack).ledger.limitedAccounts()) {
    if (account.code === 'merchant_available' && account.availableMinor > 0n) {
      available.push(account);
    }
  }
  const chosen = die.shuffle('payouts', available.sort(byName)).slice(0, accounts);
  await Promise.all(
    chosen.flatMap(({ tenant, currency, availableMinor }) =>
      Array.from({ length: payoutsOfAccount }, async (_, nth) => {
        const name = `payout-${tenant}-${currency}-${nth}`;
        const share = die.pick(`${name} share`, [0.3, 0.6, 1]);
        const body = {
          amount: Math.min(10 ** 12, Math.max(1, Math.floor(Number(availableMinor) * share))),
          currency,
          destination: die.pick(`${name} to`, Object.keys(simulatorDestinations)),
        };
        const request = { tenant, route: '/payouts', key: `chaos-${seed}-${name}`, body };
        await Promise.all([merchants.ask(request), merchants.ask(request)]);
      }),
    ),
  );
}

function byName(a: LimitedAccount, b: LimitedAccount): number {
  return `${a.tenant} ${a.currency}` < `${b.tenant} ${b.currency}` ? -1 : 1;
}

async function settle({ simulatorUrl, invoke }: ChaosStack, seed: number): Promise<void> {
  const body = JSON.stringify({ operation_id: derivedId('settlement', String(seed)) });
  const headers = { 'content-type': 'application/json' };
  for (let run = 1; run <= maxRuns; run++) {
    const response = await fetch(`${simulatorUrl}/settlements`, { method: 'POST', headers, body });
    if (response.ok && (await invoke('settlement-reconcile', {})).succeeded) {
      return;
    }
  }
}
