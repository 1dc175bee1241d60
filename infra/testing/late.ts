import { observed } from '../../shared/runtime/observability.ts';

/** A function that needs Stripe's adapter, and loads it late. */
export const handler = observed(async ({ baseUrl }: { readonly baseUrl: string }) => {
  const { stripeProvider } = await import('../../shared/adapters/stripe/stripe-provider.ts');
  const stripe = stripeProvider({ apiKey: async () => 'rk_of_a_test', baseUrl });
  return stripe.charge({
    operationId: 'op-1',
    reference: 'pay-1',
    amountMinor: 1,
    currency: 'EUR',
    paymentMethod: 'pm_card_visa',
    capture: true,
  });
});
