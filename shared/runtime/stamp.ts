import { v7 } from 'uuid';
import type { Stamp } from '../domain/payment/change.ts';

/** Gives each change its time and its event id. */
export type NextStamp = () => Stamp;

/** The real clock. A UUIDv7 carries the same millisecond as the time beside it. */
export const stampNow: NextStamp = () => {
  const msecs = Date.now();
  return { time: new Date(msecs).toISOString(), eventId: v7({ msecs }) };
};
