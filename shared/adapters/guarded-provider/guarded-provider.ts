import { type DeadlineSettings, deadlineOf, hasTime } from '../../domain/provider/deadline.ts';
import type { ProviderLimits } from '../../domain/provider/limits.ts';
import type { ChargeOutcome, OperationOutcome, Provider } from '../../ports/provider.ts';
import type { ProviderHealth } from '../../ports/provider-health.ts';
import { count, logger } from '../../runtime/observability.ts';
import { fenced } from '../../runtime/replay/replay.ts';
import { type Sight, watchBreaker } from './breaker-watch.ts';
import { bulkhead } from './bulkhead.ts';
import { forgivingHealth } from './forgiving-health.ts';

export interface GuardSettings {
  readonly limits: ProviderLimits;
  /** What the adapter of the PSP itself goes by, too. */
  readonly deadline: DeadlineSettings;
  /** Until this process is stopped. */
  readonly remainingMs: () => number;
  readonly now: () => number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  /** Different at each call, over all processes. */
  readonly newHolder: () => string;
}

type Failure = Exclude<OperationOutcome, { kind: 'done' }>;
type Busy = Extract<Failure, { kind: 'busy' }>;

const notSent = (why: string): Busy => ({ kind: 'busy', reason: `not sent: ${why}` });

/**
 * A PSP of which a call goes out only when it may, and which throws for nothing but a replay that may not
 * leave the account: that is no outcome, and nobody can take it for one. `busy` from here means that
 * nothing was sent. A call of money:
 * 1. has too little time to record its outcome: busy
 * 2. finds the breaker open: busy
 * 3. takes a slot of the bulkhead, or is busy; then a token of the rate limit, or is busy
 * 4. where the breaker lets one call through to see, takes that probe, or is busy
 * 5. goes out, with a deadline that ends before this process does
 * 6. is noted: a failure by the breaker when its outcome is unknown, and the slot is given back
 *
 * An inquiry moves no money, and is what an outage is cleared up with: it heeds time and the rate
 * limit alone.
 */
export function guardedProvider(
  provider: Provider,
  sharedHealth: ProviderHealth,
  { limits, deadline, remainingMs, now, random, newHolder }: GuardSettings,
): Provider {
  const { name, remembersChargesMs, referenceOf } = provider;
  // A call that took all its time ends well within it, and one that crashed soon after.
  const leaseMs = 2 * deadline.fullMs;
  const health = forgivingHealth(sharedHealth, now);
  const breaker = watchBreaker(name, health, { settings: limits.breaker, leaseMs, now });
  const takeSlot = bulkhead(name, health, { slots: limits.slots, leaseMs, now, random });

  const throttled = (why: string): Busy => {
    count('ProviderThrottled');
    return notSent(why);
  };
  const timeRefusal = () =>
    hasTime(deadline, remainingMs()) ? null : notSent('too little time is left for an answer');
  const rateRefusal = async () =>
    limits.rate === null || (await health.takeToken(name, limits.rate, now()))
      ? null
      : throttled(`${name} is asked as often as it takes`);

  const guarded = async <Outcome extends ChargeOutcome | OperationOutcome>(
    send: () => Promise<Outcome>,
  ): Promise<Outcome | Failure> => {
    const tooLate = timeRefusal();
    if (tooLate) {
      return tooLate;
    }
    const passage = await breaker.passage();
    if (passage === 'none') {
      return notSent(`the breaker of ${name} is open`);
    }
    const holder = newHolder();
    const releaseSlot = await takeSlot(holder);
    if (!releaseSlot) {
      return throttled(`${name} has as many calls under way as it takes`);
    }
    const refusal =
      (await rateRefusal()) ??
      timeRefusal() ??
      (passage === 'call' || (await breaker.takeProbe(holder))
        ? null
        : notSent(`another call tries ${name} out`));
    if (refusal) {
      await releaseSlot();
      return refusal;
    }
    const { outcome, sight } = await sent(send);
    await Promise.all([releaseSlot(), breaker.note(sight, passage === 'probe' ? holder : null)]);
    return outcome;
  };

  /** Sends a call: what came of it, and what that shows of the PSP. */
  const sent = async <Outcome extends ChargeOutcome | OperationOutcome>(
    send: () => Promise<Outcome>,
  ): Promise<{ outcome: Outcome | Failure; sight: Sight }> => {
    const allowedMs = deadlineOf(deadline, remainingMs());
    const atMs = now();
    try {
      const outcome = await send();
      const wasCutShort = allowedMs < deadline.fullMs && now() - atMs >= allowedMs;
      return { outcome, sight: sightOf(outcome, wasCutShort) };
    } catch (error) {
      logger.error('a PSP was asked and threw', error as Error);
      const outcome = { kind: 'unknown', reason: 'the call ended in an error of ours' } as const;
      return { outcome, sight: 'nothing' };
    }
  };

  const within: typeof fenced = (what, call) => fenced(`${what} at ${name}`, call);
  return {
    name,
    charge: within('a charge', (request) => guarded(() => provider.charge(request))),
    capture: within('a capture', (request) => guarded(() => provider.capture(request))),
    void: within('a void', (request) => guarded(() => provider.void(request))),
    refund: within('a refund', (request) => guarded(() => provider.refund(request))),
    inquire: within('an inquiry', async (request) => {
      const refusal = timeRefusal() ?? (await rateRefusal());
      if (refusal) {
        return { kind: 'unavailable', reason: refusal.reason };
      }
      try {
        return await provider.inquire(request);
      } catch (error) {
        logger.error('a PSP was asked and threw', error as Error);
        return { kind: 'unavailable', reason: 'the call ended in an error of ours' };
      }
    }),
    ...(remembersChargesMs !== undefined && { remembersChargesMs }),
    ...(referenceOf && {
      referenceOf: within('a look', async (providerReference: string) => {
        const refusal = timeRefusal() ?? (await rateRefusal());
        if (refusal) {
          throw new Error(refusal.reason);
        }
        return referenceOf(providerReference);
      }),
    }),
  };
}

/**
 * What an outcome shows of the PSP. A decline is an answer like any other. Busy says nothing: it may
 * not even have been there. Nor does an outcome that is unknown because we had less time than we
 * give to a PSP that is well.
 */
function sightOf({ kind }: ChargeOutcome | OperationOutcome, wasCutShort: boolean): Sight {
  switch (kind) {
    case 'unknown':
      return wasCutShort ? 'nothing' : 'failure';
    case 'busy':
      return 'nothing';
    default:
      return 'success';
  }
}
