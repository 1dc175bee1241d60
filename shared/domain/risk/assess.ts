import type { Payment } from '../payment/state.ts';

/** What a tenant's payments may be. Amounts in minor units of the payment's own currency. */
export interface RiskRules {
  readonly maxAmountMinor: number;
  /** Tokens that were reported: never charged again. */
  readonly blockedPaymentMethods: readonly string[];
}

/** The decision, and for a refusal the rule that made it. */
export type RiskDecision =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly rule: 'amount_above_limit' | 'blocked_payment_method' };

/** Decides from the payment and the rules alone, so that asking twice gives the same answer. */
export function assessRisk(payment: Payment, rules: RiskRules): RiskDecision {
  if (rules.blockedPaymentMethods.includes(payment.request.payment_method)) {
    return { accepted: false, rule: 'blocked_payment_method' };
  }
  if (payment.request.amount > rules.maxAmountMinor) {
    return { accepted: false, rule: 'amount_above_limit' };
  }
  return { accepted: true };
}
