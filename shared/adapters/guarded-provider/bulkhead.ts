import { slotsToTry } from '../../domain/provider/bulkhead.ts';
import type { ForgivingHealth } from './forgiving-health.ts';

/** Takes a slot of a PSP: what gives it back; null when none was free. */
export type TakeSlot = (holder: string) => Promise<(() => Promise<void>) | null>;

export interface BulkheadOptions {
  /** Null: as many calls at once as there are. */
  readonly slots: number | null;
  /** Longer than a call can take: then it is free again, whatever became of its holder. */
  readonly leaseMs: number;
  readonly now: () => number;
  readonly random: () => number;
}

/** One process's way into the bulkhead of one PSP. */
export function bulkhead(
  provider: string,
  health: ForgivingHealth,
  { slots, leaseMs, now, random }: BulkheadOptions,
): TakeSlot {
  let last: number | null = null;
  return async (holder) => {
    if (slots === null) {
      return async () => {};
    }
    for (const slot of slotsToTry(slots, last, random)) {
      const nowMs = now();
      const lease = { holder, nowMs, untilMs: nowMs + leaseMs };
      if (await health.takeSlot(provider, slot, lease)) {
        last = slot;
        return () => health.releaseSlot(provider, slot, holder);
      }
    }
    return null;
  };
}
