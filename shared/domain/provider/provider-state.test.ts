import { describe, expect, it } from 'vitest';
import { untouched } from './breaker/breaker.ts';
import { providerStateOf } from './provider-state.ts';

const limits = {
  breaker: { failures: 3, windowMs: 100, coolDownMs: 50 },
  slots: null,
  rate: null,
};

describe('the state of a PSP', () => {
  it('is closed since ever for one that nothing happened to', () => {
    expect(providerStateOf('psp', untouched, 2, limits, 1_000)).toEqual({
      name: 'psp',
      breaker: 'closed',
      since: null,
      until: null,
      failures: 0,
      slotsInUse: 2,
    });
  });

  it('has the failures of the window that runs, and none of one that is over', () => {
    const breaker = { ...untouched, state: 'closed', failures: 2, windowStartMs: 1_000 } as const;
    expect(providerStateOf('psp', breaker, 0, limits, 1_099).failures).toBe(2);
    expect(providerStateOf('psp', breaker, 0, limits, 1_100).failures).toBe(0);
  });

  it('says since when it is open, until when nothing goes through, and on how many failures', () => {
    const breaker = { state: 'open', sinceMs: 0, failures: 3, untilMs: 50 } as const;
    expect(providerStateOf('psp', breaker, 0, limits, 1_000)).toMatchObject({
      breaker: 'open',
      since: '1970-01-01T00:00:00.000Z',
      until: '1970-01-01T00:00:00.050Z',
      failures: 3,
    });
  });
});
