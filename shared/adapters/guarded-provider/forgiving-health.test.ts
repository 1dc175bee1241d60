import { beforeEach, describe, expect, it, vi } from 'vitest';
import { recordLogs } from '../../../test/support/logs.ts';
import {
  done,
  guardedPsp,
  inquiryRequest,
  unknown,
  voidRequest,
} from '../../../test/support/psp/guarded-psp.ts';
import type { ProviderHealth } from '../../ports/provider-health.ts';

/** Health that is out of reach, and how often each part of it was asked. */
function outOfReach() {
  const asked = vi.fn<(part: string) => void>();
  const part = (name: string) => async (): Promise<never> => {
    asked(name);
    throw new Error('TABLE');
  };
  const health: ProviderHealth = {
    breaker: part('breaker'),
    change: part('change'),
    takeSlot: part('takeSlot'),
    releaseSlot: part('releaseSlot'),
    takeToken: part('takeToken'),
  };
  return { health, asked: () => asked.mock.calls.map(([name]) => name) };
}

const limits = { slots: 1, rate: { perSecond: 1, burst: 1 } };

describe('health that is out of reach', () => {
  const logs = recordLogs();
  let psp: ReturnType<typeof guardedPsp>;
  let trouble: ReturnType<typeof outOfReach>;
  beforeEach(() => {
    psp = guardedPsp(limits);
    trouble = outOfReach();
  });

  it('stops no payment and no inquiry', async () => {
    const guarded = psp.process(trouble.health);
    for (let call = 0; call < 3; call++) {
      expect(await guarded.void(voidRequest)).toEqual(done);
      expect(await guarded.inquire(inquiryRequest)).toEqual({ kind: 'not_found' });
      psp.world.nowMs += 1_000;
    }
    expect(psp.world.calls).toBe(6);
  });

  it('loses no outcome that is not known', async () => {
    psp.world.answer = async () => unknown;
    expect(await psp.process(trouble.health).void(voidRequest)).toEqual(unknown);
  });

  it('is told of a failure all the same, once: it may be in reach again', async () => {
    psp.world.answer = async () => unknown;
    await psp.process(trouble.health).void(voidRequest);
    expect(trouble.asked().filter((part) => part === 'change')).toHaveLength(1);
  });

  it('is waited for by one call a second', async () => {
    const guarded = psp.process(trouble.health);
    for (let call = 0; call < 5; call++) {
      await guarded.void(voidRequest);
      psp.world.nowMs += 199;
    }
    expect(trouble.asked()).toEqual(['breaker']);
    psp.world.nowMs += 1_000;
    await guarded.void(voidRequest);
    expect(trouble.asked()).toEqual(['breaker', 'breaker']);
  });

  it('is warned of, by what was asked of it and without what it said', async () => {
    await psp.process(trouble.health).void(voidRequest);
    expect(logs.lines()).toContainEqual(
      expect.objectContaining({
        level: 'WARN',
        message: 'provider health is out of reach',
        provider: 'psp',
        what: 'breaker',
        reason: 'Error',
      }),
    );
    expect(logs.text()).not.toContain('TABLE');
  });

  it('lets calls through an open breaker, while nobody can read that it is open', async () => {
    const { health, world, process } = psp;
    const window = { atMs: world.nowMs, endedStartMs: 0 };
    await health.change('psp', { kind: 'start_window', ...window });
    const untilMs = world.nowMs + 5_000;
    await health.change('psp', { kind: 'open', atMs: world.nowMs, failures: 1, untilMs });
    const guarded = process({ ...health, takeSlot: trouble.health.takeSlot });
    expect(await guarded.void(voidRequest)).toMatchObject({ kind: 'busy' });
    expect(await process(trouble.health).void(voidRequest)).toEqual(done);
  });

  it('lets a call try the PSP out when it cannot be said whose probe it is', async () => {
    const { health, world, process } = psp;
    await health.change('psp', { kind: 'start_window', atMs: world.nowMs, endedStartMs: 0 });
    const untilMs = world.nowMs;
    await health.change('psp', { kind: 'open', atMs: world.nowMs, failures: 1, untilMs });
    const guarded = process({ ...health, change: trouble.health.change });
    expect(await guarded.void(voidRequest)).toEqual(done);
  });
});
