import { describe, expect, it } from 'vitest';
import { Headers } from '../request.ts';
import { preferredWaitSeconds } from './prefer-wait.ts';

function secondsOf(...prefer: readonly string[]): number {
  return preferredWaitSeconds(
    new Headers({
      headers: {},
      multiValueHeaders: prefer.length > 0 ? { Prefer: [...prefer] } : {},
    }),
  );
}

describe('Prefer: wait', () => {
  it.each([
    [['wait=5'], 5],
    [['wait=10'], 10],
    [['wait=0'], 0],
    [['wait=007'], 7],
    [['wait="5"'], 5],
    [['WAIT = 5'], 5],
    [['respond-async, wait=5'], 5],
    [['respond-async', 'wait=5'], 5],
    [['wait=5, wait=6'], 5],
    [['wait=5', 'wait=6'], 5],
    [['wait=soon, wait=6'], 6],
    [['wait=11'], 10],
    [['wait=10000'], 10],
    [[`wait=${'9'.repeat(400)}`], 10],
  ])('%j is %i s', (prefer, seconds) => {
    expect(secondsOf(...prefer)).toBe(seconds);
  });

  it.each([
    '',
    'wait',
    'wait=',
    'wait=-1',
    'wait=1.5',
    'wait=1e3',
    'wait=5s',
    'await=5',
    'wait:5',
    'return=minimal',
  ])('%j is ignored', (prefer) => {
    expect(secondsOf(prefer)).toBe(0);
  });

  it('is no wait without the header', () => {
    expect(secondsOf()).toBe(0);
  });
});
