import { describe, expect, it } from 'vitest';
import { checkedRoutes, type RouteCondition, type Routes, routeOf } from './routing.ts';

const charge = {
  tenant: 'acme',
  currency: 'EUR',
  amountMinor: 10_000,
  paymentMethod: 'tok_approve',
};

const routes = (when: RouteCondition): Routes => ({
  rules: [{ when, providers: ['b'] }],
  default: ['a', 'b'],
});

describe('a charge', () => {
  it.each<[string, RouteCondition]>([
    ['of a tenant', { tenants: ['globex', 'acme'] }],
    ['in a currency', { currencies: ['EUR', 'USD'] }],
    ['by a payment method', { paymentMethodPrefix: 'tok_' }],
    ['of an amount or more', { currencies: ['EUR'], minAmountMinor: 10_000 }],
    ['of an amount or less', { currencies: ['EUR'], maxAmountMinor: 10_000 }],
    ['of all of them', { tenants: ['acme'], currencies: ['EUR'], paymentMethodPrefix: 'tok_app' }],
  ])('%s goes by its rule', (_, when) => {
    expect(routeOf(routes(when), charge)).toEqual(['b']);
  });

  it.each<[string, RouteCondition]>([
    ['of another tenant', { tenants: ['globex'] }],
    ['in another currency', { currencies: ['USD'] }],
    ['by another payment method', { paymentMethodPrefix: 'pm_' }],
    ['of too little', { currencies: ['EUR'], minAmountMinor: 10_001 }],
    ['of too much', { currencies: ['EUR'], maxAmountMinor: 9_999 }],
    ['of one thing and not the other', { tenants: ['acme'], currencies: ['USD'] }],
    ['of nothing that the rule says', { tenants: [] }],
  ])('%s goes by the default', (_, when) => {
    expect(routeOf(routes(when), charge)).toEqual(['a', 'b']);
  });

  it('goes by the first rule of those about it', () => {
    const rules: Routes['rules'] = [
      { when: { currencies: ['USD'] }, providers: ['a'] },
      { when: { currencies: ['EUR'] }, providers: ['b'] },
      { when: { tenants: ['acme'] }, providers: ['c'] },
    ];
    expect(routeOf({ rules, default: ['a'] }, charge)).toEqual(['b']);
  });
});

describe('routes', () => {
  it('are taken as they are when each name is known', () => {
    const known = routes({ tenants: ['acme'] });
    expect(checkedRoutes(known, ['b', 'a'])).toBe(known);
  });

  it('with an unknown name are refused by the place, the name and what is known', () => {
    expect(() => checkedRoutes(routes({ tenants: ['acme'] }), ['a'])).toThrow(
      'rule 1 of the routes names the PSP "b": known are a',
    );
    expect(() => checkedRoutes({ rules: [], default: ['a', 'b', 'c'] }, ['a', 'b'])).toThrow(
      'the default of the routes names the PSP "c": known are a, b',
    );
  });
});
