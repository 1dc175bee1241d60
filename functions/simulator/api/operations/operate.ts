import canonicalize from 'canonicalize';
import type {
  CallBehaviour,
  SimulatorBehaviour,
  SimulatorChargeBody,
  SimulatorChargeStatus,
  SimulatorOperation,
} from '../../../../shared/contracts/simulator.ts';
import type {
  Charge,
  OperationRecord,
  SimulatorStore,
  StoredAnswer,
} from '../../../../shared/ports/simulator-store.ts';
import { decline, ok, refusal, type SimulatorAnswer } from '../answer.ts';
import { type Change, changeCharge, renderCharge } from './charge.ts';
import { meetTrouble, type TroubleDependencies } from './trouble.ts';

export interface OperateDependencies extends TroubleDependencies {
  readonly store: SimulatorStore;
  readonly newId: () => string;
  readonly tokens: Readonly<Record<string, SimulatorBehaviour>>;
}

/** A request that takes effect, validated, with a token that is known. */
export type OperationRequest =
  | { readonly operation: 'charge'; readonly body: SimulatorChargeBody }
  | {
      readonly operation: Exclude<SimulatorOperation, 'charge'>;
      readonly chargeId: string;
      readonly body: { readonly operation_id: string; readonly amount?: number | undefined };
    };

const outcomes: Record<Exclude<SimulatorOperation, 'charge'>, SimulatorChargeStatus> = {
  capture: 'captured',
  void: 'voided',
  refund: 'refunded',
};

/**
 * Carries out an operation, once however often it is sent:
 * 1. read the charge, and then whether the operation has an answer
 * 2. when it has: the same bytes again, or 409 when it was another request
 * 3. meet what the token puts before the effect
 * 4. decide: declined, refused by the charge's state, or the charge after it
 * 5. write answer, effect and charge in one; when another call came first, start again at 1
 * 6. meet what the token puts after the effect
 *
 * The order of 1 closes a race of two calls of one operation:
 *
 *     A  capture: answer, effect and charge written
 *     B     reads the charge: captured    reads the answer: A's    ---- A's answer
 *
 * Read the other way round, B could miss A's answer, then see A's charge, and say that the
 * operation is refused while it has taken effect.
 */
export function operate(deps: OperateDependencies) {
  const { store, tokens } = deps;
  const meet = meetTrouble(deps);
  return async (request: OperationRequest): Promise<SimulatorAnswer> => {
    const operationId = request.body.operation_id;
    const text = canonicalize(request) as string;
    // Each conflict is another call that got through, so this ends.
    for (let attempt = 1; ; attempt++) {
      const charge = request.operation === 'charge' ? null : await store.charge(request.chargeId);
      const stored = await store.answerTo(operationId);
      if (stored) {
        return repeat(stored, text);
      }
      const token = charge ? charge.paymentMethod : paymentMethodOf(request);
      const behaviour = tokens[token]?.[request.operation] ?? {};
      const instead = attempt === 1 ? await meet(behaviour.before, operationId) : null;
      if (instead) {
        return instead;
      }
      const decided = decide(deps, request, charge, behaviour);
      if ('refused' in decided) {
        return decided.refused;
      }
      const answer = { ...decided.answer, request: text };
      if ((await store.write({ ...decided, operationId, answer })) === 'written') {
        const { status, body } = answer;
        return (await meet(behaviour.after, operationId)) ?? { status, body };
      }
    }
  };
}

function repeat({ request, status, body }: StoredAnswer, asked: string): SimulatorAnswer {
  return request === asked
    ? { status, body }
    : refusal('operation_id_reused', 'The operation id has an answer to another request.');
}

function paymentMethodOf(request: OperationRequest): string {
  return request.operation === 'charge' ? request.body.payment_method : '';
}

/** What an operation comes to: a record to write, or an answer that is not kept. */
type Decision =
  | {
      readonly answer: Omit<StoredAnswer, 'request'>;
      readonly changed: OperationRecord['changed'];
    }
  | { readonly refused: SimulatorAnswer };

function decide(
  { newId }: Pick<OperateDependencies, 'newId'>,
  request: OperationRequest,
  before: Charge | null,
  behaviour: CallBehaviour,
): Decision {
  if (request.operation !== 'charge' && !before) {
    return { refused: refusal('charge_not_found', 'There is no charge with this id.') };
  }
  if (behaviour.decline) {
    const { code, message } = behaviour.decline;
    return { answer: { ...decline(code, message), outcome: 'declined' }, changed: null };
  }
  const change: Change =
    request.operation === 'charge'
      ? newCharge(request.body, newId(), behaviour.amountOffByMinor ?? 0)
      : changeCharge(before as Charge, request.operation, request.body.amount);
  if ('refused' in change) {
    const message = `The charge has ${change.leftMinor} minor units left for this.`;
    return { refused: refusal(change.refused, message) };
  }
  const { charge, amountMinor } = change;
  const resource = renderCharge(charge);
  const outcome = request.operation === 'charge' ? resource.status : outcomes[request.operation];
  return {
    answer: { ...ok(resource), outcome },
    changed: { charge, effect: { id: newId(), operation: request.operation, amountMinor } },
  };
}

function newCharge(body: SimulatorChargeBody, id: string, offByMinor: number): Change {
  const lessMinor = body.amount - offByMinor;
  const authorizedMinor = lessMinor > 0 ? lessMinor : body.amount + offByMinor;
  return {
    amountMinor: authorizedMinor,
    charge: {
      id: `ch_${id}`,
      reference: body.reference,
      paymentMethod: body.payment_method,
      currency: body.currency,
      authorizedMinor,
      capturedMinor: body.capture ? authorizedMinor : 0,
      voidedMinor: 0,
      refundedMinor: 0,
      version: 1,
    },
  };
}
