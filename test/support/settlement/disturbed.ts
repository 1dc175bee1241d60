import type { ReconcileDependencies } from '../../../functions/settlement/reconcile/dependencies.ts';
import type { SettlementChange } from '../../../shared/domain/settlement/decide.ts';
import type { Scenario } from './scenario.ts';

/** A run died, as the scenario has it. */
export class Crash extends Error {}

/** The ports, with waits before each call, and death at some writes. */
export function disturbed(
  deps: ReconcileDependencies,
  { delays, crashes }: Scenario,
  filed: (id: string) => void,
): ReconcileDependencies {
  let calls = 0;
  let writes = 0;
  const turn = async () => {
    for (let left = delays[calls++ % delays.length] ?? 0; left > 0; left--) {
      await null;
    }
  };
  const waiting =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await turn();
      return call(...args);
    };
  const mortal =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await turn();
      const write = ++writes;
      const crash = crashes.find((planned) => planned.write === write);
      if (crash?.at === 'before') {
        throw new Crash();
      }
      const result = await call(...args);
      if (crash) {
        throw new Crash();
      }
      return result;
    };
  return {
    ...deps,
    load: waiting(deps.load),
    readLimited: waiting(deps.readLimited),
    store: {
      look: waiting(deps.store.look),
      waiting: waiting(deps.store.waiting),
      write: mortal(deps.store.write),
    },
    runs: { ...deps.runs, begin: mortal(deps.runs.begin), finish: mortal(deps.runs.finish) },
    noted: (what) => what.kind === 'filed' && filed(what.broken.id),
  };
}

/** Looks, after each capture that is settled, whether its merchant has what it should have paid with. */
export function watched(
  deps: ReconcileDependencies,
  { runners }: Scenario,
  unpaid: (operationId: string) => void,
): ReconcileDependencies {
  const write = async (change: SettlementChange) => {
    const outcome = await deps.store.write(change);
    const { claim } = change;
    // Another runner could be between the two reads.
    if (runners === 1 && outcome === 'written' && claim?.posted.made_available) {
      const { tenant, currency } = claim;
      const debt = await deps.readLimited(tenant, currency, 'merchant_debt');
      const available = await deps.readLimited(tenant, currency, 'merchant_available');
      if (debt.availableMinor > 0n && available.availableMinor > 0n) {
        unpaid(claim.operationId);
      }
    }
    return outcome;
  };
  return { ...deps, store: { ...deps.store, write } };
}
