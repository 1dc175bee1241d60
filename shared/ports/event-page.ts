/** Which part of a history is asked for. */
export interface EventPageQuery {
  /** Of the payment or the payout. */
  readonly id: string;
  /** 1 to 100. A part may have fewer: it is at most one read of the store, 1 MB. */
  readonly limit: number;
  /** The number of the event after which to go on; 0 for the start. */
  readonly after: number;
}

/** A part of a history, oldest first. */
export interface EventPage<Event> {
  readonly events: readonly Event[];
  /** The number of its last event, after which there are more; null for the last part. */
  readonly next: number | null;
}
