import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import {
  after,
  authorized,
  changesOf,
  histories,
  nextStamp,
} from '../../../test/support/payments/histories.ts';
import type { PaymentEvent } from '../../contracts/events/payment-events.ts';
import { changePayment } from './change.ts';
import { foldPayment } from './fold.ts';
import { type Payment, renderPayment } from './state.ts';

describe('the fold of a history', () => {
  it.each(Object.entries(histories))(
    '%s is the state, and renders as each event says',
    (_n, names) => {
      const changes = changesOf(names);
      const events = changes.map(({ event }) => event);
      for (const [index, change] of changes.entries()) {
        const folded = foldPayment(events.slice(0, index + 1));
        expect(folded).toEqual(change.after);
        expect(JSON.stringify(renderPayment(folded as Payment))).toBe(
          JSON.stringify(change.event.data.payment),
        );
        expect(change.after.version).toBe(index + 1);
        expect(change.after.lastEventId).toBe(change.event.id);
      }
    },
  );

  it('of no events is no payment', () => {
    expect(foldPayment([])).toBeNull();
  });

  it('does not look at what the events say of the payment', () => {
    const events = changesOf(['reserved', 'captured']).map(({ event }) => ({
      ...event,
      data: { ...event.data, payment: null },
    })) as unknown as PaymentEvent[];
    expect(foldPayment(events)).toMatchObject({ status: 'captured', amountCapturedMinor: 10_000 });
  });

  it('leaves the state before as it was', () => {
    const reserved = after('reserved');
    const copy = structuredClone(reserved);
    changePayment(reserved, facts.captured, nextStamp());
    expect(reserved).toEqual(copy);
  });
});

describe('the state after', () => {
  it('a reservation is owned by its execution', () => {
    expect(after('reserved')).toMatchObject({
      status: 'processing',
      execution: 'e1',
      hold: { state: 'pending' },
      amountAuthorizedMinor: 0,
    });
  });

  it('a capture is what was authorized and captured, with the hold posted', () => {
    expect(after('reserved', 'captured')).toMatchObject({
      status: 'captured',
      amountAuthorizedMinor: 10_000,
      amountCapturedMinor: 10_000,
      amountRefundedMinor: 0,
      hold: { state: 'posted' },
      charge: { captured: true, matches: true, reversed: false },
      failure: null,
    });
  });

  it('a mismatch stays processing, authorizes nothing, and remembers what has to be undone', () => {
    expect(after('reserved', 'mismatched')).toMatchObject({
      status: 'processing',
      amountAuthorizedMinor: 0,
      amountCapturedMinor: 0,
      charge: { captured: true, matches: false, reversed: false },
    });
  });

  it('an unknown outcome keeps the hold, until the outcome is known', () => {
    expect(after('reserved', 'unknownCharge')).toMatchObject({
      status: 'processing',
      hold: { state: 'pending' },
      unknown: { operation: 'charge' },
    });
    expect(after('reserved', 'unknownCharge', 'captured').unknown).toBeNull();
    expect(after('reserved', 'unknownCharge', 'declined').unknown).toBeNull();
  });

  it('a busy PSP is how often it was, and nothing else', () => {
    const [, reserved, busy] = changesOf(['reserved', 'busy']).map((change) => change.after);
    expect(busy).toEqual({
      ...reserved,
      version: 3,
      lastEventId: busy?.lastEventId,
      busyTries: 1,
      busyProvider: 'psp',
    });
    expect(after('reserved', 'busy', 'busy').busyTries).toBe(2);
  });

  it('a capture of a part holds the rest anew, and one that is final holds nothing', () => {
    const part = after(...authorized, 'captureRequested', 'captureStarted', 'capturedPart');
    expect(part).toMatchObject({
      status: 'partially_captured',
      amountCapturedMinor: 4_000,
      feesMinor: 116,
      hold: { amountMinor: 6_000, state: 'pending' },
    });
    const first = after(...authorized).hold?.transferId;
    expect(part.hold?.transferId).not.toBe(first);
    expect(
      after(
        ...authorized,
        'captureRequested',
        'capturedPart',
        'restRequested',
        'restStarted',
        'capturedRest',
      ),
    ).toMatchObject({
      status: 'captured',
      amountCapturedMinor: 9_000,
      feesMinor: 261,
      hold: { amountMinor: 6_000, state: 'posted' },
    });
  });

  it('a refund is what was given back, with the status as it was', () => {
    expect(
      after('reserved', 'captured', 'refundRequested', 'refundHeld', 'refunded'),
    ).toMatchObject({
      status: 'captured',
      amountRefundedMinor: 3_000,
      operations: [{ kind: 'refund', status: 'succeeded', held: false, unknown: null }],
    });
  });

  it('an operation that failed is the payment as it was before', () => {
    const changes = changesOf([
      ...authorized,
      'captureRequested',
      'captureStarted',
      'captureDeclined',
      'captureFailed',
    ]);
    const [before, failed] = [changes[2]?.after, changes.at(-1)?.after];
    const { operations, version, lastEventId: _, ...rest } = failed as Payment;
    expect(before).toMatchObject(rest);
    expect(version).toBe(7);
    expect(operations).toMatchObject([
      { kind: 'capture', status: 'failed', failure: { code: 'refused', message: 'No.' } },
    ]);
  });

  it('a failure shows its reason', () => {
    expect(after('failed').failure).toEqual({ code: 'lost_card', message: 'The card was lost.' });
  });
});
