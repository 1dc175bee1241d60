import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { stages } from '../../../infra/stages.ts';
import { checkedRoutes } from '../../domain/provider/routing.ts';
import { ProviderLimitsSetting, ProviderRoutesSetting } from './provider-settings.ts';

const limits = {
  breaker: { failures: 20, windowMs: 10_000, coolDownMs: 10_000 },
  slots: 100,
  rate: { perSecond: 50, burst: 100 },
};
const route = { when: { tenants: ['acme'] }, providers: ['a', 'b'] };

/** Each place that is wrong, with what is said of it. */
function refusals(schema: z.ZodMiniType, value: unknown): string[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues.map(({ path, message }) => `/${path.join('/')} ${message}`);
}

const aCount = 'must be an integer from 1 to 10000';
const aRoute = 'must be the names of one PSP or more, each once';

describe('PROVIDER_LIMITS', () => {
  it('are read as they are, with limits and without', () => {
    const psps = { a: limits, b: { ...limits, slots: null, rate: null } };
    expect(ProviderLimitsSetting.parse(psps)).toEqual(psps);
  });

  it.each([
    ['no object', [], ['/ must be an object by the names of PSPs']],
    [
      'no failure that opens',
      { a: { ...limits, breaker: { ...limits.breaker, failures: 0 } } },
      [`/a/breaker/failures ${aCount}`],
    ],
    [
      'no time to cool down',
      { a: { ...limits, breaker: { ...limits.breaker, coolDownMs: 0.5 } } },
      ['/a/breaker/coolDownMs must be an integer of ms, from 1 to 3600000'],
    ],
    ['no slot at all', { a: { ...limits, slots: 0 } }, [`/a/slots ${aCount}`]],
    [
      'half a call',
      { a: { ...limits, rate: { perSecond: 0.5, burst: 1 } } },
      [`/a/rate/perSecond ${aCount}`],
    ],
    [
      'a limit left out, which is not the same as none',
      { a: { breaker: limits.breaker, slots: 1 } },
      ['/a/rate must be an object with the known names alone'],
    ],
  ])('with %s are refused by the place', (_, value, expected) => {
    expect(refusals(ProviderLimitsSetting, value)).toEqual(expected);
  });
});

describe('PROVIDER_ROUTES', () => {
  it('are read as they are', () => {
    const routes = {
      rules: [
        route,
        {
          when: { currencies: ['EUR'], paymentMethodPrefix: 'tok_', minAmountMinor: 1 },
          providers: ['b'],
        },
      ],
      default: ['a'],
    };
    expect(ProviderRoutesSetting.parse(routes)).toEqual(routes);
  });

  it('may have the default alone', () => {
    expect(ProviderRoutesSetting.parse({ default: ['a'] })).toEqual({ rules: [], default: ['a'] });
  });

  it.each([
    ['no default', { rules: [route] }, [`/default ${aRoute}`]],
    ['an empty default', { default: [] }, [`/default ${aRoute}`]],
    ['one PSP twice', { default: ['a', 'b', 'a'] }, [`/default ${aRoute}`]],
    [
      'an empty rule',
      { rules: [{ ...route, providers: [] }], default: ['a'] },
      [`/rules/0/providers ${aRoute}`],
    ],
    [
      'a rule for everything',
      { rules: [{ ...route, when: {} }], default: ['a'] },
      ['/rules/0/when must have at least one part: what is for all charges is the default'],
    ],
    [
      'a rule for nobody',
      { rules: [{ ...route, when: { tenants: [] } }], default: ['a'] },
      ['/rules/0/when/tenants must be a list of one or more'],
    ],
    [
      'an amount without a currency',
      { rules: [{ ...route, when: { minAmountMinor: 100 } }], default: ['a'] },
      ['/rules/0/when must be with one currency, as minor units of two differ'],
    ],
    [
      'an amount in two currencies',
      {
        rules: [{ ...route, when: { currencies: ['EUR', 'JPY'], maxAmountMinor: 100 } }],
        default: ['a'],
      },
      ['/rules/0/when must be with one currency, as minor units of two differ'],
    ],
    [
      'an unknown currency, and a part that is not known',
      { rules: [{ ...route, when: { currencies: ['XAU'], weight: 1 } }], default: ['a'] },
      [
        '/rules/0/when/currencies/0 must be an ISO 4217 code, upper case',
        '/rules/0/when must be an object with the known names alone',
      ],
    ],
  ])('with %s are refused by the place', (_, value, expected) => {
    expect(refusals(ProviderRoutesSetting, value)).toEqual(expected);
  });
});

describe.each(Object.values(stages))('the stage $name', (stage) => {
  it('has limits and routes that its functions take, each route to PSPs with limits', () => {
    const { providers, routes } = JSON.parse(JSON.stringify(stage));
    expect(ProviderLimitsSetting.parse(providers)).toEqual(stage.providers);
    expect(checkedRoutes(ProviderRoutesSetting.parse(routes), Object.keys(providers))).toEqual(
      stage.routes,
    );
  });

  it('lets calls end that were sent before a breaker opened, before it tries the PSP again', () => {
    for (const { breaker } of Object.values(stage.providers)) {
      expect(breaker.coolDownMs).toBeGreaterThan(stage.providerDeadlineMs);
    }
  });
});
