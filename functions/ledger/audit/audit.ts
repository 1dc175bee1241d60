import { auditLedger, reportOf } from '../../../shared/domain/audit/audit.ts';
import {
  type AuditReport,
  AuditUnfinished,
  type Difference,
} from '../../../shared/domain/audit/report.ts';
import type { AuditSources, StoreReport } from '../../../shared/ports/audit.ts';

/**
 * Audits the ledger:
 * 1. compare everything with what it was made from
 * 2. keep the report
 * 3. tell of each difference that it lists, and count all of them
 *
 * An audit that runs out of its time keeps no report, as there would be no telling what it had not
 * come to. It tells of what it had found, and fails.
 */
export function audit(deps: {
  readonly sources: AuditSources;
  readonly store: StoreReport;
  readonly now: () => string;
  readonly tell: (difference: Difference) => void;
  readonly count: (differences: number) => void;
}) {
  const tellOf = (differences: readonly Difference[], count: number) => {
    for (const difference of differences) {
      deps.tell(difference);
    }
    if (count > 0) {
      deps.count(count);
    }
  };
  return async (isOutOfTime: () => boolean): Promise<AuditReport> => {
    const started = deps.now();
    try {
      const result = await auditLedger(deps.sources, { started, isOutOfTime });
      const report = reportOf(result, { started, ended: deps.now() });
      await deps.store(report);
      tellOf(report.differences, report.difference_count);
      return report;
    } catch (error) {
      if (error instanceof AuditUnfinished) {
        tellOf(error.differences, error.differenceCount);
      }
      throw error;
    }
  };
}
