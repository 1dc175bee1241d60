/** How often a step is tried again, and how long it waits before each try. Full jitter, always. */
export interface RetryPolicy {
  /** Tries after the first. */
  readonly retries: number;
  readonly firstDelayMs: number;
  /** Each delay is this many times the one before, up to `maxDelayMs`. */
  readonly backoffRate: number;
  readonly maxDelayMs: number;
}

/**
 * Where the saga goes when a step does not succeed:
 * - `undo`: the step had its effect; undo it, then the steps before it, then fail the payment
 * - `undo-earlier`: the step had no effect; undo the steps before it, then fail the payment
 * - `suspend`: nobody knows; record that, touch nothing, leave the payment to the inquiry
 * - `stop`: another execution owns the payment; end without doing anything
 * - `halt`: the execution fails, which raises an alarm; for what only a person can put right
 */
export type Route = 'undo' | 'undo-earlier' | 'suspend' | 'stop' | 'halt';

/** What a step can answer other than success: an error by this name, and where it leads. */
export interface Outcome {
  readonly route: Route;
  /** Given when trying again is safe and useful: the PSP said that it processed nothing. */
  readonly retry?: RetryPolicy;
}

/** One task of a saga: a function that does one thing once, however often it is called. */
export interface SagaTask {
  readonly name: string;
  readonly does: string;
  /** After this many ms the try counts as a fault. */
  readonly timeoutMs: number;
  readonly outcomes: Readonly<Record<string, Outcome>>;
  /** Any other error: a crash, a timeout, a throttle. Tried again by this policy, then routed. */
  readonly fault: { readonly retry: RetryPolicy; readonly route: Route };
}

export interface SagaStep extends SagaTask {
  /** What undoes the step, idempotent as well; absent when there is nothing to undo. */
  readonly undo?: SagaTask;
}

/** A saga: its steps in order, what ends it badly, and what suspends it. */
export interface Saga {
  readonly name: string;
  readonly steps: readonly SagaStep[];
  readonly fail: SagaTask;
  readonly suspend: SagaTask;
}

/*
 * Timeouts and retries together keep the worst way through the saga, every try of every task
 * running into its timeout, below the 5 minutes of an EXPRESS execution; a test holds that.
 */

/** For work inside our own account: short, quick, and long enough to outlive a throttle. */
const quick: RetryPolicy = { retries: 3, firstDelayMs: 1_000, backoffRate: 2, maxDelayMs: 4_000 };

/** For a PSP that says it is busy and has processed nothing. */
const patient: RetryPolicy = { retries: 3, firstDelayMs: 1_000, backoffRate: 2, maxDelayMs: 4_000 };

const superseded = { Superseded: { route: 'stop' } } as const satisfies Record<string, Outcome>;

/**
 * The saga of a payment. The Step Functions definition, the diagram in the docs and the list of
 * crash points are made from this table; nothing else knows the order of its steps.
 */
export const paymentSaga = {
  name: 'payment',
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

export type PaymentSagaTask =
  | (typeof paymentSaga.steps)[number]['name']
  | Extract<(typeof paymentSaga.steps)[number], { undo: unknown }>['undo']['name']
  | 'fail'
  | 'suspend';

/** Every task of the payment saga, by its name. */
export const paymentSagaTasks: Readonly<Record<PaymentSagaTask, SagaTask>> = Object.fromEntries(
  [
    ...paymentSaga.steps.flatMap((step: SagaStep) => (step.undo ? [step, step.undo] : [step])),
    paymentSaga.fail,
    paymentSaga.suspend,
  ].map((task) => [task.name, task]),
) as Record<PaymentSagaTask, SagaTask>;

/** The names of errors by which the payment saga's steps refuse: data of the table, not faults. */
export type PaymentRefusalName = {
  [S in (typeof paymentSaga.steps)[number]['name']]: Extract<
    (typeof paymentSaga.steps)[number],
    { name: S }
  > extends { outcomes: infer O; undo?: infer U }
    ? keyof O | (U extends { outcomes: infer P } ? keyof P : never)
    : never;
}[(typeof paymentSaga.steps)[number]['name']];
