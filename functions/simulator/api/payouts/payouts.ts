import type { ProviderNoticeMessage } from '../../../../shared/contracts/events/notices.ts';
import {
  accountClosed,
  type DestinationBehaviour,
} from '../../../../shared/contracts/simulator/behaviour.ts';
import type {
  SimulatorPayoutBody,
  SimulatorPayoutOutcome,
  SimulatorPayoutResource,
  SimulatorPayoutTotalsResource,
} from '../../../../shared/contracts/simulator/payouts.ts';
import type { Payout, SimulatorStore } from '../../../../shared/ports/simulator-store.ts';
import { ok, refusal, type SimulatorAnswer } from '../../answer.ts';
import type { Operation } from '../operate.ts';

export interface PayoutDependencies {
  readonly store: Pick<SimulatorStore, 'payout' | 'allPayouts'>;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly destinations: Readonly<Record<string, DestinationBehaviour>>;
}

/** `POST /payouts`: accepts an order; what becomes of it is a notice, at once or later. */
export function sendPayout(
  { newId, now, destinations }: PayoutDependencies,
  body: SimulatorPayoutBody,
): Operation<null> {
  const behaviour = destinations[body.destination] ?? {};
  return {
    id: body.operation_id,
    request: { operation: 'payout', body },
    read: async () => null,
    behaviour: () => behaviour,
    decide: () => {
      const accepted: Payout = {
        id: `po_${newId()}`,
        operationId: body.operation_id,
        reference: body.reference,
        destination: body.destination,
        currency: body.currency,
        amountMinor: body.amount,
        status: 'in_transit',
        version: 1,
      };
      const { becomes } = behaviour;
      return {
        answer: ok(renderPayout(accepted)),
        outcome: 'in_transit',
        ...(becomes ? { notice: noticeOf(accepted, becomes, now()) } : {}),
        changed: {
          payout: { ...accepted, status: becomes ?? accepted.status },
          effect: { id: newId(), operation: 'payout', amountMinor: body.amount },
        },
      };
    },
  };
}

/** Control side: a payout that is on its way arrives, or comes back. See `closeDispute` for its id. */
export function closePayout(
  { store, newId, now }: PayoutDependencies,
  payoutId: string,
  outcome: SimulatorPayoutOutcome,
): Operation<Payout | null> {
  return {
    id: `${payoutId}.${outcome}`,
    request: { operation: 'payout_close', payoutId, outcome },
    read: () => store.payout(payoutId),
    behaviour: () => ({}),
    decide: (before) => {
      if (!before) {
        return { refused: refusal('payout_not_found', 'There is no payout with this id.') };
      }
      if (before.status !== 'in_transit') {
        return { refused: refusal('payout_closed', `The payout is ${before.status}.`) };
      }
      const payout: Payout = { ...before, status: outcome, version: before.version + 1 };
      const effect = {
        id: newId(),
        operation: 'payout_close',
        amountMinor: payout.amountMinor,
      } as const;
      return {
        answer: ok(renderPayout(payout)),
        outcome,
        notice: noticeOf(payout, outcome, now()),
        changed: { payout, effect },
      };
    },
  };
}

/** Control side: what was sent in all, by currency. Read from the payouts, so no item is hot. */
export function reportPayouts({ store }: Pick<PayoutDependencies, 'store'>) {
  return async (): Promise<SimulatorAnswer> => {
    const totals: SimulatorPayoutTotalsResource = {};
    for await (const { currency, amountMinor, status } of store.allPayouts()) {
      const sum = totals[currency] ?? { sent: 0, paid: 0, returned: 0 };
      totals[currency] = {
        sent: sum.sent + amountMinor,
        paid: sum.paid + (status === 'paid' ? amountMinor : 0),
        returned: sum.returned + (status === 'failed' ? amountMinor : 0),
      };
    }
    return ok(totals);
  };
}

function renderPayout(payout: Payout): SimulatorPayoutResource {
  return {
    id: payout.id,
    operation_id: payout.operationId,
    reference: payout.reference,
    status: payout.status,
    amount: payout.amountMinor,
    currency: payout.currency,
    destination: payout.destination,
  };
}

function noticeOf(
  payout: Payout,
  outcome: SimulatorPayoutOutcome,
  time: Date,
): ProviderNoticeMessage {
  return {
    id: `${payout.id}.${outcome}`,
    provider: 'simulator',
    time: time.toISOString(),
    type: `payout.${outcome}`,
    data: {
      reference: payout.reference,
      bank_reference: payout.id,
      amount: payout.amountMinor,
      currency: payout.currency,
      failure: outcome === 'failed' ? accountClosed : null,
    },
  };
}
