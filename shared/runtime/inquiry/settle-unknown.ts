import { type FeePlans, planOf } from '../../domain/money/fees.ts';
import { changePayment } from '../../domain/payment/change.ts';
import { notProcessed } from '../../domain/payment/outcome.ts';
import {
  type Conclusion,
  concludedBy,
  goesOn,
  type Open,
  openOf,
  questionOf,
} from '../../domain/payment/recovery/conclude.ts';
import { maxResumes } from '../../domain/payment/recovery/sweep.ts';
import { providerOf } from '../../domain/payment/routed.ts';
import type { Payment } from '../../domain/payment/state.ts';
import type { Providers } from '../../ports/provider.ts';
import { type AdvanceDependencies, advanceRead, loadStored } from '../advance.ts';

/** What is needed to make known what is unknown. */
export interface SettleDependencies extends AdvanceDependencies {
  readonly plans: FeePlans;
  readonly authorizationWindowMs: number;
}

/**
 * Records what became of an operation, and lets its saga go on from there:
 * 1. nothing to do when it is known already: who recorded it lets the saga go on
 * 2. write the outcome
 * 3. where that is not the end, write that the saga begins anew; a call that dies before this leaves
 *    the payment to the sweeper
 */
export async function settleUnknown(
  { plans, authorizationWindowMs, ...deps }: SettleDependencies,
  { paymentId, operationId }: { readonly paymentId: string; readonly operationId: string },
  conclusion: Conclusion,
): Promise<void> {
  let opened: Open | null = null;
  const read = () => loadStored(deps.load, paymentId);
  const recorded = await advanceRead(deps, read, (payment, stamp) => {
    const open = openOf(payment, operationId);
    opened = open;
    if (!open) {
      return null;
    }
    const terms = { plan: planOf(plans, payment.tenant), authorizationWindowMs };
    return changePayment(payment, concludedBy(payment, open, conclusion, terms, stamp.time), stamp);
  });
  if (
    opened !== null &&
    !isSpent(recorded, opened) &&
    goesOn(recorded, operationId, conclusion.kind) !== null
  ) {
    await advanceRead(deps, read, (payment, stamp) => {
      const fact = goesOn(payment, operationId, `the outcome is known now: ${conclusion.kind}`);
      return fact && changePayment(payment, fact, stamp);
    });
  }
}

/** True of a reversal that failed so often that the sweeper has it for a person. */
function isSpent({ progress }: Payment, { operation }: Open): boolean {
  return operation === 'reverse' && progress.resumes >= maxResumes;
}

/** What an inquiry came to: what is known now, or why it is not. */
export type Learned =
  | { readonly kind: 'known'; readonly conclusion: Conclusion }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Asks the PSP that was asked to do something what became of it. That it knows nothing of it is an
 * answer only when what was sent cannot arrive any more.
 */
export async function ask(
  providers: Pick<Providers, 'named'>,
  payment: Payment,
  open: Open,
  {
    now,
    settleWindowMs,
    providerReference = null,
  }: {
    readonly now: string;
    readonly settleWindowMs: number;
    /** The PSP's own id of the charge, where it has told it and there is none on record. */
    readonly providerReference?: string | null;
  },
): Promise<Learned> {
  const question = questionOf(payment, open);
  const answer = await providers.named(providerOf(payment)).inquire({
    ...question,
    providerReference: question.providerReference ?? providerReference,
  });
  switch (answer.kind) {
    case 'unavailable':
      return { kind: 'unknown', reason: answer.reason };
    case 'not_found':
      return Date.parse(now) - Date.parse(open.since) >= settleWindowMs
        ? { kind: 'known', conclusion: { kind: 'declined', ...notProcessed } }
        : { kind: 'unknown', reason: 'the PSP has no record of it yet' };
    default:
      return { kind: 'known', conclusion: answer };
  }
}
