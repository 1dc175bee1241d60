import type { Page } from './reconciliation.ts';

export type OperatorAction = 'dlq.discard' | 'dlq.redrive' | 'parked.resolve';

/** What a person did, and why; on record before it has an effect. */
export interface OperatorAct {
  /** A UUID. The same act under the same id and time is on record once. */
  readonly id: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly time: string;
  readonly by: string;
  readonly action: OperatorAction;
  /** The id of what it was done to: a dead letter, a payment. */
  readonly subject: string;
  readonly reason: string;
  readonly details: Readonly<Record<string, string>>;
}

/** Puts an act on record; one that is there stays as it is. It is never changed or deleted. */
export type AppendOperatorAct = (act: OperatorAct) => Promise<void>;

export interface OperatorLog {
  readonly append: AppendOperatorAct;
  /** The acts, newest first, strongly consistent. `after` is where the page before it ended. */
  readonly list: (query: {
    /** 1 to 100. */
    readonly limit: number;
    readonly after: string | null;
  }) => Promise<Page<OperatorAct>>;
}
