import { describe, expect, it } from 'vitest';
import { countingStamps } from '../../../test/support/payments.ts';
import {
  aRequestedPayout,
  type PayoutFactName,
  payoutFacts,
} from '../../../test/support/payouts.ts';
import type { PayoutFact } from '../../contracts/events/payout-events.ts';
import { changePayout } from './change.ts';
import { applyPayoutEvent, foldPayout, IllegalPayoutChange } from './fold.ts';
import type { Payout } from './state.ts';

const nextStamp = countingStamps();
const requested = aRequestedPayout(nextStamp);

/** The payout after these facts. */
function after(...names: readonly PayoutFactName[]): Payout {
  return names.reduce<Payout>(
    (payout, name) => changePayout(payout, payoutFacts[name], nextStamp()).after,
    requested.after,
  );
}

const isLegal = (before: Payout, fact: PayoutFact) => {
  try {
    changePayout(before, fact, nextStamp());
    return true;
  } catch (error) {
    if (error instanceof IllegalPayoutChange) {
      return false;
    }
    throw error;
  }
};

describe('a payout', () => {
  it('begins as processing, with nothing in transit', () => {
    expect(requested.after).toMatchObject({
      version: 1,
      status: 'processing',
      reservation: null,
      execution: null,
      order: null,
      tries: 0,
    });
    expect(requested.event.data.payout).toMatchObject({
      object: 'payout',
      status: 'processing',
      amount: 9_710,
      destination: 'ba_approve',
      failure: null,
      version: 1,
    });
  });

  it('goes into transit with the order at the bank, and ends with the bank’s word', () => {
    expect(after('reserved', 'sending', 'sent')).toMatchObject({
      status: 'in_transit',
      reservation: 'held',
      order: { provider: 'bank', reference: 'bt_1' },
    });
    expect(after('reserved', 'sending', 'sent', 'paid')).toMatchObject({
      status: 'paid',
      reservation: 'paid',
    });
    expect(after('reserved', 'sending', 'sent', 'cameBack')).toMatchObject({
      status: 'failed',
      reservation: 'returned',
      failure: { code: 'account_closed', message: 'The account is closed.' },
    });
  });

  it.each<[string, PayoutFactName]>([
    ['paid', 'paid'],
    ['came back', 'cameBack'],
  ])('that the bank says was %s ends alike, whether it is known to be sent or not', (_n, end) => {
    const { version: _, lastEventId: __, ...late } = after('reserved', 'sending', 'sent', end);
    for (const before of [[], ['unknown']] as const) {
      const {
        version: ___,
        lastEventId: ____,
        ...early
      } = after('reserved', 'sending', ...before, end);
      expect(early).toEqual(late);
    }
  });

  it('fails with the reason when nothing was sent', () => {
    expect(after('failed')).toMatchObject({ status: 'failed', reservation: null });
    expect(after('reserved', 'sending', 'declined', 'returned', 'failed')).toMatchObject({
      status: 'failed',
      reservation: 'returned',
      failure: { code: 'internal_error' },
    });
  });

  it('is known again when the bank answers after an unknown outcome', () => {
    expect(after('reserved', 'sending', 'unknown', 'sent')).toMatchObject({
      status: 'in_transit',
      unknown: false,
    });
    expect(after('reserved', 'sending', 'unknown', 'declined')).toMatchObject({
      status: 'processing',
      unknown: false,
    });
  });
});

describe('what can follow', () => {
  /** Every state that a payout comes to, by the facts that lead there, and what may be next. */
  const next: [readonly PayoutFactName[], readonly PayoutFactName[]][] = [
    [[], ['reserved', 'failed']],
    [['reserved'], ['sending', 'unknown', 'returned']],
    [
      ['reserved', 'sending'],
      ['sending', 'busy', 'sent', 'declined', 'unknown', 'paid', 'cameBack'],
    ],
    [
      ['reserved', 'sending', 'busy'],
      ['sending', 'unknown', 'returned', 'paid', 'cameBack'],
    ],
    [
      ['reserved', 'sending', 'sending'],
      ['sending', 'sent', 'declined', 'unknown', 'paid', 'cameBack'],
    ],
    [
      ['reserved', 'sending', 'sent'],
      ['paid', 'cameBack'],
    ],
    [
      ['reserved', 'sending', 'declined'],
      ['unknown', 'returned', 'cameBack'],
    ],
    [
      ['reserved', 'sending', 'unknown'],
      ['sent', 'declined', 'paid', 'cameBack'],
    ],
    [['reserved', 'returned'], ['failed']],
    [['reserved', 'sending', 'declined', 'returned'], ['failed']],
    [['failed'], []],
    [['reserved', 'sending', 'paid'], []],
    [['reserved', 'sending', 'cameBack'], []],
  ];

  it.each(next)('%j is %j, and nothing else', (before, expected) => {
    const payout = after(...before);
    const legal = Object.entries(payoutFacts)
      .filter(([, fact]) => isLegal(payout, fact))
      .map(([name]) => name);
    expect(legal.sort()).toEqual([...expected].sort());
  });

  it('is no second first event, and no other event first', () => {
    expect(isLegal(requested.after, requestedFact)).toBe(false);
    expect(() =>
      applyPayoutEvent(null, { ...requested.event, sequence: 1 }, payoutFacts.reserved),
    ).toThrow('does not exist');
  });

  it.each([0, 1, 3])('is no event %i of a payout at version 1', (sequence) => {
    const context = { ...requested.event, sequence };
    expect(() => applyPayoutEvent(requested.after, context, payoutFacts.reserved)).toThrow(
      IllegalPayoutChange,
    );
  });

  it('is nothing over another amount than the payout’s', () => {
    const reserved = { ...payoutFacts.reserved, facts: { amount: 9_709, execution: 'e1' } };
    expect(isLegal(requested.after, reserved)).toBe(false);
    expect(isLegal(after('reserved'), { type: 'payout.returned', facts: { amount: 1 } })).toBe(
      false,
    );
  });
});

const requestedFact: PayoutFact = {
  type: 'payout.requested',
  facts: { request: requested.after.request, request_hash: 'hash' },
};

describe('an event of a payout', () => {
  it('carries the payout as it left it, and what led to it', () => {
    const reserved = changePayout(requested.after, payoutFacts.reserved, nextStamp());
    expect(requested.event).toMatchObject({ sequence: 1, causation_id: 'request-1' });
    expect(reserved.event).toMatchObject({
      type: 'payout.reserved',
      subject: requested.after.id,
      sequence: 2,
      correlation_id: 'correlation-1',
      causation_id: requested.event.id,
      data: { amount: 9_710, execution: 'e1', payout: { version: 2 } },
    });
    const told = changePayout(after('reserved', 'sending'), payoutFacts.paid, nextStamp(), 'n-1');
    expect(told.event.causation_id).toBe('n-1');
  });

  it('has an id of its payout that its tenant and key decide', () => {
    const id = (tenant: string, key: string) =>
      aRequestedPayout(nextStamp, {}, { tenant, key }).after.id;
    expect(id('a', 'k')).toBe(id('a', 'k'));
    expect(new Set([id('a', 'k'), id('b', 'k'), id('a', 'l')]).size).toBe(3);
  });

  it('folds to the state, by its facts alone', () => {
    const names = ['reserved', 'sending', 'busy', 'sending', 'sent', 'paid'] as const;
    const events = [requested.event];
    let payout = requested.after;
    for (const name of names) {
      const change = changePayout(payout, payoutFacts[name], nextStamp());
      events.push(change.event);
      payout = change.after;
    }
    const stripped = events.map((event) => ({ ...event, data: { ...event.data, payout: null } }));
    expect(foldPayout(stripped as unknown as typeof events)).toEqual(payout);
    expect(foldPayout([])).toBeNull();
  });
});
