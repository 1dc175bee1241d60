import {
  authorizationMs,
  type SimulatorBehaviour,
} from '../../../../shared/contracts/simulator/behaviour.ts';
import type {
  SimulatorChargeAnswerResource,
  SimulatorChargeBody,
  SimulatorChargeStatus,
} from '../../../../shared/contracts/simulator/charges.ts';
import type {
  Charge,
  SettlementEntry,
  SimulatorStore,
} from '../../../../shared/ports/simulator-store.ts';
import { ok, refusal } from '../../answer.ts';
import type { Decision, Operation } from '../calls/operate.ts';
import {
  type Change,
  type ChangeOperation,
  changeCharge,
  isExpired,
  renderCharge,
} from './charge.ts';
import { captureFeeMinor, entryOf } from './entry.ts';

export interface ChargeDependencies {
  readonly store: Pick<SimulatorStore, 'charge'>;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly tokens: Readonly<Record<string, SimulatorBehaviour>>;
}

/** The body of a capture, a void or a refund. */
interface ChangeBody {
  readonly operation_id: string;
  readonly amount?: number | undefined;
  readonly final?: boolean | undefined;
}

const outcomes: Record<ChangeOperation, SimulatorChargeStatus> = {
  capture: 'captured',
  void: 'voided',
  refund: 'refunded',
};

/** `POST /charges`: authorizes, and captures in the same effect when asked to. */
export function chargeOperation(
  { newId, now, tokens }: ChargeDependencies,
  body: SimulatorChargeBody,
): Operation<null> {
  return {
    id: body.operation_id,
    call: 'charge',
    request: { operation: 'charge', body },
    read: async () => null,
    about: () => ({
      reference: body.reference,
      type: 'charge',
      amountMinor: body.amount,
      currency: body.currency,
      chargeId: null,
    }),
    behaviour: () => tokens[body.payment_method]?.charge ?? {},
    decide: (_nothing, behaviour) => {
      const { amountOffByMinor: offByMinor = 0, authorizationMs: goodForMs = authorizationMs } =
        behaviour;
      const lessMinor = body.amount - offByMinor;
      const authorizedMinor = lessMinor > 0 ? lessMinor : body.amount + offByMinor;
      const time = now();
      const charge: Charge = {
        id: `ch_${newId()}`,
        reference: body.reference,
        paymentMethod: body.payment_method,
        currency: body.currency,
        authorizedMinor,
        capturedMinor: body.capture ? authorizedMinor : 0,
        voidedMinor: 0,
        refundedMinor: 0,
        authorizedUntil: body.capture ? null : new Date(+time + goodForMs).toISOString(),
        disputes: [],
        version: 1,
      };
      return effectOf('charge', body.operation_id, newId(), time, {
        charge,
        amountMinor: authorizedMinor,
        releasedMinor: 0,
      });
    },
  };
}

/**
 * `POST /charges/{id}/capture`, `/void` and `/refund`. What the charge refuses is written down as the
 * operation's answer: time, a capture and a dispute that is won change what it allows, and a call of
 * the same operation may be on its way.
 *
 *     A  capture: in time                                     writes: conflict, and gives B's answer
 *     B                     the same capture: too late, written
 *
 * Were it only said, A could take effect after B was told that it never will.
 */
export function changeOperation(
  { store, newId, now, tokens }: ChargeDependencies,
  { operation, chargeId, body }: { operation: ChangeOperation; chargeId: string; body: ChangeBody },
): Operation<Charge | null> {
  return {
    id: body.operation_id,
    call: operation,
    request: { operation, chargeId, body },
    read: () => store.charge(chargeId),
    about: (charge) =>
      charge && {
        reference: charge.reference,
        type: operation,
        amountMinor: body.amount ?? null,
        currency: charge.currency,
        chargeId,
      },
    behaviour: (charge) => (charge && tokens[charge.paymentMethod]?.[operation]) ?? {},
    decide: (before) => {
      if (!before) {
        return { refused: refusal('charge_not_found', 'There is no charge with this id.') };
      }
      const asked = { amountMinor: body.amount, final: body.final ?? false };
      const change = changeCharge(before, operation, asked);
      if ('refused' in change) {
        const message = `The charge has ${change.leftMinor} minor units left for this.`;
        return { answer: refusal(change.refused, message), outcome: 'declined', changed: null };
      }
      const time = now();
      if (operation === 'capture' && isExpired(before, time)) {
        const late = refusal('authorization_expired', 'The authorization is past its end.');
        return { answer: late, outcome: 'declined', changed: null };
      }
      return effectOf(operation, body.operation_id, newId(), time, change);
    },
  };
}

function effectOf(
  operation: 'charge' | ChangeOperation,
  operationId: string,
  effectId: string,
  time: Date,
  { charge, amountMinor, releasedMinor }: Exclude<Change, { refused: unknown }>,
): Decision {
  const resource = renderCharge(charge);
  const answer = {
    ...resource,
    operation: { id: operationId, type: operation, amount: amountMinor, released: releasedMinor },
  } satisfies SimulatorChargeAnswerResource;
  const type = settles(operation, charge);
  return {
    answer: ok(answer),
    outcome: operation === 'charge' ? resource.status : outcomes[operation],
    changed: {
      charge,
      effect: { id: effectId, operation, amountMinor },
      entry:
        type &&
        entryOf(charge, {
          id: effectId,
          type,
          operationId,
          grossMinor: amountMinor,
          feeMinor: type === 'capture' ? captureFeeMinor(amountMinor) : 0,
          time: time.toISOString(),
        }),
    },
  };
}

/** As what a settlement file has an operation; null for one that moves no money. */
function settles(
  operation: 'charge' | ChangeOperation,
  { capturedMinor }: Charge,
): SettlementEntry['type'] | null {
  if (operation === 'refund') {
    return 'refund';
  }
  const captures = operation === 'capture' || (operation === 'charge' && capturedMinor > 0);
  return captures ? 'capture' : null;
}
