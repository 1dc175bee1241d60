import { setTimeout as delay } from 'node:timers/promises';
import type { Pause } from '../../../shared/runtime/advance.ts';

const firstDelayMs = 25;
const maxDelayMs = 400;

/** Full jitter that grows with the tries: those who met once do not meet again. */
export const jitteredPause: Pause = (tried) =>
  delay(Math.random() * Math.min(maxDelayMs, firstDelayMs * 2 ** tried));
