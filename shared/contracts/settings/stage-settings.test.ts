import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { stages } from '../../../infra/stages.ts';
import { planOf } from '../../domain/money/fees.ts';
import { ExchangeRatesSetting, FeePlansSetting } from './stage-settings.ts';

const plans = {
  standard: { basisPoints: 290, fixedMinor: { EUR: 25, JPY: 0 } },
  negotiated: { volume: { basisPoints: 140, fixedMinor: {} } },
  tenants: { acme: 'volume' },
};
const rates = { date: '2026-11-20', base: 'EUR', rates: { JPY: '181.50', KWD: '0.3556' } };

const standardWith = (change: object) => ({
  ...plans,
  standard: { ...plans.standard, ...change },
});

/** Each place that is wrong, with what is said of it. */
function refusals(schema: z.ZodMiniType, value: unknown): string[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues.map(({ path, message }) => `/${path.join('/')} ${message}`);
}

const noNegotiatedPlan =
  'must be the name of a negotiated plan; a tenant without one has the standard plan';
const noPercentage = '/standard/basisPoints must be an integer of basis points, from 0 to 10000';
const noFixedPart = '/standard/fixedMinor/EUR must be an integer of minor units, from 0 to 10^12';

describe('FEE_PLANS', () => {
  it('are read as they are', () => {
    expect(FeePlansSetting.parse(plans)).toEqual(plans);
  });

  it('may have the standard plan alone', () => {
    const { standard } = plans;
    expect(FeePlansSetting.parse({ standard })).toEqual({ standard, negotiated: {}, tenants: {} });
  });

  it.each([
    ['no object', [], ['/ must be an object with the known names alone']],
    [
      'tenants of a plan that is not there',
      { ...plans, tenants: { acme: 'volume', globex: 'standard', hooli: 'constructor' } },
      [`/tenants/globex ${noNegotiatedPlan}`, `/tenants/hooli ${noNegotiatedPlan}`],
    ],
    ['more than everything', standardWith({ basisPoints: 10_001 }), [noPercentage]],
    ['a part of a basis point', standardWith({ basisPoints: 2.9 }), [noPercentage]],
    [
      'less than nothing',
      standardWith({ basisPoints: -1, fixedMinor: { EUR: -1 } }),
      [noPercentage, noFixedPart],
    ],
    ['a part of a minor unit', standardWith({ fixedMinor: { EUR: 0.5 } }), [noFixedPart]],
    ['more than any payment', standardWith({ fixedMinor: { EUR: 10 ** 12 + 1 } }), [noFixedPart]],
    [
      'a currency that is none, and a name that is not known',
      standardWith({ fixedMinor: { EURO: 1 }, percent: 2 }),
      [
        '/standard/fixedMinor must be an object by ISO 4217 codes',
        '/standard must be an object with the known names alone',
      ],
    ],
  ])('with %s are refused by the place', (_, value, expected) => {
    expect(refusals(FeePlansSetting, value)).toEqual(expected);
  });
});

describe('EXCHANGE_RATES', () => {
  it('are read as they are', () => {
    expect(ExchangeRatesSetting.parse(rates)).toEqual(rates);
  });

  it.each([
    '0',
    '0.000',
    '-1',
    '1,5',
    '1e3',
    '.5',
    '1.',
    ' 1',
    '1\n',
    '1234567890',
    '1.1234567890123',
    '',
    1.159,
  ])('with the rate %j are refused', (rate) => {
    expect(refusals(ExchangeRatesSetting, { ...rates, rates: { USD: rate } })).toEqual([
      '/rates/USD must be a decimal text above 0, such as "1.1590"',
    ]);
  });

  it.each([
    [
      'a rate of the base',
      { rates: { EUR: '1' } },
      '/rates must not have the base, which is worth 1',
    ],
    ['no day', { date: '2026-02-30' }, '/date must be a day, such as 2026-11-20'],
    ['an unknown base', { base: 'XAU' }, '/base must be an ISO 4217 code, upper case'],
    ['an unknown currency', { rates: { XAU: '1' } }, '/rates must be an object by ISO 4217 codes'],
  ])('with %s are refused by the place', (_, change, message) => {
    expect(refusals(ExchangeRatesSetting, { ...rates, ...change })).toEqual([message]);
  });
});

describe.each(Object.values(stages))('the stage $name', ({ feePlans, exchangeRates }) => {
  it('has fee plans and exchange rates that its functions take', () => {
    const plansOfStage = FeePlansSetting.parse(JSON.parse(JSON.stringify(feePlans)));
    expect(planOf(plansOfStage, 'somebody new')).toEqual(feePlans.standard);
    expect(ExchangeRatesSetting.parse(JSON.parse(JSON.stringify(exchangeRates)))).toEqual(
      exchangeRates,
    );
  });
});
