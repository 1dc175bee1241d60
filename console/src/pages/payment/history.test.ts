import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../../../shared/contracts/events/payment-events.ts';
import { acceptPayment, changePayment } from '../../../../shared/domain/payment/change.ts';
import { isMoving, momentAt, waitsOf } from './history.ts';

const hold = '00000000-0000-8000-8000-000000000006';
const charge = '00000000-0000-8000-8000-000000000001';
const accepted = acceptPayment(
  {
    id: '5eea616e-f469-8169-af18-63009adda7e5',
    tenant: 'acme',
    request: {
      amount: 100,
      currency: 'EUR',
      payment_method: 'tok_approve',
      capture_method: 'automatic',
      merchant_reference: null,
      customer: null,
      metadata: {},
    },
    requestHash: 'h',
    correlationId: 'c',
    requestId: 'r',
  },
  { time: '2026-11-22T00:00:00.000Z', eventId: '00000000-0000-7000-8000-000000000001' },
);
const reserved = changePayment(
  accepted.after,
  {
    type: 'payment.reserved',
    facts: { transfer_id: hold, amount: 100, execution: 'e1', provider: 'psp-a' },
  },
  { time: '2026-11-22T00:00:01.000Z', eventId: '00000000-0000-7000-8000-000000000002' },
);
const unknown = changePayment(
  reserved.after,
  {
    type: 'payment.outcome_unknown',
    facts: { operation_id: charge, operation: 'charge', reason: 'no answer' },
  },
  { time: '2026-11-22T00:00:02.000Z', eventId: '00000000-0000-7000-8000-000000000003' },
);
const captured = changePayment(
  unknown.after,
  {
    type: 'payment.captured',
    facts: {
      operation_id: charge,
      provider: 'psp-a',
      provider_reference: 'ch_1',
      amount: 100,
      fee: 3,
      final: true,
    },
  },
  { time: '2026-11-22T00:00:03.000Z', eventId: '00000000-0000-7000-8000-000000000004' },
);
const events = [accepted, reserved, unknown, captured].map(({ event }) => event);

describe('a payment at a version', () => {
  it('is as its events up to that one left it', () => {
    expect(momentAt(events, 3)).toMatchObject({
      version: 3,
      versions: 4,
      isLast: false,
      event: { type: 'payment.outcome_unknown' },
      resource: { status: 'processing', version: 3 },
      state: { version: 3, hold: { state: 'pending' } },
      problem: null,
    });
  });

  it.each([null, 0, -1, 1.5, 9, Number.NaN])('is the last for %s', (version) => {
    expect(momentAt(events, version)).toMatchObject({ version: 4, isLast: true });
  });

  it('is none without events', () => {
    expect(momentAt([], null)).toBeNull();
  });

  it('has the transfers that came with it, by the domain’s own word', () => {
    const postingsAt = (version: number) =>
      momentAt(events, version)?.transfers.map(({ posting }) => posting);
    expect([1, 2, 4].map(postingsAt)).toEqual([
      [],
      ['authorized'],
      ['authorized', 'captured', 'fee'],
    ]);
    expect(momentAt(events, null)?.transfers).toEqual(
      [accepted, reserved, unknown, captured].flatMap(({ transfers }) => transfers),
    );
  });

  it('says when the events do not fold, and shows the rest all the same', () => {
    const gap = events.filter(({ sequence }) => sequence !== 2);
    expect(momentAt(gap, null)).toMatchObject({
      resource: { status: 'captured' },
      state: null,
      problem: expect.stringMatching(/do not fold/),
    });
  });

  it('says when they fold to something else than they carry', () => {
    const wrong = { ...captured.event, data: { ...captured.event.data } } as PaymentEvent;
    wrong.data.payment = { ...wrong.data.payment, amount_captured: 99 };
    expect(momentAt([...events.slice(0, 3), wrong], null)?.problem).toMatch(/another state/);
  });

  it('moves until it has settled, and says what it waits for', () => {
    const at = (version: number) => momentAt(events, version);
    expect([3, 4].map((version) => isMoving(at(version) as never))).toEqual([true, false]);
    expect(waitsOf(at(3)?.state ?? null)).toEqual(['unknown']);
    expect(waitsOf(at(4)?.state ?? null)).toEqual([]);
  });
});
