import { isSimulatorToken } from '../contracts/simulator.ts';
import type { Provider } from '../ports/provider.ts';
import { setting } from './environment.ts';
import { simulatorProvider } from './simulator-provider/simulator-provider.ts';

/** The PSP that the stage charges through. */
export function stageProvider(): Provider {
  return simulatorProvider({
    baseUrl: setting('PROVIDER_URL'),
    deadlineMs: Number(setting('PROVIDER_DEADLINE_MS')),
  });
}

/**
 * Tells whether a PSP of the stage can know a payment method, by its form alone: an API call that
 * asked the PSP would be a second network call before the answer.
 */
export function acceptsPaymentMethod(token: string): boolean {
  const providers = (process.env.PROVIDERS ?? '').split(',');
  return providers.includes('simulator') && isSimulatorToken(token);
}
