import type { SimulatorBehaviour } from '../../../shared/contracts/simulator/behaviour.ts';
import type { SimulatorChargeAnswerResource } from '../../../shared/contracts/simulator/charges.ts';
import type {
  SimulatorOperationReportResource,
  SimulatorTotalsResource,
} from '../../../shared/contracts/simulator/control.ts';
import type {
  SimulatorChargeInquiryResource,
  SimulatorKnownOperationResource,
} from '../../../shared/contracts/simulator/inquiries.ts';
import type { KnownOperation, SimulatorStore } from '../../../shared/ports/simulator-store.ts';
import { ok, refusal, type SimulatorAnswer } from '../answer.ts';
import type { takeScripted } from './calls/script.ts';
import { meetTrouble, type TroubleDependencies } from './calls/trouble.ts';
import { disputedMinor, renderCharge } from './charges/charge.ts';

export interface InspectDependencies extends TroubleDependencies {
  readonly store: SimulatorStore;
  readonly scripted: ReturnType<typeof takeScripted>;
  readonly tokens: Readonly<Record<string, SimulatorBehaviour>>;
}

/**
 * Tells what became of a charge and of what followed it, by the caller's own reference:
 * 1. find the operations of the reference, and then its charges, so that what an operation made is
 *    among them
 * 2. meet what is scripted for this call, or what the charge's token puts before an inquiry; such
 *    calls are counted under the charge's id
 * 3. nothing is 404; a charge that was declined is an operation without a charge
 * 4. more than one charge is 409: to pick one could hide a double charge
 */
export function inquire({ store, scripted, tokens, ...deps }: InspectDependencies) {
  const meet = meetTrouble({ store, ...deps });
  return async (reference: string): Promise<SimulatorAnswer> => {
    const script = await scripted('inquiry');
    const operations = (await store.operationsOf(reference)).flatMap(renderOperation);
    const [charge, ...others] = await store.chargesOf(reference);
    const behaviour = script ?? (charge && tokens[charge.paymentMethod]?.inquiry) ?? {};
    const instead = await meet(behaviour.before, charge?.id ?? reference);
    if (instead) {
      return instead;
    }
    if (operations.length === 0 || behaviour.forgets) {
      return refusal('charge_not_found', 'Nothing is known of this reference.');
    }
    if (others.length > 0) {
      return refusal('ambiguous_reference', 'More than one charge has this reference.');
    }
    return ok({
      charge: charge ? renderCharge(charge) : null,
      operations,
    } satisfies SimulatorChargeInquiryResource);
  };
}

/** As its first answer has it; nothing for what is no operation on a charge. */
function renderOperation({ id, answer }: KnownOperation): SimulatorKnownOperationResource[] {
  const { about, outcome, body } = answer;
  if (!about || about.type === 'payout') {
    return [];
  }
  const { type, amountMinor, currency } = about;
  if (outcome === 'declined') {
    const { error } = JSON.parse(body) as { error: { code: string; message: string } };
    return [{ id, type, status: 'declined', amount: amountMinor, currency, error }];
  }
  const { operation, ...charge } = JSON.parse(body) as SimulatorChargeAnswerResource;
  const { amount, released } = operation;
  return [{ id, type, status: 'succeeded', amount, released, charge }];
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
