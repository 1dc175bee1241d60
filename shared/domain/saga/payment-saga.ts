import { patient, quick, type Saga, superseded } from './table.ts';

/**
 * The saga of a payment, from its acceptance until it is authorized, captured or failed. The Step
 * Functions definition, the diagram in the docs and the list of crash points are made from this
 * table; nothing else knows the order of its steps.
 */
export const paymentSaga = {
  name: 'payment',
  subject: 'payment',
  startedBy: ['payment.accepted', 'payment.resumed'],
  steps: [
    {
      name: 'assess-risk',
      does: 'decides whether to take the payment at all',
      timeoutMs: 5_000,
      outcomes: { RiskRefused: { route: 'undo-earlier' }, ...superseded },
      fault: { retry: quick, route: 'undo-earlier' },
    },
    {
      name: 'reserve',
      does: 'holds the amount in the ledger: a pending transfer',
      timeoutMs: 5_000,
      outcomes: superseded,
      fault: { retry: quick, route: 'undo' },
      undo: {
        name: 'release',
        does: 'voids the pending transfer',
        timeoutMs: 5_000,
        outcomes: superseded,
        fault: { retry: quick, route: 'halt' },
      },
    },
    {
      name: 'charge',
      does: 'authorizes at the PSP, and captures in the same call when capture is automatic',
      timeoutMs: 10_000,
      outcomes: {
        Declined: { route: 'undo-earlier' },
        ProviderBusy: { route: 'undo-earlier', retry: patient },
        OutcomeUnknown: { route: 'suspend' },
        ChargeMismatch: { route: 'undo' },
        // An execution that began anew while it was undoing the payment: the way forward is closed.
        ReservationReleased: { route: 'undo-earlier' },
        ...superseded,
      },
      fault: { retry: quick, route: 'suspend' },
      undo: {
        name: 'reverse',
        does: 'voids at the PSP, or refunds there what it had captured',
        timeoutMs: 10_000,
        outcomes: {
          ProviderBusy: { route: 'suspend', retry: patient },
          OutcomeUnknown: { route: 'suspend' },
          ReversalRefused: { route: 'halt' },
          ...superseded,
        },
        fault: { retry: quick, route: 'suspend' },
      },
    },
  ],
  fail: {
    name: 'fail',
    does: 'ends the payment as failed, with the reason',
    timeoutMs: 5_000,
    outcomes: superseded,
    fault: { retry: quick, route: 'halt' },
  },
  suspend: {
    name: 'suspend',
    does: 'records that an outcome is unknown; the payment stays processing and keeps its hold',
    timeoutMs: 5_000,
    outcomes: superseded,
    fault: { retry: quick, route: 'halt' },
  },
} as const satisfies Saga;
