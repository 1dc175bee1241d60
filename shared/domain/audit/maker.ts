import type { Transfer } from '../ledger/transfer.ts';

/** A transfer that the ledger has and no change makes, and what is wrong with it. */
export interface WrongExtra {
  readonly transfer: Transfer;
  /** Ends a sentence that begins with the transfer. */
  readonly says: string;
}

/** How the changes of a payment or a payout are made again, and what holds of them. */
export interface Maker<State, Event> {
  /** Of what a state has in it now: snapshots of another version are nobody's any more. */
  readonly stateVersion: number;
  /**
   * The change that an event's facts make, with the event and the transfers that belong to it.
   *
   * @throws Error when the event cannot follow
   */
  readonly make: (
    id: string,
    before: State | null,
    event: Event,
  ) => { readonly after: State; readonly event: Event; readonly transfers: readonly Transfer[] };
  /** The invariants that a state, or the postings that led to it, break; in sentences. */
  readonly brokenRules: (state: State, postings: readonly Transfer[]) => readonly string[];
  /** Those of the transfers beside its own postings that should not be there. */
  readonly wrongExtras: (
    extras: readonly Transfer[],
    postings: readonly Transfer[],
  ) => readonly WrongExtra[];
}
