import type { ProviderNoticeMessage } from '../../../../shared/contracts/events/notices.ts';
import {
  accountClosed,
  type DestinationBehaviour,
} from '../../../../shared/contracts/simulator/behaviour.ts';
import type { SimulatorPayoutInquiryResource } from '../../../../shared/contracts/simulator/inquiries.ts';
import type {
  SimulatorPayoutBody,
  SimulatorPayoutOutcome,
  SimulatorPayoutResource,
  SimulatorPayoutTotalsResource,
} from '../../../../shared/contracts/simulator/payouts.ts';
import type {
  KnownOperation,
  Payout,
  SimulatorStore,
} from '../../../../shared/ports/simulator-store.ts';
import { ok, refusal, type SimulatorAnswer } from '../../answer.ts';
import type { Operation } from '../calls/operate.ts';

export interface PayoutDependencies {
  readonly store: Pick<SimulatorStore, 'payout' | 'operationsOf' | 'allPayouts'>;
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
    call: null,
    request: { operation: 'payout', body },
    read: async () => null,
    about: () => ({
      reference: body.reference,
      type: 'payout',
      amountMinor: body.amount,
      currency: body.currency,
      chargeId: null,
    }),
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
      const { becomes, noticeDelaySeconds = 0 } = behaviour;
      return {
        answer: ok(renderPayout(accepted)),
        outcome: 'in_transit',
        notices: becomes
          ? [{ notice: noticeOf(accepted, becomes, now()), delaySeconds: noticeDelaySeconds }]
          : [],
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
    call: null,
    request: { operation: 'payout_close', payoutId, outcome },
    read: () => store.payout(payoutId),
    about: () => null,
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
        notices: [{ notice: noticeOf(payout, outcome, now()), delaySeconds: 0 }],
        changed: { payout, effect },
      };
    },
  };
}

/**
 * Tells what became of orders, by the caller's own reference: as they were accepted, or that they
 * were declined, and the payout as it is now. Nothing is 404, more than one payout 409.
 */
export function inquirePayout({ store }: Pick<PayoutDependencies, 'store'>) {
  return async (reference: string): Promise<SimulatorAnswer> => {
    const operations = (await store.operationsOf(reference)).flatMap(renderOperation);
    if (operations.length === 0) {
      return refusal('payout_not_found', 'Nothing is known of this reference.');
    }
    const [accepted, ...others] = operations.filter(({ status }) => status === 'succeeded');
    if (others.length > 0) {
      return refusal('ambiguous_reference', 'More than one payout has this reference.');
    }
    const payout = accepted && 'payout' in accepted ? await store.payout(accepted.payout.id) : null;
    return ok({
      payout: payout && renderPayout(payout),
      operations,
    } satisfies SimulatorPayoutInquiryResource);
  };
}

/** Nothing for what is no order. */
function renderOperation({
  id,
  answer: { about, outcome, body },
}: KnownOperation): SimulatorPayoutInquiryResource['operations'] {
  if (about?.type !== 'payout') {
    return [];
  }
  if (outcome === 'declined') {
    const { error } = JSON.parse(body) as { error: { code: string; message: string } };
    const { amountMinor, currency } = about;
    return [{ id, status: 'declined', amount: amountMinor, currency, error }];
  }
  return [{ id, status: 'succeeded', payout: JSON.parse(body) as SimulatorPayoutResource }];
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
