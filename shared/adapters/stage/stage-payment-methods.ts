import { isSimulatorToken } from '../../contracts/simulator/behaviour.ts';

/** The names of the PSPs of the stage, by which their settlement files go, too. */
export function stageProviderNames(): string[] {
  return (process.env.PROVIDERS ?? '').split(',').filter((name) => name !== '');
}

/** Stripe's own ids and its test ones (`pm_card_visa`); a source or a token of before is none. */
function isStripePaymentMethod(token: string): boolean {
  return /^pm_[A-Za-z0-9_]{1,120}$/.test(token);
}

/**
 * Tells whether a PSP of the stage can know a payment method, by its form alone: an API call that
 * asked the PSP would be a second network call before the answer.
 */
export function acceptsPaymentMethod(token: string): boolean {
  const names = stageProviderNames();
  return (
    (names.includes('simulator') && isSimulatorToken(token)) ||
    (names.includes('stripe') && isStripePaymentMethod(token))
  );
}
