import type { ProviderNoticeMessage } from '../../../../shared/contracts/events/notices.ts';
import type { SimulatorPsp } from '../../../../shared/contracts/simulator/common.ts';
import type {
  SimulatorDisputeBody,
  SimulatorDisputeOutcome,
  SimulatorDisputeResource,
} from '../../../../shared/contracts/simulator/disputes.ts';
import { type Currency, currencyExponents } from '../../../../shared/domain/money/currency.ts';
import type {
  Charge,
  Dispute,
  SentNotice,
  SimulatorStore,
} from '../../../../shared/ports/simulator-store.ts';
import { ok, refusal, type SimulatorAnswer } from '../../answer.ts';
import type { Operation } from '../calls/operate.ts';
import { disputedMinor } from './charge.ts';
import { entryOf } from './entry.ts';

export interface DisputeDependencies {
  readonly store: Pick<SimulatorStore, 'charge' | 'chargeOfDispute'>;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly psp: SimulatorPsp;
}

/** Control side: the cardholder disputes a charge, and has the money back at once. */
export function openDispute(
  { store, newId, now, psp }: DisputeDependencies,
  chargeId: string,
  body: SimulatorDisputeBody,
): Operation<Charge | null> {
  return {
    id: body.operation_id,
    call: null,
    request: { operation: 'dispute', chargeId, body },
    read: () => store.charge(chargeId),
    about: () => null,
    behaviour: () => ({}),
    decide: (before) => {
      if (!before) {
        return { refused: refusal('charge_not_found', 'There is no charge with this id.') };
      }
      if (before.disputes.some(({ status }) => status === 'open')) {
        return { refused: refusal('not_disputable', 'The charge has an open dispute.') };
      }
      const leftMinor = before.capturedMinor - disputedMinor(before);
      const amountMinor = body.amount ?? leftMinor;
      if (leftMinor === 0 || amountMinor > leftMinor) {
        const message = `The charge has ${leftMinor} minor units left for this.`;
        return { refused: refusal('not_disputable', message) };
      }
      const dispute: Dispute = {
        id: `dp_${newId()}`,
        status: 'open',
        amountMinor,
        feeMinor: disputeFeeMinor(before.currency),
        reason: body.reason,
        opened: now().toISOString(),
        closed: null,
      };
      const charge = {
        ...before,
        disputes: [...before.disputes, dispute],
        version: before.version + 1,
      };
      const effectId = newId();
      return {
        answer: ok(renderDispute(charge, dispute)),
        outcome: 'disputed',
        notices: [noticeOf(psp, charge, dispute, 'dispute.opened', dispute.opened)],
        changed: {
          charge,
          effect: { id: effectId, operation: 'dispute', amountMinor },
          entry: entryOf(charge, {
            id: effectId,
            type: 'chargeback',
            operationId: dispute.id,
            grossMinor: amountMinor,
            feeMinor: dispute.feeMinor,
            time: dispute.opened,
          }),
        },
      };
    },
  };
}

/**
 * Control side: a dispute ends. The operation's id is made of the dispute and its outcome, so the
 * same end again is the same operation, and another end finds the dispute closed.
 */
export function closeDispute(
  { store, newId, now, psp }: DisputeDependencies,
  disputeId: string,
  outcome: SimulatorDisputeOutcome,
): Operation<Charge | null> {
  return {
    id: `${disputeId}.${outcome}`,
    call: null,
    request: { operation: 'dispute_close', disputeId, outcome },
    read: () => store.chargeOfDispute(disputeId),
    about: () => null,
    behaviour: () => ({}),
    decide: (before) => {
      const opened = before?.disputes.find(({ id }) => id === disputeId);
      if (!before || !opened) {
        return { refused: disputeNotFound() };
      }
      if (opened.status !== 'open') {
        return { refused: refusal('dispute_closed', `The dispute is ${opened.status}.`) };
      }
      const time = now().toISOString();
      const dispute: Dispute = { ...opened, status: outcome, closed: time };
      const charge = {
        ...before,
        disputes: before.disputes.map((other) => (other.id === disputeId ? dispute : other)),
        version: before.version + 1,
      };
      const effectId = newId();
      const { amountMinor } = dispute;
      return {
        answer: ok(renderDispute(charge, dispute)),
        outcome,
        notices: [noticeOf(psp, charge, dispute, `dispute.${outcome}`, time)],
        changed: {
          charge,
          effect: { id: effectId, operation: 'dispute_close', amountMinor },
          entry:
            outcome === 'lost'
              ? null
              : entryOf(charge, {
                  id: effectId,
                  type: 'chargeback_reversal',
                  operationId: disputeId,
                  grossMinor: amountMinor,
                  feeMinor: 0,
                  time,
                }),
        },
      };
    },
  };
}

/** Control side: a dispute as it is now. */
export function getDispute({ store }: Pick<DisputeDependencies, 'store'>) {
  return async (disputeId: string): Promise<SimulatorAnswer> => {
    const charge = await store.chargeOfDispute(disputeId);
    const dispute = charge?.disputes.find(({ id }) => id === disputeId);
    return charge && dispute ? ok(renderDispute(charge, dispute)) : disputeNotFound();
  };
}

function disputeNotFound(): SimulatorAnswer {
  return refusal('dispute_not_found', 'There is no dispute with this id.');
}

/** 15.00 of a currency, whatever its minor unit is. */
function disputeFeeMinor(currency: Currency): number {
  return 15 * 10 ** currencyExponents[currency];
}

function renderDispute(charge: Charge, dispute: Dispute): SimulatorDisputeResource {
  return {
    id: dispute.id,
    charge_id: charge.id,
    reference: charge.reference,
    status: dispute.status,
    amount: dispute.amountMinor,
    fee: dispute.feeMinor,
    currency: charge.currency,
    reason: dispute.reason,
    opened: dispute.opened,
    closed: dispute.closed,
  };
}

function noticeOf(
  psp: SimulatorPsp,
  charge: Charge,
  dispute: Dispute,
  type: 'dispute.opened' | 'dispute.won' | 'dispute.lost',
  time: string,
): SentNotice {
  const notice: ProviderNoticeMessage = {
    id: `${dispute.id}.${dispute.status}`,
    provider: psp,
    time,
    type,
    data: {
      dispute_id: dispute.id,
      reference: charge.reference,
      provider_reference: charge.id,
      amount: dispute.amountMinor,
      fee: dispute.feeMinor,
      currency: charge.currency,
      reason: dispute.reason,
    },
  };
  return { notice, delaySeconds: 0 };
}
