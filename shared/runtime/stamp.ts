import { v7 } from 'uuid';
import type { Stamp } from '../domain/payment/change.ts';

/** Gives each change its time and its event id. */
export type NextStamp = () => Stamp;

const bytesOfId = 16;

/** For 256 ids at a time: what asking the system for 16 bytes takes is a tenth of a submit. */
const pool = new Uint8Array(256 * bytesOfId);
let used = pool.length;

/** Bytes that no id before has been made of. */
function freshBytes(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  used += bytesOfId;
  return pool.subarray(used - bytesOfId, used);
}

/** The real clock. A UUIDv7 carries the same millisecond as the time beside it. */
export const stampNow: NextStamp = () => {
  const msecs = Date.now();
  return {
    time: new Date(msecs).toISOString(),
    eventId: v7({ msecs, random: freshBytes() }),
  };
};
