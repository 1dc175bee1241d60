import type { ExchangeRates } from '../../shared/domain/money/exchange/exchange.ts';
import type { FeePlans } from '../../shared/domain/money/fees.ts';

export const feePlans: FeePlans = {
  standard: { basisPoints: 290, fixedMinor: {} },
  negotiated: {},
  tenants: {},
};

/** Sample rates, the simulator's own. */
export const sampleRates: ExchangeRates = {
  date: '2026-11-20',
  base: 'EUR',
  rates: { USD: '1.1590', GBP: '0.8790', CHF: '0.9320', JPY: '181.50', KWD: '0.3556' },
};
