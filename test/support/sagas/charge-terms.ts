import type { ChargeTerms } from '../../../functions/providers/charge/charge.ts';

/** 2.9 % of what is captured; authorizations are kept for seven days. */
export const chargeTerms: ChargeTerms = {
  plans: { standard: { basisPoints: 290, fixedMinor: {} }, negotiated: {}, tenants: {} },
  authorizationWindowMs: 7 * 24 * 60 * 60 * 1_000,
};
