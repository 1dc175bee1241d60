import type * as z from 'zod/mini';
import { ExchangeRatesSetting, FeePlansSetting } from '../contracts/stage-settings.ts';
import type { ExchangeRates } from '../domain/money/exchange/exchange.ts';
import type { FeePlans } from '../domain/money/fees.ts';
import { setting } from './environment.ts';

/** The fee plans of the stage, checked at start-up. @throws Error naming the variable and what is wrong */
export function stageFeePlans(): FeePlans {
  return parsed('FEE_PLANS', FeePlansSetting);
}

/** The exchange rates of the stage, checked at start-up. @throws Error as for the fee plans */
export function stageExchangeRates(): ExchangeRates {
  return parsed('EXCHANGE_RATES', ExchangeRatesSetting);
}

/** How long the stage keeps an authorization, in ms. */
export function stageAuthorizationWindowMs(): number {
  const windowMs = Number(setting('AUTHORIZATION_WINDOW_MS'));
  if (!Number.isSafeInteger(windowMs) || windowMs <= 0) {
    throw new Error('the environment variable AUTHORIZATION_WINDOW_MS is no number of ms');
  }
  return windowMs;
}

function parsed<T>(name: string, schema: z.ZodMiniType<T>): T {
  const result = schema.safeParse(JSON.parse(setting(name)));
  if (!result.success) {
    const places = result.error.issues.map(({ path, message }) => `/${path.join('/')} ${message}`);
    throw new Error(`the environment variable ${name} is not usable: ${places.join('; ')}`);
  }
  return result.data;
}
