import { describe, expect, it } from 'vitest';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import { aSecret, aWebhookEndpoint, webhookTerms } from '../../../test/support/webhooks.ts';
import {
  afterTry,
  changed,
  maxSecrets,
  renderEndpoint,
  rotated,
  takes,
  validSecrets,
} from './endpoint.ts';

const dayMs = 24 * 3_600_000;
const overlapMs = dayMs;
const fresh = aWebhookEndpoint('one');

describe('the secrets of an endpoint', () => {
  it('both sign until the old one expires', () => {
    const after = rotated(fresh, aSecret(2), { time: timeAt(1_000), overlapMs });
    const old = 1_000 + overlapMs;
    expect(validSecrets(after, timeAt(old - 1))).toEqual([aSecret(2), aSecret(1)]);
    expect(validSecrets(after, timeAt(old))).toEqual([aSecret(2)]);
    expect(after.version).toBe(2);
  });

  it('of an overlap of nothing are the new one alone, also of those that were still good', () => {
    const twice = rotated(
      rotated(fresh, aSecret(2), { time: timeAt(1_000), overlapMs }),
      aSecret(3),
      { time: timeAt(2_000), overlapMs: 0 },
    );
    expect(twice.secrets.map(({ secret }) => secret)).toEqual([aSecret(3)]);
  });

  it('are not good for longer because of another rotation', () => {
    const once = rotated(fresh, aSecret(2), { time: timeAt(1_000), overlapMs });
    const twice = rotated(once, aSecret(3), { time: timeAt(2_000), overlapMs });
    expect(twice.secrets.map(({ expires }) => expires)).toEqual([
      null,
      timeAt(2_000 + overlapMs),
      timeAt(1_000 + overlapMs),
    ]);
  });

  it('are five at the most: the oldest gives way', () => {
    let endpoint = fresh;
    for (let n = 2; n <= 8; n++) {
      endpoint = rotated(endpoint, aSecret(n), { time: timeAt(n), overlapMs });
    }
    expect(validSecrets(endpoint, timeAt(9))).toEqual([8, 7, 6, 5, 4].map(aSecret));
    expect(maxSecrets).toBe(5);
  });

  it('are never shown', () => {
    expect(JSON.stringify(renderEndpoint(fresh))).not.toContain('whsec_');
  });
});

describe('an endpoint takes', () => {
  const event = { type: 'payment.captured', time: timeAt(10) };
  it.each([
    ['all with *', { events: ['*'] }, true],
    ['a type that it names', { events: ['payment.failed', 'payment.captured'] }, true],
    ['no other type', { events: ['payment.failed'] }, false],
    ['nothing while it is disabled', { disabledReason: 'requested' }, false],
    ['nothing from before it was', { created: timeAt(11) }, false],
    ['what comes in its own millisecond', { created: timeAt(10) }, true],
  ] as const)('%s', (_name, given, taken) => {
    expect(takes(aWebhookEndpoint('one', given), event)).toBe(taken);
  });
});

describe('an endpoint that is tried', () => {
  const { disableAfterMs } = webhookTerms;
  const at = (ms: number) => ({ time: timeAt(ms), deliveryId: 'd1', disableAfterMs });

  it('is the same object while nothing is new', () => {
    expect(afterTry(fresh, 'delivered', at(1))).toBe(fresh);
    const failing = afterTry(fresh, 'failed', at(1));
    expect(failing).toMatchObject({ failingSince: timeAt(1), disabledReason: null, version: 2 });
    expect(failing.disabledBy).toBeNull();
    expect(afterTry(failing, 'failed', at(disableAfterMs))).toBe(failing);
  });

  it('is disabled by a failure as late as the stage allows, after no success', () => {
    const failing = afterTry(fresh, 'failed', at(1));
    expect(afterTry(failing, 'failed', at(1 + disableAfterMs))).toMatchObject({
      disabledReason: 'failing',
      disabledBy: { deliveryId: 'd1', time: timeAt(1 + disableAfterMs), version: 3 },
      failingSince: timeAt(1),
    });
  });

  it('has its days anew after one success', () => {
    const failing = afterTry(fresh, 'failed', at(1));
    const well = afterTry(failing, 'delivered', at(2));
    expect(well).toMatchObject({ failingSince: null, disabledReason: null, version: 3 });
    const again = afterTry(well, 'failed', at(disableAfterMs));
    expect(afterTry(again, 'failed', at(disableAfterMs + 1))).toBe(again);
  });

  it('is disabled at once when it is gone', () => {
    expect(afterTry(fresh, 'gone', at(1)).disabledReason).toBe('gone');
  });

  it('is left alone while it is disabled', () => {
    const disabled = aWebhookEndpoint('one', { disabledReason: 'requested' });
    expect(afterTry(disabled, 'gone', at(1))).toBe(disabled);
  });

  it('keeps which try disabled it, whatever is changed meanwhile', () => {
    const gone = afterTry(fresh, 'gone', at(1));
    const disabledBy = { deliveryId: 'd1', time: timeAt(1), version: 2 };
    expect(changed(gone, { status: 'disabled', description: 'x' })).toMatchObject({ disabledBy });
  });

  it('has its days anew when it is enabled again', () => {
    const failing = afterTry(fresh, 'failed', at(1));
    const disabled = afterTry(failing, 'failed', at(1 + disableAfterMs));
    expect(changed(disabled, { status: 'enabled' })).toMatchObject({
      disabledReason: null,
      disabledBy: null,
      failingSince: null,
    });
  });
});

describe('a change', () => {
  it('leaves what it does not name, and takes a description away', () => {
    const before = aWebhookEndpoint('one', { description: 'shop', events: ['payment.failed'] });
    expect(changed(before, {})).toEqual({ ...before, version: 2 });
    expect(changed(before, { description: null }).description).toBeNull();
  });

  it('keeps the reason of one that is disabled already', () => {
    const gone = aWebhookEndpoint('one', { disabledReason: 'gone' });
    expect(changed(gone, { status: 'disabled' }).disabledReason).toBe('gone');
    expect(changed(fresh, { status: 'disabled' }).disabledReason).toBe('requested');
  });
});
