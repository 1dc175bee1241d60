import { isSimulatorToken } from '../contracts/simulator/behaviour.ts';
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

/** The names of the PSPs of the stage, by which their settlement files go, too. */
export function stageProviders(): string[] {
  return (process.env.PROVIDERS ?? '').split(',').filter((name) => name !== '');
}

/**
 * Tells whether a PSP of the stage can know a payment method, by its form alone: an API call that
 * asked the PSP would be a second network call before the answer.
 */
export function acceptsPaymentMethod(token: string): boolean {
  return stageProviders().includes('simulator') && isSimulatorToken(token);
}
