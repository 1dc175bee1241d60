import { isSimulatorToken } from '../contracts/simulator/behaviour.ts';

/** The names of the PSPs of the stage, by which their settlement files go, too. */
export function stageProviderNames(): string[] {
  return (process.env.PROVIDERS ?? '').split(',').filter((name) => name !== '');
}

/**
 * Tells whether a PSP of the stage can know a payment method, by its form alone: an API call that
 * asked the PSP would be a second network call before the answer.
 */
export function acceptsPaymentMethod(token: string): boolean {
  return stageProviderNames().includes('simulator') && isSimulatorToken(token);
}
