import type { PayoutFact } from '../../../contracts/events/payout-events.ts';
import type { Resolution } from '../../payment/state.ts';
import type { Payout } from '../state.ts';

/** What became of an order at the bank, for good. */
export type PayoutConclusion =
  | { readonly kind: 'accepted'; readonly bankReference: string }
  | { readonly kind: 'declined'; readonly code: string; readonly message: string };

/** The decline of what the bank has no record of, when it cannot arrive any more. */
export const notSent = {
  kind: 'declined',
  code: 'not_processed',
  message: 'The bank has no record of the payout. Nothing was sent.',
} as const satisfies PayoutConclusion;

/** What a person's word comes to: it is taken as if the bank had said it. */
export function conclusionBy({ outcome, providerReference }: Resolution): PayoutConclusion {
  return outcome === 'took_effect' && providerReference !== null
    ? { kind: 'accepted', bankReference: providerReference }
    : notSent;
}

/** The fact by which a conclusion goes on record. */
export function concludedPayout(payout: Payout, conclusion: PayoutConclusion): PayoutFact {
  const provider = bankOf(payout);
  if (conclusion.kind === 'accepted') {
    return {
      type: 'payout.sent',
      facts: { provider, bank_reference: conclusion.bankReference },
    };
  }
  const { code, message } = conclusion;
  return { type: 'payout.declined', facts: { provider, code, message } };
}

/**
 * The fact by which the saga goes on of a payout that is known now; null when its outcome was its end,
 * or an execution is on its way already.
 */
export function goesOn(payout: Payout, reason: string): PayoutFact | null {
  const { status, unknown, parked, progress } = payout;
  const waits = status === 'processing' && !unknown && !parked && !progress.resumed;
  return waits ? { type: 'payout.resumed', facts: { reason } } : null;
}

/** The bank that may have the order. @throws Error when no order went to any */
export function bankOf({ id, provider }: Payout): string {
  if (provider === null) {
    throw new Error(`no order of payout ${id} went to a bank`);
  }
  return provider;
}
