import { patient, quick, type Saga, superseded } from './table.ts';

/**
 * Sends what a merchant has available to its bank account. It ends with the order at the bank; that
 * it arrived, or came back, is a notice of the bank's.
 */
export const payoutSaga = {
  name: 'payout',
  subject: 'payout',
  startedBy: ['payout.requested', 'payout.resumed'],
  steps: [
    {
      name: 'reserve-payout',
      does: 'takes the amount from what is available, never more than there is, into transit',
      timeoutMs: 5_000,
      outcomes: { InsufficientFunds: { route: 'undo-earlier' }, ...superseded },
      fault: { retry: quick, route: 'undo' },
      undo: {
        name: 'return-payout',
        does: 'makes the amount in transit available again',
        timeoutMs: 5_000,
        outcomes: superseded,
        fault: { retry: quick, route: 'halt' },
      },
    },
    {
      name: 'send-payout',
      does: 'gives the order to the bank',
      timeoutMs: 10_000,
      outcomes: {
        Declined: { route: 'undo-earlier' },
        ProviderBusy: { route: 'undo-earlier', retry: patient },
        OutcomeUnknown: { route: 'suspend' },
        // An execution that began anew while it was undoing the payout: the way forward is closed.
        ReservationReleased: { route: 'undo-earlier' },
        ...superseded,
      },
      fault: { retry: quick, route: 'suspend' },
    },
  ],
  fail: {
    name: 'fail-payout',
    does: 'ends the payout as failed, with the reason',
    timeoutMs: 5_000,
    outcomes: superseded,
    fault: { retry: quick, route: 'halt' },
  },
  suspend: {
    name: 'suspend-payout',
    does: 'records that the outcome is unknown; the amount stays in transit',
    timeoutMs: 5_000,
    outcomes: superseded,
    fault: { retry: quick, route: 'halt' },
  },
} as const satisfies Saga;
