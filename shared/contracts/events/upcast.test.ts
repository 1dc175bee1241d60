import { describe, expect, it } from 'vitest';
import { paymentEventVersion, payoutEventVersion } from '../../domain/event-versions.ts';
import { readsVersion, UnreadableVersion, upcast, upcastPayment, upcastState } from './upcast.ts';

const payment = { id: 'p', merchant_reference: null, metadata: {}, version: 1 };
const request = { amount: 1, payment_method: 'tok_a', metadata: {} };

describe('an event of version 1', () => {
  it('of a payment that was accepted names no customer, in its request and after it', () => {
    const event = { type: 'payment.accepted', version: 1, data: { request, payment } };
    const before = structuredClone(event);
    const read = upcast<object>(event);
    expect(read).toEqual({
      type: 'payment.accepted',
      version: 2,
      data: { request: { ...request, customer: null }, payment: { ...payment, customer: null } },
    });
    expect(event).toEqual(before);
  });

  it('has the member where it is written now', () => {
    const read = upcast({ type: 'payment.failed', version: 1, data: { code: 'c', payment } });
    expect(JSON.stringify(read.data.payment)).toBe(
      '{"id":"p","merchant_reference":null,"customer":null,"metadata":{},"version":1}',
    );
  });

  it('of a payout is as it is written now', () => {
    const event = { type: 'payout.sent', version: 1, data: {} };
    expect(upcast(event)).toBe(event);
  });

  it.each([{ payment: 'VALUE' }, {}, { request: [] }])('is left to its reader with %j', (data) => {
    expect(upcast<object>({ type: 'payment.accepted', version: 1, data })).toMatchObject({
      version: 2,
    });
  });
});

describe('what is read of events', () => {
  it('is left as it is when it is of the present version', () => {
    const event = { type: 'payment.failed', version: paymentEventVersion, data: { payment } };
    expect(upcast(event)).toBe(event);
  });

  it.each([
    null,
    'text',
    {},
    { type: 'payment.failed' },
    { type: 'payment.failed', version: '1', data: {} },
    { type: 'payment.failed', version: 1, data: null },
    { type: 'other.type', version: 99, data: {} },
    { type: 'constructor.name', version: 1, data: {} },
    { type: 'payment', version: 99, data: {} },
  ])('is left to its reader when it is none of ours: %j', (value) => {
    expect(upcast<unknown>(value)).toBe(value);
  });

  it.each([
    ['payment', paymentEventVersion + 1, 'and this code reads none later than'],
    ['payout', payoutEventVersion + 1, 'and this code reads none later than'],
    ['payment', 0, 'which never was'],
    ['payment', 1.5, 'which never was'],
  ])('is refused of a %s at version %d, without a word of what it holds', (kind, version, says) => {
    const event = { type: `${kind}.VALUE`, version, data: { note: 'VALUE' } };
    expect(() => upcast(event)).toThrow(UnreadableVersion);
    expect(() => upcast(event)).toThrow(`a ${kind} event of version ${version}, ${says}`);
    expect(() => upcast(event)).not.toThrow('VALUE');
    expect(readsVersion(event.type, version)).toBe(false);
  });

  it('has a way from every version that was', () => {
    for (let version = 1; version <= paymentEventVersion; version++) {
      expect(readsVersion('payment.failed', version)).toBe(true);
    }
    expect(readsVersion('other.type', 1)).toBe(false);
  });
});

describe('what is stored beside events', () => {
  it('has no customer where it was stored before there were any', () => {
    expect(upcastState({ version: 3, request })).toEqual({
      version: 3,
      request: { ...request, customer: null },
    });
    expect(upcastPayment(payment)).toEqual({ ...payment, customer: null });
  });

  it('keeps the one that it has', () => {
    const state = { request: { ...request, customer: { id: 'c', personal_data: null } } };
    expect(upcastState(state)).toEqual(state);
    expect(upcastPayment({ ...payment, customer: 'c' })).toEqual({ ...payment, customer: 'c' });
  });

  it.each([null, {}, { request: null }, { request: { amount: 1 } }])(
    'is as it was when it is of no payment: %j',
    (state) => {
      expect(upcastState<unknown>(state)).toEqual(state);
    },
  );
});
