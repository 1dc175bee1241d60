import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acceptsPaymentMethod, stageProviderNames } from '../stage-payment-methods.ts';
import { stageProviders, stageRoutes } from './stage-provider.ts';

const limits = {
  breaker: { failures: 20, windowMs: 10_000, coolDownMs: 15_000 },
  slots: null,
  rate: null,
};
const charge = { tenant: 'acme', currency: 'EUR', amountMinor: 1, paymentMethod: 'tok_approve' };

beforeEach(() => {
  const environment = {
    PROVIDER_URL: 'http://127.0.0.1:1/v1',
    PROVIDER_DEADLINE_MS: '5000',
    PROVIDERS_TABLE: 'providers',
    PROVIDER_LIMITS: JSON.stringify({ simulator: limits, 'simulator-b': limits }),
    PROVIDER_ROUTES: JSON.stringify({
      rules: [{ when: { tenants: ['globex'] }, providers: ['simulator-b'] }],
      default: ['simulator', 'simulator-b'],
    }),
  };
  for (const [name, value] of Object.entries(environment)) {
    vi.stubEnv(name, value);
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the PSPs of a stage', () => {
  it('are those with limits, by name', () => {
    const { named } = stageProviders();
    expect(named('simulator').name).toBe('simulator');
    expect(named('simulator-b').name).toBe('simulator-b');
    for (const name of ['simulator-c', 'toString', '']) {
      expect(() => named(name)).toThrow(`the stage has no PSP ${JSON.stringify(name)}`);
    }
  });

  it.each([
    ['who asks them', () => stageProviders()],
    ['who only chooses', () => stageRoutes()],
  ])('are routed to by the stage’s data, for %s', (_, open) => {
    const { route } = open();
    expect(route(charge)).toEqual(['simulator', 'simulator-b']);
    expect(route({ ...charge, tenant: 'globex' })).toEqual(['simulator-b']);
  });

  it('are refused at start-up when there is no adapter for one', () => {
    vi.stubEnv('PROVIDER_LIMITS', JSON.stringify({ toString: limits, simulator: limits }));
    vi.stubEnv('PROVIDER_ROUTES', JSON.stringify({ default: ['simulator'] }));
    expect(() => stageProviders()).toThrow('there is no adapter for the PSP "toString"');
  });

  it('are refused at start-up when a route names one that the stage has not', () => {
    vi.stubEnv('PROVIDER_LIMITS', JSON.stringify({ simulator: limits }));
    expect(() => stageProviders()).toThrow(
      'rule 1 of the routes names the PSP "simulator-b": known are simulator',
    );
    vi.stubEnv('PROVIDER_ROUTES', JSON.stringify({ default: ['simulator-c'] }));
    expect(() => stageRoutes()).toThrow('names the PSP "simulator-c"');
  });

  it('may be Stripe alone, which is asked for no URL, and for its key when it is called', async () => {
    vi.stubEnv('PROVIDER_URL', '');
    vi.stubEnv('SECRET_PREFIX', '');
    vi.stubEnv('PROVIDER_LIMITS', JSON.stringify({ stripe: limits }));
    vi.stubEnv('PROVIDER_ROUTES', JSON.stringify({ default: ['stripe'] }));
    const { route, named } = stageProviders();
    expect(route(charge)).toEqual(['stripe']);
    const stripe = named('stripe');
    expect(stripe.name).toBe('stripe');
    expect(stripe.remembersChargesMs).toBe(23 * 3_600_000);
    const inquiry = { kind: 'void', operationId: 'o', reference: 'r', currency: 'EUR' } as const;
    const nothing = { providerReference: null, amountMinor: null };
    expect(await stripe.inquire({ ...inquiry, ...nothing })).toEqual({
      kind: 'unavailable',
      reason: 'not sent: the adapter cannot be loaded',
    });
  });

  it.each(['PROVIDER_LIMITS', 'PROVIDER_ROUTES', 'PROVIDER_URL', 'PROVIDERS_TABLE'])(
    'are refused at start-up without %s',
    (name) => {
      vi.stubEnv(name, '');
      expect(() => stageProviders()).toThrow(`the environment variable ${name} is not set`);
    },
  );
});

describe('the names of the PSPs', () => {
  it('are none, and no payment method is accepted, where the stage names none', () => {
    vi.stubEnv('PROVIDERS', '');
    expect(stageProviderNames()).toEqual([]);
    expect(acceptsPaymentMethod('tok_approve')).toBe(false);
  });

  it('are those that the stage names', () => {
    vi.stubEnv('PROVIDERS', 'simulator,simulator-b');
    expect(stageProviderNames()).toEqual(['simulator', 'simulator-b']);
    expect(acceptsPaymentMethod('tok_approve')).toBe(true);
    expect(acceptsPaymentMethod('pm_card')).toBe(false);
  });

  it.each([
    ['stripe', 'pm_1PgaxNB7WZ01zgkW', true],
    ['stripe', 'pm_card_visa', true],
    ['stripe', 'pm_', false],
    ['stripe', 'xpm_1', false],
    ['stripe', 'tok_visa', false],
    ['stripe', 'tok_approve', false],
    ['psp', 'pm_card_visa', false],
    ['stripe,simulator', 'tok_approve', true],
    ['stripe,simulator', 'pm_card_visa', true],
  ])('%s: whether %s is one of its payment methods: %s', (names, token, accepted) => {
    vi.stubEnv('PROVIDERS', names);
    expect(acceptsPaymentMethod(token)).toBe(accepted);
  });
});
