import type { World } from '../world/world.ts';

/** An invariant as a report calls it: its number in docs/architecture.md, and what it says. */
export type InvariantName = string;

/** What has to hold of a world. */
export interface Invariant {
  readonly name: InvariantName;
  /** Begins to watch a world, before anything has happened in it. */
  readonly check: (world: World) => {
    /** Called after each change of a payment or a payout. @throws Error that says what broke */
    readonly step?: () => void | Promise<void>;
    /** Called once, when nothing is left to happen. @throws Error that says what broke */
    readonly end?: () => void | Promise<void>;
  };
}
