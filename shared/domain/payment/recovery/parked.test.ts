import { describe, expect, it } from 'vitest';
import { facts } from '../../../../test/support/payments/facts.ts';
import { after, authorized } from '../../../../test/support/payments/histories.ts';
import { parkedOf, parkedSince } from './parked.ts';

const capturing = [...authorized, 'captureRequested', 'captureStarted'] as const;

describe('what of a payment waits for a person', () => {
  it('is nothing, as long as something of ours moves it', () => {
    for (const payment of [after(), after('reserved', 'unknownCharge'), after(...capturing)]) {
      expect(parkedOf(payment)).toEqual([]);
      expect(parkedSince(payment)).toBeNull();
    }
  });

  it('is its charge, with all of its amount', () => {
    const payment = after('reserved', 'unknownCharge', 'parkedCharge');
    expect(parkedOf(payment)).toEqual([
      {
        operationId: facts.parkedCharge.facts.operation_id,
        operation: 'charge',
        amountMinor: 10_000,
        unknown: true,
        since: payment.parked?.since,
        reason: 'nobody says',
        resolution: null,
      },
    ]);
    expect(parkedSince(payment)).toBe(payment.parked?.since);
  });

  it('is an operation, with its own amount', () => {
    const payment = after(...capturing, 'captureUnknown', 'captureParked');
    expect(parkedOf(payment)).toMatchObject([
      {
        operationId: facts.captureRequested.facts.operation_id,
        operation: 'capture',
        amountMinor: 4_000,
        unknown: true,
        since: payment.operations[0]?.parked?.since,
      },
    ]);
  });

  it('is said to be known when only its saga did not come to an end', () => {
    expect(parkedOf(after('reserved', 'parkedCharge'))).toMatchObject([{ unknown: false }]);
    expect(parkedOf(after(...capturing, 'captureParked'))).toMatchObject([{ unknown: false }]);
  });

  it('is said to be unknown when the PSP refused its reversal: it may have been made by hand', () => {
    expect(parkedOf(after('reserved', 'mismatched', 'parkedReversal'))).toMatchObject([
      { operation: 'reverse', unknown: true },
    ]);
  });

  it('shows the word of a person that has led to nothing yet', () => {
    const payment = after('reserved', 'unknownCharge', 'parkedCharge', 'chargeResolved');
    expect(parkedOf(payment)).toMatchObject([{ resolution: { outcome: 'took_effect' } }]);
  });

  it('is the longest first', () => {
    const names = [
      'reserved',
      'captured',
      'refundRequested',
      'refundHeld',
      'refundParked',
    ] as const;
    const payment = after(...names);
    const [refund] = payment.operations;
    if (!refund?.parked) {
      throw new Error('the refund is not parked');
    }
    const since = '2025-12-31T00:00:00.000Z';
    const other = { ...refund, id: 'earlier', parked: { ...refund.parked, since } };
    const both = { ...payment, operations: [refund, other] };
    expect(parkedOf(both).map(({ operationId }) => operationId)).toEqual(['earlier', refund.id]);
    expect(parkedSince(both)).toBe(since);
  });
});
