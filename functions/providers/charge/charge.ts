import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { operationId } from '../../../shared/domain/ids.ts';
import {
  type FeePlan,
  type FeePlans,
  feeOfCapture,
  planOf,
} from '../../../shared/domain/money/fees.ts';
import { changePayment, type Stamp } from '../../../shared/domain/payment/change.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import type { ChargeOutcome, Provider } from '../../../shared/ports/provider.ts';
import { type AdvanceDependencies, advance, loadOwned } from '../../../shared/runtime/advance.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/** What the stage says of charges. */
export interface ChargeTerms {
  readonly plans: FeePlans;
  /** How long an authorization is kept; shorter where the PSP says so. */
  readonly authorizationWindowMs: number;
}

/**
 * Takes the money at the PSP:
 * 1. when the outcome is recorded already, it is the answer: the PSP is not asked again
 * 2. without a hold in the ledger nothing is sent
 * 3. call the PSP under the payment's operation id, which makes a repeated call the same call
 * 4. when it is busy it has processed nothing of this try: record that and refuse, and the saga
 *    table says when to try again
 * 5. but when an earlier try left nothing on record, or the execution began anew, that may have been
 *    processed, and busy says nothing of it: the outcome is unknown
 * 6. record the outcome: a capture with its fee, an authorization with its end, by our window or the
 *    PSP's, whichever is the earlier
 * 7. answer by what is recorded
 */
export function charge({
  provider,
  plans,
  authorizationWindowMs,
  ...deps
}: AdvanceDependencies & ChargeTerms & { readonly provider: Provider }) {
  return async (command: TaskCommand): Promise<void> => {
    const payment = await loadOwned(deps.load, command);
    if (isRecorded(payment)) {
      return answer(payment);
    }
    if (payment.hold?.state !== 'pending') {
      throw new Refusal('ReservationReleased', 'nothing is held for the charge any more');
    }
    // Before anything is sent: a tenant without its plan must not be found out about after it.
    const plan = planOf(plans, payment.tenant);
    const answered = await provider.charge({
      operationId: operationId(payment.id, 'charge'),
      reference: payment.id,
      amountMinor: payment.request.amount,
      currency: payment.request.currency,
      paymentMethod: payment.request.payment_method,
      capture: payment.request.capture_method === 'automatic',
    });
    const isCertain = !payment.restarted && command.retries <= payment.busyTries;
    const outcome: ChargeOutcome =
      answered.kind === 'busy' && !isCertain
        ? {
            kind: 'unknown',
            reason: `an earlier try ended without a record, and then: ${answered.reason}`,
          }
        : answered;
    const recorded = await advance(deps, command, (current, stamp) => {
      if (isRecorded(current)) {
        return null;
      }
      const fact = factOf(current, outcome, provider.name, { plan, authorizationWindowMs }, stamp);
      return changePayment(current, fact, stamp);
    });
    if (outcome.kind === 'busy' && !isRecorded(recorded)) {
      throw new Refusal('ProviderBusy', outcome.reason);
    }
    return answer(recorded);
  };
}

function isRecorded(payment: Payment): boolean {
  return (
    payment.status !== 'processing' ||
    payment.charge !== null ||
    payment.decline !== null ||
    payment.unknown !== null
  );
}

/** @throws Refusal unless the payment is authorized or captured */
function answer(payment: Payment): void {
  if (payment.unknown) {
    throw new Refusal('OutcomeUnknown', 'what became of the charge is not known');
  }
  if (payment.decline) {
    throw new Refusal('Declined', payment.decline.code);
  }
  if (payment.charge && !payment.charge.matches) {
    throw new Refusal('ChargeMismatch', 'the PSP approved something else than was asked');
  }
  if (payment.status === 'failed') {
    throw new Refusal('Superseded', 'the payment has failed');
  }
}

function factOf(
  payment: Payment,
  outcome: ChargeOutcome,
  provider: string,
  { plan, authorizationWindowMs }: { plan: FeePlan } & Pick<ChargeTerms, 'authorizationWindowMs'>,
  { time }: Stamp,
): PaymentFact {
  const operation = { operation_id: operationId(payment.id, 'charge') };
  if (outcome.kind === 'busy') {
    return {
      type: 'payment.provider_busy',
      facts: { ...operation, provider, reason: outcome.reason },
    };
  }
  if (outcome.kind === 'unknown') {
    return {
      type: 'payment.outcome_unknown',
      facts: { ...operation, operation: 'charge', reason: outcome.reason },
    };
  }
  if (outcome.kind === 'declined') {
    return {
      type: 'payment.charge_declined',
      facts: { ...operation, provider, code: outcome.code, message: outcome.message },
    };
  }
  const { request } = payment;
  const approved = {
    ...operation,
    provider,
    provider_reference: outcome.providerReference,
    amount: outcome.amountMinor,
  };
  const matches =
    outcome.amountMinor === request.amount &&
    outcome.currency === request.currency &&
    outcome.captured === (request.capture_method === 'automatic');
  if (!matches) {
    return {
      type: 'payment.charge_mismatched',
      facts: { ...approved, currency: outcome.currency, captured: outcome.captured },
    };
  }
  if (!outcome.captured) {
    const ours = new Date(Date.parse(time) + authorizationWindowMs).toISOString();
    const [expires = ours] = [ours, outcome.authorizedUntil ?? ours].sort();
    return { type: 'payment.authorized', facts: { ...approved, expires } };
  }
  const fee = feeOfCapture(plan, {
    currency: request.currency,
    capturedBeforeMinor: 0,
    amountMinor: outcome.amountMinor,
    feesBeforeMinor: 0,
  });
  return { type: 'payment.captured', facts: { ...approved, fee, final: true } };
}
