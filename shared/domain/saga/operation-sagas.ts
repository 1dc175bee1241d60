import { type Outcome, patient, quick, type Saga, type SagaTask, superseded } from './table.ts';

/*
 * The sagas of what is done with a payment after its own: capture, cancel, refund. Each request is an
 * operation with an id of its own, and an execution of one of these.
 */

const begin = {
  name: 'begin-operation',
  does: 'takes the operation for this execution: a second one of it stops here',
  timeoutMs: 5_000,
  outcomes: superseded,
  fault: { retry: quick, route: 'undo-earlier' },
} as const satisfies SagaTask;

/** What a PSP can say to an operation on a charge that it has. */
const answers = {
  Declined: { route: 'undo-earlier' },
  ProviderBusy: { route: 'undo-earlier', retry: patient },
  OutcomeUnknown: { route: 'suspend' },
  ...superseded,
} as const satisfies Record<string, Outcome>;

const ends = {
  fail: {
    name: 'fail-operation',
    does: 'ends the operation as failed, with the reason, when the PSP did nothing of it for sure',
    timeoutMs: 5_000,
    outcomes: superseded,
    fault: { retry: quick, route: 'halt' },
  },
  suspend: {
    name: 'suspend-operation',
    does: 'records that the outcome is unknown, or ends the operation when it is not after all',
    timeoutMs: 5_000,
    outcomes: superseded,
    fault: { retry: quick, route: 'halt' },
  },
} as const satisfies Record<string, SagaTask>;

/** Takes authorized money, whole or in part. A capture that failed leaves the hold as it was. */
export const captureSaga = {
  name: 'capture',
  subject: 'payment',
  startedBy: ['payment.capture_requested', 'payment.capture_resumed'],
  steps: [
    begin,
    {
      name: 'capture',
      does: 'captures at the PSP, and posts it: the hold, the fee, and a new hold for what is left',
      timeoutMs: 10_000,
      outcomes: answers,
      fault: { retry: quick, route: 'suspend' },
    },
  ],
  ...ends,
} as const satisfies Saga;

/** Gives authorized money back: at the request of the merchant, or because its window is over. */
export const cancelSaga = {
  name: 'cancel',
  subject: 'payment',
  startedBy: ['payment.cancel_requested', 'payment.cancel_resumed'],
  steps: [
    begin,
    {
      name: 'void',
      does: 'voids at the PSP what is not captured, and the hold in the ledger with it',
      timeoutMs: 10_000,
      outcomes: answers,
      fault: { retry: quick, route: 'suspend' },
    },
  ],
  ...ends,
} as const satisfies Saga;

/** Gives captured money back, whole or in part. */
export const refundSaga = {
  name: 'refund',
  subject: 'payment',
  startedBy: ['payment.refund_requested', 'payment.refund_resumed'],
  steps: [
    {
      name: 'hold-refund',
      does: 'takes the amount from what the merchant is owed into refunds in transit',
      timeoutMs: 5_000,
      outcomes: superseded,
      fault: { retry: quick, route: 'undo' },
      undo: {
        name: 'return-refund',
        does: 'gives the amount in transit back to the merchant',
        timeoutMs: 5_000,
        outcomes: superseded,
        fault: { retry: quick, route: 'halt' },
      },
    },
    {
      name: 'refund',
      does: 'refunds at the PSP, and posts the amount in transit against what the PSP owes us',
      timeoutMs: 10_000,
      outcomes: {
        ...answers,
        // An execution that began anew while it was undoing the refund: the way forward is closed.
        RefundReturned: { route: 'undo-earlier' },
      },
      fault: { retry: quick, route: 'suspend' },
    },
  ],
  ...ends,
} as const satisfies Saga;
