import {
  ProviderLimitsSetting,
  ProviderRoutesSetting,
} from '../../contracts/settings/provider-settings.ts';
import {
  ExchangeRatesSetting,
  FeePlansSetting,
  InquiryScheduleSetting,
  WebhookTermsSetting,
} from '../../contracts/settings/stage-settings.ts';
import type { ExchangeRates } from '../../domain/money/exchange/exchange.ts';
import type { FeePlans } from '../../domain/money/fees.ts';
import type { ProviderLimits } from '../../domain/provider/limits.ts';
import { checkedRoutes, type Routes } from '../../domain/provider/routing.ts';
import type { InquirySchedule } from '../../domain/saga/inquiry.ts';
import type { WebhookTerms } from '../../domain/webhook/terms.ts';
import { setting } from '../environment.ts';
import { parsedSetting } from '../parsed-setting.ts';

/** The fee plans of the stage, checked at start-up. @throws Error naming the variable and what is wrong */
export function stageFeePlans(): FeePlans {
  return parsedSetting('FEE_PLANS', FeePlansSetting);
}

/** The exchange rates of the stage, checked at start-up. @throws Error as for the fee plans */
export function stageExchangeRates(): ExchangeRates {
  return parsedSetting('EXCHANGE_RATES', ExchangeRatesSetting);
}

/** When the stage's inquiries ask, checked at start-up. @throws Error as for the fee plans */
export function stageInquirySchedule(): InquirySchedule {
  return parsedSetting('INQUIRY_SCHEDULE', InquiryScheduleSetting);
}

/** When webhooks of the stage are tried again, checked at start-up. @throws Error as for the fee plans */
export function stageWebhookTerms(): WebhookTerms {
  return parsedSetting('WEBHOOK_TERMS', WebhookTermsSetting);
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
  return parsedSetting('PROVIDER_LIMITS', ProviderLimitsSetting);
}

/**
 * Which PSPs a charge of the stage is offered to.
 *
 * @param known the names that a route may have
 * @throws Error as for the fee plans, and for another name
 */
export function stageProviderRoutes(known: readonly string[]): Routes {
  return checkedRoutes(parsedSetting('PROVIDER_ROUTES', ProviderRoutesSetting), known);
}
