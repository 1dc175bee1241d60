import { validate, version } from 'uuid';
import { describe, expect, it } from 'vitest';
import { stampNow } from './stamp.ts';

describe('the stamps of a process', () => {
  // More than one filling of the bytes that ids are made of.
  const stamps = Array.from({ length: 2_000 }, stampNow);

  it('have ids of their own, each a UUIDv7', () => {
    expect(new Set(stamps.map(({ eventId }) => eventId)).size).toBe(stamps.length);
    // The last 62 bits are random: no two of them are the same, whatever their millisecond.
    expect(new Set(stamps.map(({ eventId }) => eventId.slice(19))).size).toBe(stamps.length);
    expect(stamps.every(({ eventId }) => validate(eventId) && version(eventId) === 7)).toBe(true);
  });

  it('have the millisecond of their time in their id', () => {
    for (const { time, eventId } of stamps) {
      const msecs = Number.parseInt(eventId.replace('-', '').slice(0, 12), 16);
      expect(new Date(msecs).toISOString()).toBe(time);
    }
  });
});
