import { quick, type RetryPolicy } from './table.ts';

/*
 * What becomes of an outcome that nobody knows: a machine of its own asks for it, again and again, for
 * as long as the PSP may still come to know of it. It is STANDARD in every stage, as it waits for hours.
 */

/** The task of an inquiry: asks once, and records what it learns. */
export interface InquiryTask {
  readonly name: string;
  readonly does: string;
  /** After this many ms the try counts as a fault. */
  readonly timeoutMs: number;
  /** The refusal that says: nothing is known yet, ask again. */
  readonly again: 'StillUnknown';
  /** Any other error. When its tries are used up, it is asked again like after `again`. */
  readonly fault: { readonly retry: RetryPolicy };
}

/** An inquiry, by what it is about. */
export interface InquiryMachine {
  readonly name: string;
  readonly subject: 'payment' | 'payout';
  /** The types of the events that start it. */
  readonly startedBy: readonly string[];
  readonly task: InquiryTask;
}

/** When an inquiry asks, by the stage. */
export interface InquirySchedule {
  /** How long it waits before each time it asks. After the last one a person has to look. */
  readonly waitsMs: readonly number[];
  /**
   * For so long after an outcome became unknown what was sent may still arrive at the PSP: until then
   * it says nothing that the PSP does not know of it.
   */
  readonly settleWindowMs: number;
}

/** Both inquiries, by the names of their machines. */
export const inquiries = {
  resolve: {
    name: 'resolve',
    subject: 'payment',
    startedBy: ['payment.outcome_unknown'],
    task: {
      name: 'inquire',
      does: 'asks the PSP what became of an operation, and records it; at the end of the schedule, parks it',
      timeoutMs: 10_000,
      again: 'StillUnknown',
      fault: { retry: quick },
    },
  },
  'resolve-payout': {
    name: 'resolve-payout',
    subject: 'payout',
    startedBy: ['payout.outcome_unknown'],
    task: {
      name: 'inquire-payout',
      does: 'asks the bank what became of a payout, and records it; at the end of the schedule, parks it',
      timeoutMs: 10_000,
      again: 'StillUnknown',
      fault: { retry: quick },
    },
  },
} as const satisfies Record<string, InquiryMachine>;

export type InquiryName = keyof typeof inquiries;
export const inquiryNames = Object.keys(inquiries) as [InquiryName, ...InquiryName[]];

/** The tasks of the inquiries. */
export type InquiryTaskName = (typeof inquiries)[InquiryName]['task']['name'];

/** How long before the inquiry asks for the n-th time, n from 0; past the end, as before the last. */
export function waitBefore({ waitsMs }: InquirySchedule, asked: number): number {
  return waitsMs[Math.min(asked, waitsMs.length - 1)] ?? 0;
}

/** True when no time to ask comes after this many. */
export function isLast({ waitsMs }: InquirySchedule, asked: number): boolean {
  return asked >= waitsMs.length;
}
