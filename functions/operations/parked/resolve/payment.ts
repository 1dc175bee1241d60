import { ApiError } from '../../../../shared/contracts/errors.ts';
import type { PaymentFact } from '../../../../shared/contracts/events/payment-events.ts';
import type { ParkedResource } from '../../../../shared/contracts/operations/parked.ts';
import { changePayment } from '../../../../shared/domain/payment/change.ts';
import { isRefusedReversal } from '../../../../shared/domain/payment/fold/charge.ts';
import { operationOf } from '../../../../shared/domain/payment/operations/operation.ts';
import {
  type Conclusion,
  goesOn,
  type Open,
  openOf,
} from '../../../../shared/domain/payment/recovery/conclude.ts';
import {
  type ParkedOperation,
  parkedOperation,
} from '../../../../shared/domain/payment/recovery/parked.ts';
import { resumedOperation } from '../../../../shared/domain/payment/recovery/sweep.ts';
import type { Payment } from '../../../../shared/domain/payment/state.ts';
import type { AppendOperatorAct } from '../../../../shared/ports/operator-log.ts';
import type { ListPaymentEvents } from '../../../../shared/ports/payments.ts';
import type { Providers } from '../../../../shared/ports/provider.ts';
import { advanceRead, loadStored } from '../../../../shared/runtime/advance.ts';
import {
  ask,
  type Learned,
  type SettleDependencies,
  settleUnknown,
} from '../../../../shared/runtime/inquiry/settle-unknown.ts';
import { paymentHistory } from '../history.ts';
import { actionsOf, operationNamed, resolvedPayment, waitingPayment } from '../render.ts';
import {
  admitWord,
  agrees,
  isOnEffect,
  otherwise,
  otherwiseAtPsp,
  refuseMisfit,
  refuseWrongReference,
  type Word,
  withoutEffect,
} from './word.ts';

export interface ResolvePaymentDependencies extends SettleDependencies {
  readonly events: ListPaymentEvents;
  readonly log: AppendOperatorAct;
  /** The PSPs, made when one is asked. */
  readonly providers: () => Pick<Providers, 'named'>;
  readonly settleWindowMs: number;
}

/**
 * Takes a person's word on what is parked of a payment:
 * 1. a word that does not fit what waits is refused; where nothing waits any more, see 5
 * 2. of a word on what took effect and what did not, ask the PSP: when it knows and says otherwise, the
 *    word is refused, a mistyped reference and another amount among them; when it does not know, a
 *    person's word is what there is. Then put it on the operator log
 * 3. `took_effect` and `no_effect` are written as what they are, a person's word, and then as if the PSP
 *    had said it; a call that dies between the two is made good by the same word again. `ask` has the
 *    PSP asked, and records what it says for sure. `resume` writes that the saga begins anew
 * 4. a reversal without effect is sent again, by its saga
 * 5. answer by what is on record by now: a word that agrees with it is taken, whoever said it first
 *
 * @throws ApiError `not_found` for an operation that the payment does not have, `invalid_request` for a
 *   reference that is not needed or missing, `invalid_state` for a word that does not fit the record
 */
export function resolvePayment(deps: ResolvePaymentDependencies) {
  return async (payment: Payment, word: Word): Promise<ParkedResource> => {
    const named = operationNamed(payment, word.operationId);
    if (!named) {
      throw new ApiError('not_found', 'The payment has no such operation.');
    }
    refuseWrongReference(word, named.operation === 'charge');
    const waiting = parkedOperation(payment, word.operationId);
    let answer: string | null = null;
    if (waiting) {
      refuseMisfit(word, actionsOf(waiting));
      if (!waiting.resolution) {
        await refuseContradiction(deps, payment, waiting, word);
        await admitWord(deps, waitingPayment(payment, waiting, null), word);
      }
      answer = await take(deps, payment, waiting, word);
    }
    if (named.operation === 'reverse' && word.outcome === 'no_effect') {
      await goOn(deps, payment.id, word);
    }
    return shown(deps, payment.id, word, answer);
  };
}

/**
 * A reversal that the PSP refused is left out: a person gave the money back in another way, of which its
 * record of that reversal says nothing.
 *
 * @throws ApiError `invalid_state` when the PSP says otherwise
 */
async function refuseContradiction(
  deps: ResolvePaymentDependencies,
  payment: Payment,
  waiting: ParkedOperation,
  word: Word,
): Promise<void> {
  const open = openOf(payment, waiting.operationId);
  const isRefused = payment.unknown === null && isRefusedReversal(payment);
  if (!open || isRefused || !isOnEffect(word)) {
    return;
  }
  const learned = await asked(deps, payment, open);
  const said = conclusionOf(payment, waiting, word);
  if (learned.kind === 'known' && !isSame(learned.conclusion, said)) {
    throw otherwiseAtPsp();
  }
}

/** True when both are a no, or the same yes: of a charge the same reference and amount. */
function isSame(known: Conclusion, said: Conclusion): boolean {
  if (known.kind !== 'approved' || said.kind !== 'approved') {
    return known.kind === said.kind;
  }
  return (
    known.providerReference === said.providerReference &&
    known.amountMinor === said.amountMinor &&
    known.currency === said.currency &&
    known.captured === said.captured
  );
}

function asked(deps: ResolvePaymentDependencies, payment: Payment, open: Open): Promise<Learned> {
  const { settleWindowMs } = deps;
  const { time: now } = deps.nextStamp();
  return ask(deps.providers(), payment, open, { now, settleWindowMs });
}

/** @returns what came of asking the PSP, when that was no conclusion */
async function take(
  deps: ResolvePaymentDependencies,
  payment: Payment,
  waiting: ParkedOperation,
  word: Word,
): Promise<string | null> {
  const { id: paymentId } = payment;
  const { operationId } = waiting;
  const change = (decide: (current: Payment) => PaymentFact | null) =>
    advanceRead(
      deps,
      () => loadStored(deps.load, paymentId),
      (current, stamp) => {
        const fact = decide(current);
        return fact && changePayment(current, fact, stamp);
      },
    );
  switch (word.outcome) {
    case 'ask': {
      const open = openOf(payment, operationId);
      if (!open) {
        return null;
      }
      const learned = await asked(deps, payment, open);
      if (learned.kind === 'unknown') {
        return learned.reason;
      }
      await settleUnknown(deps, { paymentId, operationId }, learned.conclusion);
      return null;
    }
    case 'resume':
      await change((current) => {
        const left = parkedOperation(current, operationId);
        return left && !left.unknown ? resumedBy(current, operationId, word) : null;
      });
      return null;
    default: {
      const said = await change((current) => {
        const left = parkedOperation(current, operationId);
        return left?.unknown && !left.resolution ? wordOf(left, word) : null;
      });
      // Another word may have come first; then it is not for this one to be taken.
      const resolution = parkedOperation(said, operationId)?.resolution;
      if (
        resolution?.outcome === word.outcome &&
        resolution.providerReference === word.providerReference
      ) {
        await settleUnknown(deps, { paymentId, operationId }, conclusionOf(said, waiting, word));
      }
      return null;
    }
  }
}

function wordOf(
  { operation, operationId }: ParkedOperation,
  { outcome, providerReference, by, reason }: Word,
): PaymentFact {
  return {
    type: 'payment.outcome_resolved',
    facts: {
      operation_id: operationId,
      operation,
      outcome: outcome === 'took_effect' ? 'took_effect' : 'no_effect',
      provider_reference: providerReference,
      by,
      reason,
    },
  };
}

function resumedBy(payment: Payment, operationId: string, { by, reason }: Word): PaymentFact {
  const operation = operationOf(payment, operationId);
  const why = `asked for by ${by}: ${reason}`;
  return operation
    ? resumedOperation(operation, why)
    : { type: 'payment.resumed', facts: { reason: why } };
}

/** What a word comes to, as if the PSP had said it: a charge took effect exactly as it was asked for. */
function conclusionOf(
  { request }: Payment,
  { operation }: ParkedOperation,
  { outcome, providerReference }: Word,
): Conclusion {
  if (outcome === 'no_effect') {
    return { kind: 'declined', ...withoutEffect };
  }
  return operation === 'charge' && providerReference !== null
    ? {
        kind: 'approved',
        providerReference,
        amountMinor: request.amount,
        currency: request.currency,
        captured: request.capture_method === 'automatic',
        authorizedUntil: null,
      }
    : { kind: 'done' };
}

/** Lets the saga send a reversal again, while the word that it had no effect is the last thing on record. */
async function goOn(
  deps: ResolvePaymentDependencies,
  paymentId: string,
  { operationId, reason }: Word,
): Promise<void> {
  const last = (await deps.events(paymentId)).at(-1);
  if (last?.type !== 'payment.outcome_resolved' || last.data.operation_id !== operationId) {
    return;
  }
  await advanceRead(
    deps,
    () => loadStored(deps.load, paymentId),
    (payment, stamp) => {
      const fact = payment.lastEventId === last.id ? goesOn(payment, operationId, reason) : null;
      return fact && changePayment(payment, fact, stamp);
    },
  );
}

async function shown(
  { load, events }: ResolvePaymentDependencies,
  paymentId: string,
  word: Word,
  answer: string | null,
): Promise<ParkedResource> {
  const payment = await loadStored(load, paymentId);
  const history = paymentHistory(await events(paymentId), word.operationId);
  const waiting = parkedOperation(payment, word.operationId);
  if (waiting) {
    if (word.outcome === 'ask') {
      return waitingPayment(payment, waiting, history?.resolution ?? null, answer);
    }
    throw otherwise('parked', actionsOf(waiting));
  }
  if (!history?.resolution) {
    throw otherwise(stateOf(payment, word.operationId), []);
  }
  if (!agrees(word, history.resolution)) {
    throw otherwise(history.resolution.outcome, []);
  }
  return resolvedPayment(payment, word.operationId, history);
}

/** What something is in that never waited for a person. */
function stateOf(payment: Payment, operationId: string): string {
  if (openOf(payment, operationId)) {
    return 'unknown';
  }
  return operationOf(payment, operationId)?.status ?? payment.status;
}
