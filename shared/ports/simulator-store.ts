import type { SimulatorOperation, SimulatorOutcome } from '../contracts/simulator.ts';
import type { Currency } from '../domain/money.ts';

/** A charge at the PSP simulator. Amounts in minor units; what was authorized never changes. */
export interface Charge {
  readonly id: string;
  readonly reference: string;
  readonly paymentMethod: string;
  readonly currency: Currency;
  readonly authorizedMinor: number;
  readonly capturedMinor: number;
  readonly voidedMinor: number;
  readonly refundedMinor: number;
  /** 1 at first, one more with each change. */
  readonly version: number;
}

/** The first answer to an operation, with what it answered. `body` is JSON text. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
  readonly outcome: SimulatorOutcome;
  /** The request as text: another one under the same operation id is refused. */
  readonly request: string;
}

/** Something that an operation did to a charge, by an id of its own. */
export interface Effect {
  readonly id: string;
  readonly operation: SimulatorOperation;
  readonly amountMinor: number;
}

/** All that an operation writes; `changed` is null when it took no effect. */
export interface OperationRecord {
  readonly operationId: string;
  readonly answer: StoredAnswer;
  readonly changed: { readonly charge: Charge; readonly effect: Effect } | null;
}

/** What the simulator keeps. Reads are strongly consistent. */
export interface SimulatorStore {
  readonly answerTo: (operationId: string) => Promise<StoredAnswer | null>;
  readonly charge: (id: string) => Promise<Charge | null>;
  /**
   * Writes all of a record, if the operation has no answer yet and the charge is at the version
   * before the record's, or new at version 1; else `conflict`, and nothing is written.
   */
  readonly write: (record: OperationRecord) => Promise<'written' | 'conflict'>;
  /** Counts a call of an operation, and says which it was: 1 for the first. */
  readonly countCall: (operationId: string) => Promise<number>;
  /** How many effects an operation had, counted one by one and not by its answer. */
  readonly effects: (operationId: string) => Promise<number>;
  readonly chargesOf: (reference: string) => Promise<readonly Charge[]>;
  /** Each charge, in no order; those that are written meanwhile may be missing. */
  readonly allCharges: () => AsyncIterable<Charge>;
}
