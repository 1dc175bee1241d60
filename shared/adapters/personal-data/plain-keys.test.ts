import { describe, expect, it } from 'vitest';
import { plainKeyMs, plainKeys } from './plain-keys.ts';

function aCache(max?: number) {
  let now = 0;
  const keys = plainKeys(() => now, max);
  return {
    keys,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

const aKey = (fill = 7) => new Uint8Array(32).fill(fill);
const wiped = new Uint8Array(32);

describe('the plain data keys of a process', () => {
  it('are known for a minute, and wiped after it', () => {
    const { keys, pass } = aCache();
    const key = aKey();
    keys.keep('k', key);
    pass(plainKeyMs - 1);
    expect(keys.find('k')).toEqual(aKey());
    pass(1);
    expect(keys.find('another')).toBeNull();
    expect(key).toEqual(wiped);
    expect(keys.find('k')).toBeNull();
  });

  it('are at most so many: the oldest goes, wiped', () => {
    const { keys } = aCache(2);
    const oldest = aKey(1);
    keys.keep('1', oldest);
    keys.keep('2', aKey(2));
    keys.keep('3', aKey(3));
    expect([keys.find('1'), keys.find('2'), keys.find('3')]).toEqual([null, aKey(2), aKey(3)]);
    expect(oldest).toEqual(wiped);
  });

  it('are dropped at once when one is told of an erasure', () => {
    const { keys } = aCache();
    const key = aKey();
    keys.keep('k', key);
    keys.drop('k');
    expect([keys.find('k'), key]).toEqual([null, wiped]);
  });
});
