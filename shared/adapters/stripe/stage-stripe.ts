import type { Provider } from '../../ports/provider.ts';
import { stageSecrets } from '../aws/secrets.ts';
import { stripeProvider } from './stripe-provider.ts';

/** Stripe, with the key that the stage has for it. Loads all that goes with it: import it late. */
export function stageStripe(deadlineMs: () => number): Provider {
  const secretOf = stageSecrets();
  return stripeProvider({ apiKey: () => secretOf('stripe_api_key'), deadlineMs });
}
