import { describe, expect, it } from 'vitest';
import { countingStamps } from '../../../test/support/payments/payments.ts';
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

  it.each<[string, PayoutFactName, string]>([
    ['takes it', 'sent', 'in_transit'],
    ['declines it', 'declined', 'processing'],
    ['says that it arrived', 'paid', 'paid'],
    ['says that it came back', 'cameBack', 'failed'],
  ])('is known again, and waits for nobody, when the bank %s', (_name, word, status) => {
    const unknown = after('reserved', 'sending', 'unknown');
    expect(unknown.unknown).toEqual({ since: expect.stringMatching(/^2026-.*Z$/) });
    for (const before of [
      unknown,
      after('reserved', 'sending', 'unknown', 'parked'),
      after('reserved', 'sending', 'unknown', 'parked', 'noEffect'),
      after('reserved', 'sending', 'parked'),
    ]) {
      const { after: known } = changePayout(before, payoutFacts[word], nextStamp());
      expect(known).toMatchObject({ status, unknown: null, parked: null });
    }
  });

  it('is parked with its reason, and then with what a person said of it', () => {
    const parked = after('reserved', 'sending', 'unknown', 'parked');
    expect(parked.parked).toMatchObject({ reason: 'asked 3 times: no answer', resolution: null });
    expect(after('reserved', 'sending', 'unknown', 'parked', 'tookEffect')).toMatchObject({
      unknown: { since: expect.any(String) },
      parked: { resolution: { outcome: 'took_effect', providerReference: 'bt_1' } },
    });
  });

  it('begins anew with the time and the count of it, and is nobody’s until it is taken over', () => {
    const before = after('reserved', 'sending', 'parked');
    expect(before.progress).toEqual({ since: requested.after.created, resumes: 0, resumed: false });
    const stamp = nextStamp();
    const { after: resumed } = changePayout(before, payoutFacts.resumed, stamp);
    expect(resumed).toMatchObject({
      execution: 'e1',
      parked: null,
      progress: { since: stamp.time, resumes: 1, resumed: true },
    });
    const taken = changePayout(resumed, payoutFacts.takenOver, nextStamp()).after;
    expect(taken).toMatchObject({
      execution: 'e2',
      reservation: 'held',
      tries: 1,
      progress: { since: stamp.time, resumes: 1, resumed: false },
    });
    expect(after('resumed', 'reserved')).toMatchObject({
      execution: 'e1',
      progress: { resumes: 1, resumed: false },
    });
  });
});

describe('what can follow', () => {
  /** Every state that a payout comes to, by the facts that lead there, and what may be next. */
  const next: [readonly PayoutFactName[], readonly PayoutFactName[]][] = [
    [[], ['reserved', 'failed', 'resumed', 'parked']],
    [['reserved'], ['sending', 'returned', 'resumed', 'parked']],
    [['resumed'], ['reserved', 'failed', 'resumed', 'parked']],
    [
      ['reserved', 'resumed'],
      ['takenOver', 'sending', 'returned', 'resumed', 'parked'],
    ],
    [
      ['reserved', 'resumed', 'takenOver'],
      ['sending', 'returned', 'resumed', 'parked'],
    ],
    [
      ['reserved', 'parked'],
      ['sending', 'returned', 'resumed'],
    ],
    [
      ['reserved', 'sending'],
      ['sending', 'busy', 'sent', 'declined', 'unknown', 'paid', 'cameBack', 'resumed', 'parked'],
    ],
    [
      ['reserved', 'sending', 'busy'],
      ['sending', 'returned', 'paid', 'cameBack', 'resumed', 'parked'],
    ],
    [
      ['reserved', 'sending', 'sending'],
      ['sending', 'sent', 'declined', 'unknown', 'paid', 'cameBack', 'resumed', 'parked'],
    ],
    [
      ['reserved', 'sending', 'sent'],
      ['paid', 'cameBack'],
    ],
    [
      ['reserved', 'sending', 'declined'],
      ['returned', 'cameBack', 'resumed', 'parked'],
    ],
    [
      ['reserved', 'sending', 'unknown'],
      ['sent', 'declined', 'paid', 'cameBack', 'parked'],
    ],
    [
      ['reserved', 'sending', 'unknown', 'parked'],
      ['sent', 'declined', 'paid', 'cameBack', 'tookEffect', 'noEffect'],
    ],
    [
      ['reserved', 'returned'],
      ['failed', 'resumed', 'parked'],
    ],
    [
      ['reserved', 'sending', 'declined', 'returned'],
      ['failed', 'resumed', 'parked'],
    ],
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

  it('is no order to a second bank while the first may have one', () => {
    const elsewhere: PayoutFact = { type: 'payout.sending', facts: { provider: 'another' } };
    expect(isLegal(after('reserved'), elsewhere)).toBe(true);
    expect(isLegal(after('reserved', 'sending'), elsewhere)).toBe(false);
    expect(isLegal(after('reserved', 'sending', 'busy'), elsewhere)).toBe(true);
  });

  it('is a word of a person with a reference at the bank when it took effect, and else without', () => {
    const parked = after('reserved', 'sending', 'unknown', 'parked');
    for (const [outcome, bank_reference] of [
      ['took_effect', null],
      ['no_effect', 'bt_1'],
    ] as const) {
      const { facts } = payoutFacts.noEffect;
      const word = { ...facts, outcome, bank_reference };
      expect(isLegal(parked, { type: 'payout.outcome_resolved', facts: word })).toBe(false);
    }
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
