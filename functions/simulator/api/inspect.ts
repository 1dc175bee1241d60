import type { SimulatorBehaviour } from '../../../shared/contracts/simulator/behaviour.ts';
import type {
  SimulatorOperationReportResource,
  SimulatorTotalsResource,
} from '../../../shared/contracts/simulator/control.ts';
import type { SimulatorStore } from '../../../shared/ports/simulator-store.ts';
import { ok, refusal, type SimulatorAnswer } from '../answer.ts';
import { disputedMinor, renderCharge } from './charges/charge.ts';
import { meetTrouble, type TroubleDependencies } from './trouble.ts';

export interface InspectDependencies extends TroubleDependencies {
  readonly store: SimulatorStore;
  readonly tokens: Readonly<Record<string, SimulatorBehaviour>>;
}

/**
 * Tells what became of a charge, by the caller's own reference:
 * 1. find the charges of the reference: none is 404, a decline leaves none
 * 2. more than one is 409: to pick one could hide a double charge
 * 3. meet what the token puts before an inquiry; such calls are counted under the charge's id
 */
export function inquire(deps: InspectDependencies) {
  const meet = meetTrouble(deps);
  return async (reference: string): Promise<SimulatorAnswer> => {
    const [charge, ...others] = await deps.store.chargesOf(reference);
    if (!charge) {
      return refusal('charge_not_found', 'There is no charge with this reference.');
    }
    if (others.length > 0) {
      return refusal('ambiguous_reference', 'More than one charge has this reference.');
    }
    const { before } = deps.tokens[charge.paymentMethod]?.inquiry ?? {};
    return (await meet(before, charge.id)) ?? ok(renderCharge(charge));
  };
}

/** Control side: how often an operation took effect, and what it was answered. */
export function reportOperation({ store }: Pick<InspectDependencies, 'store'>) {
  return async (operationId: string): Promise<SimulatorAnswer> => {
    // The answer first: an effect that came with it is then counted.
    const answer = await store.answerTo(operationId);
    return ok({
      operation_id: operationId,
      effects: await store.effects(operationId),
      outcome: answer?.outcome ?? null,
    } satisfies SimulatorOperationReportResource);
  };
}

const nothing = { authorized: 0, captured: 0, voided: 0, refunded: 0, disputed: 0 };

/** Control side: what was moved in all, by currency. Read from the charges, so no item is hot. */
export function reportTotals({ store }: Pick<InspectDependencies, 'store'>) {
  return async (): Promise<SimulatorAnswer> => {
    const totals: SimulatorTotalsResource = {};
    for await (const charge of store.allCharges()) {
      const sum = totals[charge.currency] ?? nothing;
      totals[charge.currency] = {
        authorized: sum.authorized + charge.authorizedMinor,
        captured: sum.captured + charge.capturedMinor,
        voided: sum.voided + charge.voidedMinor,
        refunded: sum.refunded + charge.refundedMinor,
        disputed: sum.disputed + disputedMinor(charge),
      };
    }
    return ok(totals);
  };
}
