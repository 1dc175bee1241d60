import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { operationId } from '../../../shared/domain/ids.ts';
import { type FeePlans, planOf } from '../../../shared/domain/money/fees.ts';
import { changePayment, type Stamp } from '../../../shared/domain/payment/change.ts';
import {
  approvedCharge,
  declinedCharge,
  type Terms,
} from '../../../shared/domain/payment/outcome.ts';
import { providerOf, routedCharge } from '../../../shared/domain/payment/routed.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import type { ChargeOutcome, Provider, Providers } from '../../../shared/ports/provider.ts';
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
 * 1. when the outcome is recorded already, it is the answer: no PSP is asked again
 * 2. without a hold in the ledger nothing is sent
 * 3. a try after the first goes on record before it sends. When the PSP that the payment is routed to
 *    was busy at each try before it, that one has processed nothing: when there is another one for the
 *    charge, record that it is the one from here on
 * 4. call the PSP, once a try, under the payment's operation id, which makes a repeated call the same
 *    call. When it may have been sent so long ago that the PSP has forgotten that id, nothing is sent:
 *    the outcome is unknown, and the inquiry finds it
 * 5. when it is busy it has processed nothing of this try: record that and refuse, and the saga table
 *    says when to try again
 * 6. but when an earlier try left nothing on record, or the execution began anew, that may have been
 *    processed, and busy says nothing of it: the outcome is unknown, and no other PSP is asked
 * 7. record the outcome, and answer by what is recorded
 *
 * A try may outlive its task, or begin after the next one. Only the last to begin takes the charge to
 * another PSP, and only when all before it were busy:
 *
 *     try 1  sent to A: busy, on record
 *     try 2              ........ late to begin ........  try 3 is on record: stays with A
 *     try 3               on record   sent to A: the money is taken
 */
export function charge({
  providers,
  plans,
  authorizationWindowMs,
  ...deps
}: AdvanceDependencies & ChargeTerms & { readonly providers: Providers }) {
  return async (command: TaskCommand): Promise<void> => {
    const loaded = await loadOwned(deps.load, command);
    if (isRecorded(loaded)) {
      return answer(loaded);
    }
    if (loaded.hold?.state !== 'pending') {
      throw new Refusal('ReservationReleased', 'nothing is held for the charge any more');
    }
    // Before anything is sent: a tenant without its plan must not be found out about after it.
    const terms = { plan: planOf(plans, loaded.tenant), authorizationWindowMs };
    const payment = command.retries === 0 ? loaded : await begun({ ...deps, providers }, command);
    if (isRecorded(payment)) {
      return answer(payment);
    }
    const provider = providers.named(providerOf(payment));
    const answered: ChargeOutcome = mayBeForgotten(payment, command, provider, deps.nextStamp)
      ? {
          kind: 'unknown',
          reason: 'an earlier try may be so old that the PSP has forgotten its id',
        }
      : await provider.charge({
          operationId: operationId(payment.id, 'charge'),
          reference: payment.id,
          amountMinor: payment.request.amount,
          currency: payment.request.currency,
          paymentMethod: payment.request.payment_method,
          capture: payment.request.capture_method === 'automatic',
        });
    const outcome: ChargeOutcome =
      answered.kind === 'busy' && !isCertain(payment, command)
        ? {
            kind: 'unknown',
            reason: `an earlier try ended without a record, and then: ${answered.reason}`,
          }
        : answered;
    const recorded = await advance(deps, command, (current, stamp) =>
      isRecorded(current)
        ? null
        : changePayment(
            current,
            factOf(current, outcome, { provider: provider.name, terms }, stamp),
            stamp,
          ),
    );
    if (outcome.kind === 'busy' && !isRecorded(recorded)) {
      throw new Refusal('ProviderBusy', outcome.reason);
    }
    return answer(recorded);
  };
}

/** True when the charge may have been sent so long ago that its id means nothing to the PSP any more. */
function mayBeForgotten(
  { restarted, created }: Payment,
  { retries }: TaskCommand,
  { remembersChargesMs }: Provider,
  nextStamp: AdvanceDependencies['nextStamp'],
): boolean {
  return (
    remembersChargesMs !== undefined &&
    (restarted || retries > 0) &&
    Date.parse(nextStamp().time) - Date.parse(created) >= remembersChargesMs
  );
}

/** True when the PSP was busy at each try before this one, and none after it has begun. */
function isCertain({ restarted, busyTries, lastTry }: Payment, { retries }: TaskCommand): boolean {
  return !restarted && retries <= busyTries && lastTry <= retries;
}

/** The payment with this try on record, which is not the first, and with the PSP that it asks. */
async function begun(
  { providers, ...deps }: AdvanceDependencies & { readonly providers: Providers },
  command: TaskCommand,
): Promise<Payment> {
  const { retries: retry } = command;
  return advance(deps, command, (current, stamp) => {
    if (isRecorded(current)) {
      return null;
    }
    const operation = { operation_id: operationId(current.id, 'charge'), retry };
    const from = providerOf(current);
    const to = nextOf(providers, current, command);
    if (to !== null) {
      const reason = 'it was busy, and has processed nothing';
      return changePayment(
        current,
        { type: 'payment.rerouted', facts: { ...operation, from, to, reason } },
        stamp,
      );
    }
    return current.lastTry >= retry
      ? null
      : changePayment(
          current,
          { type: 'payment.charge_retried', facts: { ...operation, provider: from } },
          stamp,
        );
  });
}

/** The PSP that comes after one that was busy for sure; null when none does, or it was not. */
function nextOf(providers: Providers, payment: Payment, command: TaskCommand): string | null {
  const from = providerOf(payment);
  if (payment.busyProvider !== from || !isCertain(payment, command)) {
    return null;
  }
  const route = providers.route(routedCharge(payment));
  // A PSP that is not in the route any more has no next one: the stage was changed meanwhile.
  return route.includes(from) ? (route[route.indexOf(from) + 1] ?? null) : null;
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
  { provider, terms }: { readonly provider: string; readonly terms: Terms },
  { time }: Stamp,
): PaymentFact {
  const operation = { operation_id: operationId(payment.id, 'charge') };
  switch (outcome.kind) {
    case 'approved':
      return approvedCharge(payment, outcome, provider, terms, time);
    case 'declined':
      return declinedCharge(payment, outcome, provider);
    case 'unknown':
      return {
        type: 'payment.outcome_unknown',
        facts: { ...operation, operation: 'charge', reason: outcome.reason },
      };
    case 'busy':
      return {
        type: 'payment.provider_busy',
        facts: { ...operation, provider, reason: outcome.reason },
      };
  }
}
