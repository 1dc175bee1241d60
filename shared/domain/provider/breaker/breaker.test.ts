import { describe, expect, it } from 'vitest';
import {
  type Breaker,
  changedBreaker,
  failureChange,
  openingChange,
  passageOf,
  probeChange,
  untouched,
} from './breaker.ts';

const settings = { failures: 3, windowMs: 100, coolDownMs: 50 };

/** A breaker after a failure at each of these times, opened when it is due. */
function afterFailures(...atMs: number[]): Breaker {
  return atMs.reduce<Breaker>((before, at) => {
    const failure = failureChange(before, at, settings);
    const counted = (failure && changedBreaker(before, failure)) ?? before;
    const opening = openingChange(counted, at, settings);
    return (opening && changedBreaker(counted, opening)) ?? counted;
  }, untouched);
}

const open = afterFailures(1_000, 1_001, 1_002);
const probing = changedBreaker(open, {
  kind: 'take_probe',
  atMs: 1_052,
  holder: 'a',
  untilMs: 1_152,
}) as Breaker;

describe('a breaker', () => {
  it('lets every call through that nothing was ever wrong with', () => {
    expect(passageOf(untouched, 0)).toBe('call');
  });

  it('stays closed under fewer failures than it takes, and counts them', () => {
    const breaker = afterFailures(1_000, 1_050);
    expect(breaker).toEqual({
      state: 'closed',
      sinceMs: null,
      failures: 2,
      windowStartMs: 1_000,
    });
    expect(passageOf(breaker, 1_050)).toBe('call');
  });

  it('opens at as many failures as it takes, within one window', () => {
    expect(open).toEqual({ state: 'open', sinceMs: 1_002, failures: 3, untilMs: 1_052 });
    expect(passageOf(open, 1_002)).toBe('none');
  });

  it('forgets failures with their window', () => {
    expect(afterFailures(1_000, 1_001, 1_100)).toMatchObject({ state: 'closed', failures: 1 });
    expect(afterFailures(1_000, 1_001, 1_099)).toMatchObject({ state: 'open', failures: 3 });
  });

  it('lets nothing through until its cool-down is over, and then one call that takes the probe', () => {
    expect(passageOf(open, 1_051)).toBe('none');
    expect(passageOf(open, 1_052)).toBe('probe');
    expect(probing).toEqual({
      state: 'half_open',
      sinceMs: 1_002,
      failures: 3,
      holder: 'a',
      untilMs: 1_152,
    });
    expect(passageOf(probing, 1_151)).toBe('none');
  });

  it('gives the probe to nobody else while its lease runs, and to anybody after it', () => {
    const taking = { kind: 'take_probe', holder: 'b', untilMs: 1_300 } as const;
    expect(changedBreaker(probing, { ...taking, atMs: 1_151 })).toBeNull();
    expect(passageOf(probing, 1_152)).toBe('probe');
    expect(changedBreaker(probing, { ...taking, atMs: 1_152 })).toMatchObject({ holder: 'b' });
  });

  it('gives the probe again to who has it and did not hear so', () => {
    const again = { kind: 'take_probe', holder: 'a', atMs: 1_060, untilMs: 1_160 } as const;
    expect(changedBreaker(probing, again)).toMatchObject({ holder: 'a', untilMs: 1_160 });
  });

  it('closes when the probe saw success, without its failures', () => {
    const change = probeChange('success', 'a', 1_060, settings);
    const closed = changedBreaker(probing, change) as Breaker;
    expect(closed).toEqual({ ...untouched, sinceMs: 1_060 });
    expect(failureChange(closed, 1_061, settings)).toMatchObject({ kind: 'start_window' });
  });

  it('opens for another cool-down when the probe failed, and still since the first time', () => {
    const change = probeChange('failure', 'a', 1_060, settings);
    expect(changedBreaker(probing, change)).toEqual({
      state: 'open',
      sinceMs: 1_002,
      failures: 3,
      untilMs: 1_110,
    });
  });

  it('lets the next call probe at once when the probe saw nothing', () => {
    const change = probeChange('nothing', 'a', 1_060, settings);
    expect(passageOf(changedBreaker(probing, change) as Breaker, 1_060)).toBe('probe');
  });

  it.each(['success', 'failure', 'nothing'] as const)(
    'does not hear of %s from one whose probe was taken over',
    (sight) => {
      expect(changedBreaker(probing, probeChange(sight, 'b', 1_060, settings))).toBeNull();
    },
  );

  it('counts no failure that comes while it is not closed', () => {
    for (const breaker of [open, probing]) {
      expect(failureChange(breaker, 1_060, settings)).toBeNull();
      for (const kind of ['start_window', 'count'] as const) {
        expect(changedBreaker(breaker, { kind, atMs: 1_060, endedStartMs: 960 })).toBeNull();
      }
    }
  });

  it('counts within a window that runs, and begins one where none does', () => {
    const one = afterFailures(1_000);
    const counting = { kind: 'count', atMs: 1_050, endedStartMs: 950 } as const;
    expect(changedBreaker(untouched, counting)).toBeNull();
    expect(changedBreaker(one, { ...counting, endedStartMs: 1_000 })).toBeNull();
    expect(changedBreaker(one, { ...counting, kind: 'start_window' })).toBeNull();
  });

  it('opens on nobody’s word: only with as many failures as it takes', () => {
    const opening = { kind: 'open', atMs: 1_001, failures: 3, untilMs: 1_051 } as const;
    expect(changedBreaker(afterFailures(1_000, 1_001), opening)).toBeNull();
    expect(changedBreaker(probing, opening)).toBeNull();
  });

  it('knows no probe while it is closed', () => {
    const taking = { kind: 'take_probe', holder: 'a', atMs: 5_000, untilMs: 6_000 } as const;
    expect(changedBreaker(afterFailures(1_000), taking)).toBeNull();
    expect(changedBreaker(untouched, probeChange('success', 'a', 0, settings))).toBeNull();
  });
});
