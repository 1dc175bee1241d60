import { describe, expect, it } from 'vitest';
import type { DifferenceKind } from '../../../shared/domain/audit/report.ts';
import type { Evidence } from './evidence.ts';
import { invariants, judge } from './invariants.ts';
import {
  charge,
  exchange,
  psp,
  soundEvidence,
  storedAfter,
  theCharge,
  thePayment,
} from './testing/sound.ts';

const sound = soundEvidence();
const { events, state } = thePayment;

/** The numbers of the invariants that do not hold. */
const broken = (changed: Partial<Evidence>) =>
  judge(soundEvidence(changed))
    .filter(({ violations }) => violations.length > 0)
    .map(({ number }) => number);

const atPsp = (changed: Partial<typeof psp>) => [{ ...psp, ...changed }];

const audited = (kind: DifferenceKind): Partial<Evidence> => ({
  report: {
    ...sound.report,
    verdict: 'differences',
    difference_count: 1,
    differences: [
      {
        kind,
        tenant: 'acme',
        account: null,
        transfer: null,
        payment: null,
        payout: null,
        conversion: null,
        expected: null,
        found: null,
        says: 'so',
      },
    ],
  },
});

const balance = {
  tenant: 'acme',
  currency: 'EUR',
  debits_pending: 0n,
  credits_pending: 0n,
  debits_posted: 1n,
  credits_posted: 0n,
  difference: 1n,
  as_of: '2026-01-01T00:00:00.000Z',
} as const;

const transfer = {
  id: 't1',
  kind: 'posted',
  tenant: 'acme',
  currency: 'EUR',
  debitAccount: 'bank',
  creditAccount: 'bank',
  amountMinor: 1,
  posting: 'settled',
  paymentId: null,
  operationId: null,
  time: '2026-01-01T00:00:00.000Z',
} as const;

const nothingMinor = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0 };
const counters = { debitsPending: 0n, debitsPosted: 0n, creditsPending: 0n, creditsPosted: 0n };

const aNotice = (id: string, operation: string) => ({
  again: 1,
  notice: {
    id: 'nt_1',
    provider: 'psp',
    time: '2026-01-01T00:00:00.000Z',
    type: 'charge.approved' as const,
    data: {
      reference: id,
      operation_id: operation,
      provider_reference: 'ch_1',
      amount: 10_000,
      currency: 'EUR' as const,
    },
  },
});

/** The last event, as a payment that was bent after it was written would show it. */
function bent(shown: Partial<(typeof events)[number]['data']['payment']>): Partial<Evidence> {
  const last = events.at(-1) as (typeof events)[number];
  const data = { ...last.data, payment: { ...last.data.payment, ...shown } };
  const changed = { ...last, data } as typeof last;
  return { payments: [{ ...thePayment, events: [...events.slice(0, -1), changed] }] };
}

describe('a run that is sound', () => {
  it('holds all fourteen, and says of each what was counted', () => {
    expect(broken({})).toEqual([]);
    expect(invariants.map(({ number }) => number)).toEqual(
      Array.from({ length: 14 }, (_, index) => index + 1),
    );
    for (const { counted } of judge(sound)) {
      expect(counted).toMatch(/\d/);
    }
  });
});

describe('invariant', () => {
  it.each<[number, string, Partial<Evidence>]>([
    [1, 'debits that are not the credits', { trialBalances: [balance] }],
    [1, 'a transfer from an account to itself', { transfers: [transfer] }],
    [1, 'what an audit finds of a book', audited('trial_balance')],
    [2, 'more captured than authorized', bent({ amount_authorized: 9_999 })],
    [2, 'more refunded than captured', bent({ amount_refunded: 10_001 })],
    [
      3,
      'an operation with two effects',
      { psps: atPsp({ effects: [...psp.effects, ...psp.effects] }) },
    ],
    [
      3,
      'an effect at each of two PSPs',
      { psps: [psp, { ...psp, name: 'psp-b', charges: [], totals: {}, reported: [] }] },
    ],
    [
      3,
      'an effect that nobody asked for',
      {
        psps: atPsp({
          effects: [...psp.effects, { operationId: 'x', operation: 'void', amountMinor: 1 }],
        }),
      },
    ],
    [
      3,
      'a PSP that says another number than it has',
      { psps: atPsp({ reported: [{ operation_id: theCharge, effects: 0, outcome: null }] }) },
    ],
    [
      4,
      'an end with a pending hold',
      {
        payments: [
          {
            ...thePayment,
            state: state && {
              ...state,
              hold: { transferId: 't', amountMinor: 1, state: 'pending' },
            },
          },
        ],
      },
    ],
    [
      4,
      'a charge that is not ours',
      { psps: atPsp({ charges: [{ ...charge, refundedMinor: 0 }] }) },
    ],
    [
      4,
      'two charges of one payment',
      { psps: atPsp({ charges: [charge, { ...charge, ...nothingMinor }] }) },
    ],
    [4, 'totals that are not ours', { psps: atPsp({ totals: {} }) }],
    [4, 'what an audit finds of postings', audited('missing_posting')],
    [5, 'two answers', { exchanges: [exchange, { ...exchange, text: 'other', replayed: true }] }],
    [5, 'a key that is taken twice', { exchanges: [exchange, exchange] }],
    [
      5,
      'another body that is taken',
      { exchanges: [exchange, { ...exchange, purpose: 'other body' }] },
    ],
    [
      5,
      'an answer that does not come again',
      { exchanges: [exchange, { ...exchange, purpose: 'once more', status: 409 }] },
    ],
    [5, 'a payment without a request', { exchanges: [] }],
    [5, 'an answer without a payment', { exchanges: [exchange, { ...exchange, key: 'key-2' }] }],
    [6, 'an event that is missing', { payments: [{ ...thePayment, events: events.slice(1) }] }],
    [6, 'a way out of an end', bent({ status: 'authorized' })],
    [6, 'what cannot be read', { payments: [{ ...thePayment, unreadable: 'STATE' }] }],
    [6, 'what an audit finds of states', audited('changed_state')],
    [7, 'an event that was not published', { published: new Map() }],
    [
      7,
      'an event that was published by hand alone',
      { publishedByHand: new Map([[events[0]?.id ?? '', 1]]) },
    ],
    [7, 'a row that is behind', { rows: new Map([[thePayment.id, 1]]) }],
    [7, 'what an audit finds of folds', audited('repeated_transfer')],
    [8, 'a payment without an end', { payments: [storedAfter('reserved')] }],
    [
      8,
      'an authorization that nobody takes',
      { payments: [storedAfter('reserved', 'authorized')] },
    ],
    [
      8,
      'an operation without an end',
      { payments: [storedAfter('reserved', 'captured', 'refundRequested')] },
    ],
    [8, 'an end that comes too late', { terms: { ...sound.terms, budgetMs: 0 } }],
    [
      10,
      'a limit that is passed',
      {
        limited: [
          {
            tenant: 'acme',
            currency: 'EUR',
            code: 'merchant_available',
            counters,
            availableMinor: -1n,
          },
        ],
      },
    ],
    [10, 'what an audit finds of limits', audited('limit_passed')],
    [
      11,
      'a notice that led to two ends',
      {
        payments: [{ ...thePayment, events: [...events, ...events.slice(-4, -3)] }],
        notices: [aNotice(thePayment.id, theCharge)],
      },
    ],
    [
      11,
      'a notice of something that we take for undone',
      {
        payments: [storedAfter('reserved', 'declined')],
        notices: [aNotice(thePayment.id, theCharge)],
      },
    ],
    [11, 'a notice of nothing of ours', { notices: [aNotice('x', 'y')] }],
    [12, 'what an audit finds', audited('altered_link')],
    [12, 'a transfer in no book', { report: { ...sound.report, not_yet_folded: 1 } }],
    [
      13,
      'a secret',
      { secrets: { ...sound.secrets, found: ['a card number in the log of submit'] } },
    ],
    [13, 'a search that sees nothing', { secrets: { ...sound.secrets, legitimate: 0 } }],
    [13, 'a place that was not searched', { secrets: { ...sound.secrets, searched: { logs: 0 } } }],
    [14, 'a stranger who is let in', { strangers: [{ request: 'GET /payments/1', status: 200 }] }],
  ])('%d is broken by %s', (number, _, changed) => {
    expect(broken(changed)).toContain(number);
  });
});
