import type { PaymentEvent } from '../contracts/payment-events.ts';

/**
 * Puts events on the bus, in their order, as one call.
 *
 * @returns per event: null when the bus took it, else why not. @throws when no event went out
 */
export type PublishEvents = (events: readonly PaymentEvent[]) => Promise<(string | null)[]>;

/** Starts the payment's saga; an execution that is there already under its id is a success. */
export type StartPaymentSaga = (input: {
  readonly paymentId: string;
  readonly tenant: string;
  readonly correlationId: string;
}) => Promise<void>;

/** Puts a message where a person can read it, with why it is there. */
export type DeadLetter = (letter: {
  readonly body: string;
  readonly errorName: string;
  readonly reason: string;
  readonly receives: number;
}) => Promise<void>;
