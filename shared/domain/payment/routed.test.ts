import { describe, expect, it } from 'vitest';
import { after } from '../../../test/support/payments/histories.ts';
import { providerOf, routedCharge } from './routed.ts';

describe('the PSP that a payment is asked about', () => {
  it('is the one that it is routed to, until one has the charge', () => {
    expect(providerOf(after('reserved'))).toBe('psp');
    expect(providerOf(after('reserved', 'rerouted'))).toBe('psp-b');
    // What has the charge is on record with the charge.
    const { charge, ...payment } = after('reserved', 'captured');
    expect(providerOf({ ...payment, charge: charge && { ...charge, provider: 'other' } })).toBe(
      'other',
    );
  });

  it('is none before the reservation', () => {
    expect(() => providerOf(after())).toThrow('is routed to no PSP yet');
  });
});

describe('what a charge is routed by', () => {
  it('is what was asked for, and by whom', () => {
    expect(routedCharge(after())).toEqual({
      tenant: 'acme',
      currency: 'EUR',
      amountMinor: 10_000,
      paymentMethod: 'tok_approve',
    });
  });
});
