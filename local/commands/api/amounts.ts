import { type Currency, currencies } from '../../../shared/domain/money/currency.ts';
import { parseMoney } from '../../../shared/domain/money/money.ts';
import { UsageError } from '../../program/exit.ts';

/** @throws {UsageError} for what is no currency of ISO 4217 */
export function currencyOf(given: string): Currency {
  const code = currencies.find((known) => known === given.toUpperCase());
  if (!code) {
    throw new UsageError(`${given} is no currency of ISO 4217, such as EUR`);
  }
  return code;
}

/**
 * An amount as people write it, `100` or `99.90`, in minor units.
 *
 * @throws {UsageError} for another, or one that is not above zero
 */
export function amountOf(given: string, currency: Currency): number {
  try {
    const { amountMinor } = parseMoney(given, currency);
    if (amountMinor > 0) {
      return amountMinor;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error;
    }
  }
  throw new UsageError(
    `${given} is no amount of ${currency}: write it as a decimal, such as 99.90`,
  );
}
