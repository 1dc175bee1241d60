import type { PaymentEvent } from '../../contracts/events/payment-events.ts';
import type { Generations, ProjectionControl } from '../../domain/projection/control.ts';
import type { ProjectionName } from '../../domain/projection/names.ts';

export type { Generations };

/** For how long a process may go by what it has read of generations. */
export const generationsForMs = 5_000;

/** Reads the generations of a projection: as they are, or were at most `generationsForMs` ago. */
export type ReadGenerations = (name: ProjectionName) => Promise<Generations>;

/** What is on record of projections, and who changes it. */
export interface ProjectionControls {
  /** Strongly consistent; `firstControl` where nothing is on record. */
  readonly read: (name: ProjectionName) => Promise<ProjectionControl>;
  /** Writes the change after revision n, if n is on record still; else nothing, and false. */
  readonly write: (control: ProjectionControl) => Promise<boolean>;
}

/** A row as a comparison of generations sees it. */
export interface ProjectionRow {
  /** The same in each generation. */
  readonly key: string;
  /** All that must be equal, as one text. */
  readonly value: string;
}

/** The rows of one projection in all of its generations. */
export interface ProjectionRows<Event = PaymentEvent> {
  /**
   * Takes an event into one generation, once, in whatever order events come.
   *
   * @returns false when the generation has taken it before
   */
  readonly project: (event: Event, generation: number) => Promise<boolean>;
  /** All rows of a generation, in no order; reads all that is stored. */
  readonly rows: (generation: number) => AsyncIterable<ProjectionRow>;
  /** One row as it is now; null when there is none. */
  readonly row: (generation: number, key: string) => Promise<ProjectionRow | null>;
  /** Deletes all rows of a generation that nobody writes any more. */
  readonly clear: (generation: number) => Promise<number>;
}
