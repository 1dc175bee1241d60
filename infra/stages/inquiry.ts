import type { InquirySchedule } from '../../shared/domain/saga/inquiry.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * Soon, as most answers that were late are there within seconds; then ever more seldom, for a day: no
 * PSP settles later than that what it was sent.
 */
export const inquiry: InquirySchedule = {
  waitsMs: [
    2_000,
    10_000,
    minuteMs,
    5 * minuteMs,
    15 * minuteMs,
    hourMs,
    3 * hourMs,
    6 * hourMs,
    12 * hourMs,
  ],
  settleWindowMs: hourMs,
};
