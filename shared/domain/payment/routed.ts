import type { Payment } from './state.ts';

/** What a charge is routed by. */
export function routedCharge({ tenant, request }: Payment): {
  readonly tenant: string;
  readonly currency: string;
  readonly amountMinor: number;
  readonly paymentMethod: string;
} {
  return {
    tenant,
    currency: request.currency,
    amountMinor: request.amount,
    paymentMethod: request.payment_method,
  };
}

/** The PSP that has the charge, or is asked for it. @throws Error before the reservation */
export function providerOf({ id, charge, provider }: Payment): string {
  const name = charge?.provider ?? provider;
  if (name === null) {
    throw new Error(`payment ${id} is routed to no PSP yet`);
  }
  return name;
}
