import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  declined,
  done,
  guardedPsp,
  noLimits,
  unknown,
  voidRequest,
} from '../../../test/support/psp/guarded-psp.ts';
import type { OperationOutcome } from '../../ports/provider.ts';
import type { ProviderHealth } from '../../ports/provider-health.ts';

const slots = 2;
const outcomes = fc.constantFrom<OperationOutcome>(done, done, declined, unknown);

/** Health of which each answer comes when the scheduler says so. */
function scheduled(health: ProviderHealth, scheduler: fc.Scheduler): ProviderHealth {
  const later = <A extends unknown[], R>(ask: (...args: A) => Promise<R>) =>
    scheduler.scheduleFunction(ask);
  return {
    breaker: later(health.breaker),
    change: later(health.change),
    takeSlot: later(health.takeSlot),
    releaseSlot: later(health.releaseSlot),
    takeToken: later(health.takeToken),
  };
}

describe('processes that call a PSP at once, in any order of events', () => {
  it('are never more in it than there are slots, and know of each call whether it was sent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(outcomes, { minLength: 24, maxLength: 24 }),
        async (scheduler, answers) => {
          const { process, world, health } = guardedPsp({ slots });
          const left = [...answers];
          let under = 0;
          let most = 0;
          let ended = 0;
          world.answer = async () => {
            under += 1;
            most = Math.max(most, under);
            const outcome = await scheduler.schedule(Promise.resolve(left.shift() ?? done));
            under -= 1;
            ended += 1;
            return outcome;
          };
          const shared = scheduled(health, scheduler);
          const running = Promise.all(
            Array.from({ length: 8 }, async () => {
              const guarded = process(shared);
              const seen: OperationOutcome[] = [];
              for (let call = 0; call < 3; call++) {
                seen.push(await guarded.void(voidRequest));
              }
              return seen;
            }),
          );
          const seen = (await scheduler.waitFor(running)).flat();
          expect(most).toBeLessThanOrEqual(slots);
          expect(seen.filter(({ kind }) => kind !== 'busy')).toHaveLength(ended);
          expect(world.calls).toBe(ended);
          expect(await health.read({ psp: noLimits }, world.nowMs)).toMatchObject([
            { slotsInUse: 0 },
          ]);
        },
      ),
    );
  });

  it('leave a breaker after whose cool-down one call of all goes out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { process, world, health } = guardedPsp();
        world.answer = async () => unknown;
        const first = process();
        for (let call = 0; call < 3; call++) {
          await first.void(voidRequest);
        }
        world.calls = 0;
        world.nowMs += 5_000;
        world.answer = () => new Promise(() => {});
        const shared = scheduled(health, scheduler);
        for (let other = 0; other < 5; other++) {
          void process(shared).void(voidRequest);
        }
        await scheduler.waitIdle();
        expect(world.calls).toBe(1);
      }),
    );
  });
});
