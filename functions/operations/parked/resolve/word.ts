import { ApiError } from '../../../../shared/contracts/errors.ts';
import type { ApprovedOutcome } from '../../../../shared/contracts/operations/operator-approvals.ts';
import type {
  ParkedAction,
  ParkedResource,
} from '../../../../shared/contracts/operations/parked.ts';
import type { OperatorApproval } from '../../../../shared/domain/access/operator-approval.ts';
import type { AppendOperatorAct } from '../../../../shared/ports/operator-log.ts';
import type { NextStamp } from '../../../../shared/runtime/stamp.ts';
import type { Resolution } from '../history.ts';

/** What a person wants done about something that is parked. */
export interface Word {
  readonly operationId: string;
  readonly outcome: ParkedAction;
  /** The PSP's or the bank's own, of a charge or a payout that took effect; else null. */
  readonly providerReference: string | null;
  readonly by: string;
  readonly reason: string;
  /**
   * Asked of a word on what took effect and what did not, before it is taken: gives the approval that it
   * was given with, and throws when it is not permitted. Absent where nobody has to be asked.
   */
  readonly permit?: (
    waiting: ParkedResource,
    outcome: ApprovedOutcome,
  ) => Promise<OperatorApproval | null>;
}

/** The message that a merchant reads of what a person found to have had no effect. */
export const withoutEffect = {
  code: 'resolved_no_effect',
  message: 'The payment provider was found not to have done it. Nothing was moved.',
};

/** @throws ApiError `invalid_request` unless a word has a reference where it needs one, and no other */
export function refuseWrongReference({ outcome, providerReference }: Word, isNamed: boolean): void {
  const isNeeded = isNamed && outcome === 'took_effect';
  if (isNeeded !== (providerReference !== null)) {
    const message = isNeeded
      ? 'is needed for a charge or a payout that took effect'
      : 'is only for a charge or a payout that took effect';
    throw new ApiError('invalid_request', 'The word does not fit what it is about.', {
      errors: [{ path: '/provider_reference', message }],
    });
  }
}

/** @throws ApiError `invalid_state` unless a word is one that something that waits can take */
export function refuseMisfit({ outcome }: Word, actions: readonly ParkedAction[]): void {
  if (!actions.includes(outcome)) {
    throw otherwise('parked', actions);
  }
}

/** True when a word is what has become of something anyway. */
export function agrees({ outcome, providerReference }: Word, resolution: Resolution): boolean {
  switch (outcome) {
    case 'ask':
      return true;
    case 'resume':
      return resolution.outcome === 'resumed';
    default:
      return resolution.outcome === outcome && resolution.provider_reference === providerReference;
  }
}

/** True for a word on what took effect and what did not. */
export function isOnEffect(word: Word): word is Word & { readonly outcome: ApprovedOutcome } {
  return word.outcome === 'took_effect' || word.outcome === 'no_effect';
}

/** The PSP or the bank, asked again, knows it and says otherwise: nobody's word is needed. */
export function otherwiseAtPsp(): ApiError {
  return new ApiError('invalid_state', 'Asked again, the other side says otherwise. Use `ask`.', {
    members: { state: 'parked', allowed: ['ask'] },
  });
}

export function otherwise(state: string, allowed: readonly ParkedAction[]): ApiError {
  return new ApiError('invalid_state', 'What is on record does not allow it.', {
    members: { state, allowed },
  });
}

/** Sees that a word is permitted, and puts it on the operator log, before it has an effect. */
export async function admitWord(
  { log, nextStamp }: { readonly log: AppendOperatorAct; readonly nextStamp: NextStamp },
  waiting: ParkedResource,
  word: Word,
): Promise<void> {
  const { payment_id, payout_id, operation, operation_id, amount, currency } = waiting;
  const { outcome, providerReference, by, reason } = word;
  const approval = (isOnEffect(word) && (await word.permit?.(waiting, word.outcome))) || null;
  const { time, eventId: id } = nextStamp();
  await log({
    id,
    time,
    by,
    action: 'parked.resolve',
    subject: payment_id ?? payout_id ?? operation_id,
    reason,
    details: {
      operation,
      operation_id,
      outcome,
      amount: String(amount),
      currency,
      ...(providerReference === null ? {} : { provider_reference: providerReference }),
      ...(approval === null ? {} : { approval: approval.id, approved_by: approval.approvedBy }),
    },
  });
}
