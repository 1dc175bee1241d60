import type * as z from 'zod/mini';
import { ProviderLimitsSetting, ProviderRoutesSetting } from '../contracts/provider-settings.ts';
import {
  ExchangeRatesSetting,
  FeePlansSetting,
  InquiryScheduleSetting,
} from '../contracts/stage-settings.ts';
import type { ExchangeRates } from '../domain/money/exchange/exchange.ts';
import type { FeePlans } from '../domain/money/fees.ts';
import type { ProviderLimits } from '../domain/provider/limits.ts';
import { checkedRoutes, type Routes } from '../domain/provider/routing.ts';
import type { InquirySchedule } from '../domain/saga/inquiry.ts';
import { setting } from './environment.ts';

/** The fee plans of the stage, checked at start-up. @throws Error naming the variable and what is wrong */
export function stageFeePlans(): FeePlans {
  return parsed('FEE_PLANS', FeePlansSetting);
}

/** The exchange rates of the stage, checked at start-up. @throws Error as for the fee plans */
export function stageExchangeRates(): ExchangeRates {
  return parsed('EXCHANGE_RATES', ExchangeRatesSetting);
}

/** When the stage's inquiries ask, checked at start-up. @throws Error as for the fee plans */
export function stageInquirySchedule(): InquirySchedule {
  return parsed('INQUIRY_SCHEDULE', InquiryScheduleSetting);
}

/** How long the stage keeps an authorization, in ms. */
export function stageAuthorizationWindowMs(): number {
  return milliseconds('AUTHORIZATION_WINDOW_MS');
}

/** After how long a saga of the stage is taken for dead, in ms. */
export function stageStuckAfterMs(): number {
  return milliseconds('STUCK_AFTER_MS');
}

function milliseconds(name: string): number {
  const ms = Number(setting(name));
  if (!Number.isSafeInteger(ms) || ms <= 0) {
    throw new Error(`the environment variable ${name} is no number of ms`);
  }
  return ms;
}

/** What protects each PSP of the stage, by its name. @throws Error as for the fee plans */
export function stageProviderLimits(): Readonly<Record<string, ProviderLimits>> {
  return parsed('PROVIDER_LIMITS', ProviderLimitsSetting);
}

/**
 * Which PSPs a charge of the stage is offered to.
 *
 * @param known the names that a route may have
 * @throws Error as for the fee plans, and for another name
 */
export function stageProviderRoutes(known: readonly string[]): Routes {
  return checkedRoutes(parsed('PROVIDER_ROUTES', ProviderRoutesSetting), known);
}

function parsed<T>(name: string, schema: z.ZodMiniType<T>): T {
  const result = schema.safeParse(JSON.parse(setting(name)));
  if (!result.success) {
    const places = result.error.issues.map(({ path, message }) => `/${path.join('/')} ${message}`);
    throw new Error(`the environment variable ${name} is not usable: ${places.join('; ')}`);
  }
  return result.data;
}
