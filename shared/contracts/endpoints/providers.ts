import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';

/** What PSPs and banks call. */
export const providerEndpoints = {
  takeProviderWebhook: endpoint<Buffer>({
    name: 'takeProviderWebhook',
    method: 'POST',
    path: '/providers/{provider}/webhooks',
    summary:
      'Takes what a PSP or a bank tells unasked. It proves who it is by its signature over the body as it sent it, in the last five minutes.',
    access: null,
    raw: true,
    takes: ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'Stripe-Signature'],
    answers: { 200: z.object({ received: z.literal(true) }) },
    errors: ['invalid_signature'],
  }),
};
