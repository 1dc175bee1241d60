/*
 * A state is written once more at every hundredth version, beside its event and never changed, so that
 * a version far from the first is folded from near by.
 */

/** So many versions are from one snapshot to the next: nobody folds as many events. */
export const snapshotEvery = 100;

/**
 * The version of what a state has in it. Whoever gives a state another member, or an event another
 * meaning, raises it: snapshots of another version are passed over, and the events are folded.
 */
export const paymentStateVersion = 1;
export const payoutStateVersion = 1;

/** A state as it was written at one version. */
export interface Snapshot<State> {
  /** Of the payment or the payout. */
  readonly version: number;
  readonly stateVersion: number;
  readonly state: State;
}

/** True for a version that a snapshot is written of. */
export function hasSnapshot(version: number): boolean {
  return version > 0 && version % snapshotEvery === 0;
}
