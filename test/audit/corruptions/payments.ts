import type { DifferenceKind } from '../../../shared/domain/audit/report.ts';
import { foldPayment } from '../../../shared/domain/payment/fold.ts';
import { paymentStateVersion } from '../../../shared/domain/snapshot.ts';
import type { StoredPayment } from '../../../shared/ports/audit.ts';
import type { Snapshot } from '../world/snapshot.ts';
import { type Corrupted, type Corruption, pickFrom, replaced } from './corruption.ts';

function withPayment(
  snapshot: Snapshot,
  pick: number,
  change: (payment: StoredPayment) => StoredPayment | null,
  must: readonly DifferenceKind[],
): Corrupted | null {
  const payments = snapshot.subjects.filter((subject) => subject.kind === 'payment');
  const payment = pickFrom(payments, pick);
  const changed = payment && change(payment);
  if (!changed) {
    return null;
  }
  return {
    snapshot: { ...snapshot, subjects: replaced(snapshot.subjects, payment, [changed]) },
    must: must.map((kind) => ({ kind, payment: payment.id, tenant: payment.state?.tenant ?? '' })),
    may: (difference) => difference.payment === payment.id,
  };
}

export const paymentCorruptions = {
  'a fact edited': (snapshot, pick) =>
    withPayment(
      snapshot,
      pick,
      (payment) => {
        const facts = payment.events.filter(({ data }) => 'amount' in data);
        const event = pickFrom(facts, pick);
        if (!event) {
          return null;
        }
        const amount = (event.data as { amount: number }).amount + 1;
        const changed = { ...event, data: { ...event.data, amount } } as typeof event;
        return { ...payment, events: replaced(payment.events, event, [changed]) };
      },
      [],
    ),
  'the payment of an event edited': (snapshot, pick) =>
    withPayment(
      snapshot,
      pick,
      (payment) => {
        const event = pickFrom(payment.events, pick);
        if (!event) {
          return null;
        }
        const shown = { ...event.data.payment, amount_captured: 1 + pick };
        const changed = { ...event, data: { ...event.data, payment: shown } } as typeof event;
        return { ...payment, events: replaced(payment.events, event, [changed]) };
      },
      ['changed_event'],
    ),
  'an event dropped': (snapshot, pick) =>
    withPayment(
      snapshot,
      pick,
      (payment) => {
        const event = pickFrom(payment.events, pick);
        return event ? { ...payment, events: replaced(payment.events, event, []) } : null;
      },
      [],
    ),
  'an amount of the state edited': (snapshot, pick) =>
    withPayment(
      snapshot,
      pick,
      (payment) => {
        const { state } = payment;
        return state && { ...payment, state: { ...state, feesMinor: state.feesMinor + 1 } };
      },
      ['changed_state'],
    ),
  'more captured by the state than authorized': (snapshot, pick) =>
    withPayment(
      snapshot,
      pick,
      (payment) => {
        const { state } = payment;
        const amountCapturedMinor = (state?.amountAuthorizedMinor ?? 0) + 1;
        return state && { ...payment, state: { ...state, amountCapturedMinor } };
      },
      ['changed_state', 'broken_rule'],
    ),
  'a state set back': (snapshot, pick) =>
    withPayment(
      snapshot,
      pick,
      (payment) => ({ ...payment, state: foldPayment(payment.events.slice(0, -1)) }),
      ['changed_state'],
    ),
  'a snapshot of another state': (snapshot, pick) =>
    withPayment(
      snapshot,
      pick,
      (payment) => {
        const version = 1 + (pick % payment.events.length);
        const state = foldPayment(payment.events.slice(0, version));
        const edited = state && { ...state, feesMinor: state.feesMinor + 1 };
        return (
          edited && {
            ...payment,
            snapshots: [{ version, stateVersion: paymentStateVersion, state: edited }],
          }
        );
      },
      ['changed_snapshot'],
    ),
  'a snapshot ahead of the events': (snapshot, pick) =>
    withPayment(
      snapshot,
      pick,
      (payment) => {
        const { state, events } = payment;
        const version = events.length + 1;
        return (
          state && {
            ...payment,
            snapshots: [
              { version, stateVersion: paymentStateVersion, state: { ...state, version } },
            ],
          }
        );
      },
      ['changed_snapshot'],
    ),
  'a state dropped': (snapshot, pick) =>
    withPayment(snapshot, pick, (payment) => ({ ...payment, state: null }), []),
} satisfies Record<string, Corruption>;
