import type { AnyEvent } from '../contracts/events/events.ts';
import type { MachineName } from '../domain/saga/sagas.ts';

/**
 * Puts events on the bus, in their order, as one call.
 *
 * @returns per event: null when the bus took it, else why not. @throws when no event went out
 */
export type PublishEvents = (events: readonly AnyEvent[]) => Promise<(string | null)[]>;

/** Starts a saga, or an inquiry; an execution that is there already under its name is a success. */
export type StartSaga = (input: {
  readonly machine: MachineName;
  /** Of the execution: the same thing to do has the same name. */
  readonly name: string;
  /** The id of the payment or the payout that it is about. */
  readonly subject: string;
  /** Null for a saga whose subject is all that it works on. */
  readonly operationId: string | null;
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
