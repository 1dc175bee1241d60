import { operationId } from '../../../../shared/domain/ids.ts';
import type { PaymentChange } from '../../../../shared/domain/payment/change.ts';
import type { StoredPayment } from '../../../../shared/ports/audit.ts';
import type { Charge } from '../../../../shared/ports/simulator-store.ts';
import type { FactName } from '../../../support/payments/facts.ts';
import { changesOf } from '../../../support/payments/histories.ts';
import type { Evidence, Exchange, PspEvidence } from '../evidence.ts';

/** A payment of EUR 100.00 as it is stored after these facts. */
export function storedAfter(...names: readonly FactName[]): StoredPayment {
  const changes = changesOf(names);
  const { after } = changes.at(-1) as PaymentChange;
  const events = changes.map(({ event }) => event);
  return { kind: 'payment', id: after.id, events, state: after, snapshots: [], unreadable: null };
}

const captured = ['reserved', 'captured'] as const;
const refunded = [...captured, 'refundRequested', 'refundHeld', 'refunded'] as const;

/** The one payment of the sound run: captured at once, and refunded in part. */
export const thePayment = storedAfter(...refunded);
export const theCharge = operationId(thePayment.id, 'charge');

export const charge = {
  id: 'ch_1',
  reference: thePayment.id,
  paymentMethod: 'tok_approve',
  currency: 'EUR',
  authorizedMinor: 10_000,
  capturedMinor: 10_000,
  voidedMinor: 0,
  refundedMinor: 3_000,
  authorizedUntil: null,
  disputes: [],
  version: 2,
} as const satisfies Charge;

const refund = thePayment.state?.operations[0]?.id ?? '';

export const psp: PspEvidence = {
  name: 'psp',
  charges: [charge],
  effects: [
    { operationId: theCharge, operation: 'charge', amountMinor: 10_000 },
    { operationId: refund, operation: 'refund', amountMinor: 3_000 },
  ],
  reported: [{ operation_id: theCharge, effects: 1, outcome: 'captured' }],
  totals: {
    EUR: { authorized: 10_000, captured: 10_000, voided: 0, refunded: 3_000, disputed: 0 },
  },
};

export const exchange: Exchange = {
  tenant: 'acme',
  route: '/payments',
  key: 'key-1',
  purpose: 'asked',
  status: 202,
  text: '{"id":1}',
  replayed: false,
};

/** A run of which every invariant holds. */
export function soundEvidence(changed: Partial<Evidence> = {}): Evidence {
  const { events } = thePayment;
  return {
    exchanges: [
      exchange,
      { ...exchange, purpose: 'other body', status: 422, text: 'no' },
      { ...exchange, purpose: 'once more', replayed: true },
    ],
    payments: [thePayment],
    payouts: [],
    report: {
      object: 'ledger_audit',
      started: '2026-01-01T00:01:00.000Z',
      ended: '2026-01-01T00:01:01.000Z',
      as_of: null,
      checked: {
        books: 1,
        accounts: 4,
        transfers: 5,
        links: 2,
        payments: 1,
        events: 6,
        payouts: 0,
        conversions: 0,
      },
      acts: null,
      not_yet_folded: 0,
      difference_count: 0,
      differences: [],
      verdict: 'clean',
    },
    trialBalances: [],
    transfers: [],
    limited: [],
    psps: [psp, { name: 'psp-b', charges: [], effects: [], reported: [], totals: {} }],
    calls: [],
    published: new Map(events.map(({ id }) => [id, 1])),
    publishedByHand: new Map(),
    rows: new Map([[thePayment.id, events.length]]),
    notices: [],
    deadLetters: [],
    secrets: { searched: { items: 10 }, found: [], legitimate: 1 },
    strangers: [{ request: 'GET /payments/1', status: 404 }],
    terms: { settleWindowMs: 1_000, budgetMs: 60_000 },
    ...changed,
  };
}
