import type { ScheduleName } from '../../shared/runtime/function-spec.ts';

/** How often something runs: every so many minutes, or at the times (UTC) of EventBridge's cron. */
export type Cadence = { readonly rateMinutes: number } | { readonly cron: string };

export const schedules: Readonly<Record<ScheduleName, Cadence>> = {
  'sweep-payments': { rateMinutes: 1 },
  'sweep-payouts': { rateMinutes: 1 },
  'wake-webhooks': { rateMinutes: 1 },
  // It reads the whole table, as the audit does.
  republish: { rateMinutes: 60 },
  audit: { rateMinutes: 60 },
  // An hour after the simulator's file, so that a day is settled on the morning after it.
  reconcile: { cron: '0 6 * * ? *' },
  'settlement-file': { cron: '0 5 * * ? *' },
};
