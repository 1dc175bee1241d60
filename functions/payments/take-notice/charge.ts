import type { ProviderNoticeMessage } from '../../../shared/contracts/events/notices.ts';
import { operationId } from '../../../shared/domain/ids.ts';
import {
  isUndone,
  type Operation,
  operationOf,
} from '../../../shared/domain/payment/operations/operation.ts';
import { type Conclusion, openOf } from '../../../shared/domain/payment/recovery/conclude.ts';
import { parkedOperation } from '../../../shared/domain/payment/recovery/parked.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import type { Providers } from '../../../shared/ports/provider.ts';
import { loadStored } from '../../../shared/runtime/advance.ts';
import { Poison } from '../../../shared/runtime/consumers/queue-consumer.ts';
import {
  ask,
  type SettleDependencies,
  settleUnknown,
} from '../../../shared/runtime/inquiry/settle-unknown.ts';
import { count } from '../../../shared/runtime/observability.ts';

/** What a PSP tells unasked of a charge, or of what was done to one. */
export type ResultNotice = Extract<
  ProviderNoticeMessage,
  { type: `charge.${string}` | `operation.${string}` }
>;

export interface ResultDependencies extends SettleDependencies {
  readonly providers: Pick<Providers, 'named'>;
  readonly settleWindowMs: number;
}

/**
 * Takes what a PSP tells of a charge or an operation. It is a hint and no more: what is on record came by
 * an answer to us, and a notice says neither more than that nor anything sooner:
 * 1. read the payment; a notice of none is for a person to look at
 * 2. what the record excludes is for a person, and counted: nothing of it is undone or done again here
 * 3. what is unknown is asked for, now; what the PSP says for sure is recorded, and the saga goes on.
 *    While it is no surer than we are it stays unknown, and its inquiry goes on; a notice of what took
 *    effect is not outweighed by a PSP that does not find it. When others have
 *    recorded something else meanwhile, that is as in 2
 * 4. else there is nothing to do: the record agrees, or has not come to it yet and will by itself
 */
export function takeResult({ providers, settleWindowMs, ...deps }: ResultDependencies) {
  return async (notice: ResultNotice): Promise<void> => {
    const { reference: paymentId, operation_id: id } = notice.data;
    const payment = await deps.load(paymentId);
    if (!payment) {
      throw new Poison('the notice is of no payment that there is');
    }
    refuseContradiction(payment, notice);
    const open = openOf(payment, id);
    // Another PSP than has it knows nothing of it.
    if (!open || !isByItsPsp(payment, notice)) {
      return;
    }
    const { time: now } = deps.nextStamp();
    const learned = await ask(providers, payment, open, {
      now,
      // It says itself that it has it: that it does not find it then is no word that it never came.
      settleWindowMs: tellsOfEffect(notice) ? Number.POSITIVE_INFINITY : settleWindowMs,
      // Where it says which charge it is of, that one need not be searched for.
      providerReference: notice.data.provider_reference,
    });
    if (learned.kind === 'unknown' && parkedOperation(payment, id)) {
      // No inquiry comes after this notice: it is received again, and then is for a person.
      throw new Error(`asked after a notice, the PSP is no surer: ${learned.reason}`);
    }
    if (learned.kind === 'known') {
      const { conclusion } = learned;
      await settleUnknown(deps, { paymentId, operationId: id }, conclusion);
      // Somebody else's word may have come first, and be another one.
      refuseContradiction(
        await loadStored(deps.load, paymentId),
        toldBy(payment, notice, conclusion),
      );
    }
  };
}

function tellsOfEffect({ type }: ResultNotice): boolean {
  return type === 'charge.approved' || type === 'operation.succeeded';
}

/** @throws Poison, and counts it, when a payment and a notice cannot both be right */
function refuseContradiction(payment: Payment, notice: ResultNotice): void {
  const contradiction = contradictionIn(payment, notice);
  if (contradiction !== null) {
    count('ContradictingNotice');
    throw new Poison(contradiction);
  }
}

/** The notice as it would be if it said what the PSP says when it is asked, and no more. */
function toldBy({ request }: Payment, notice: ResultNotice, { kind }: Conclusion): ResultNotice {
  const told =
    notice.type === 'charge.approved' || notice.type === 'charge.declined'
      ? ({ effect: 'charge.approved', none: 'charge.declined' } as const)
      : ({ effect: 'operation.succeeded', none: 'operation.declined' } as const);
  return {
    ...notice,
    type: told[kind === 'declined' ? 'none' : 'effect'],
    data: { ...notice.data, provider_reference: null, amount: null, currency: request.currency },
  };
}

/**
 * Why a payment and a notice cannot both be right, and what a person does about it; null when they can:
 * the record agrees, has not come to it yet, or says that it is unknown.
 */
export function contradictionIn(payment: Payment, notice: ResultNotice): string | null {
  const { operation_id: id } = notice.data;
  const isCharge = notice.type === 'charge.approved' || notice.type === 'charge.declined';
  const operation = operationOf(payment, id);
  if (!operation && id !== operationId(payment.id, isCharge ? 'charge' : 'reverse')) {
    return 'the payment has nothing under this operation id: look at the PSP for what it did, and why';
  }
  const tookEffect = tellsOfEffect(notice);
  if (!isByItsPsp(payment, notice)) {
    return tookEffect
      ? `${notice.provider} did what it was not asked for: on record the payment ${
          payment.provider === null ? 'was sent to no PSP' : `went to ${payment.provider}`
        }. Undo it at ${notice.provider}`
      : null;
  }
  if (openOf(payment, id)) {
    return null;
  }
  if (isCharge) {
    return tookEffect ? againstApproval(payment, notice) : againstDecline(payment);
  }
  if (operation) {
    return tookEffect
      ? againstSuccess(payment, operation, notice)
      : operation.status === 'succeeded'
        ? `the PSP declined the ${operation.kind}, and on record it succeeded: ask the PSP; the books have it`
        : null;
  }
  return againstReversal(payment, tookEffect);
}

function isByItsPsp({ charge, provider }: Payment, notice: ResultNotice): boolean {
  return (charge?.provider ?? provider) === notice.provider;
}

function againstApproval(
  { charge, decline, status, hold, request }: Payment,
  { data }: ResultNotice,
): string | null {
  if (charge) {
    if (data.provider_reference !== null && data.provider_reference !== charge.reference) {
      return `the PSP has a second charge, and on record there is one, ${charge.reference}: undo the other at the PSP`;
    }
    const isOther =
      (data.amount !== null && data.amount !== request.amount) ||
      data.currency !== request.currency;
    return charge.matches && isOther
      ? 'the PSP approved another amount or currency than is on record: ask it which it holds'
      : null;
  }
  if (decline) {
    return `the PSP approved the charge, and on record it was declined (${decline.code}): undo it at the PSP`;
  }
  return status !== 'processing' || hold?.state !== 'pending'
    ? 'the PSP approved the charge, and on record nothing was charged: undo it at the PSP'
    : null;
}

function againstDecline({ charge }: Payment): string | null {
  return charge
    ? `the PSP declined the charge, and on record it approved it as ${charge.reference}: ask the PSP; the books have it`
    : null;
}

function againstSuccess(
  { charge, request }: Payment,
  operation: Operation,
  { data }: ResultNotice,
): string | null {
  const { kind, status, amountMinor, decline, failure } = operation;
  if (status === 'failed' || (status === 'processing' && isUndone(operation))) {
    const code = decline?.code ?? failure?.code ?? 'nothing was sent';
    return `the PSP did the ${kind}, and on record it did not (${code}): put it right at the PSP`;
  }
  // What a void gives back is what the PSP holds, whatever we ask for.
  const isOther =
    data.currency !== request.currency ||
    (kind !== 'cancel' && data.amount !== null && data.amount !== amountMinor) ||
    (data.provider_reference !== null && data.provider_reference !== charge?.reference);
  return isOther
    ? `the PSP did another ${kind} than was asked for: ask it for amount, currency and charge`
    : null;
}

/** What undoes a charge of which the PSP approved something else than was asked. */
function againstReversal({ charge, status }: Payment, tookEffect: boolean): string | null {
  if (!tookEffect) {
    return charge?.reversed
      ? 'the PSP declined to undo the charge, and on record it is undone: ask the PSP'
      : null;
  }
  const isUnderWay = charge !== null && status === 'processing';
  return isUnderWay || charge?.reversed
    ? null
    : 'the PSP undid the charge, and on record it stands: ask the PSP; the books have it';
}
