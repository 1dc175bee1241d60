import { type ActsReport, auditActs } from '../../../shared/domain/audit/acts.ts';
import { auditLedger, reportOf } from '../../../shared/domain/audit/audit.ts';
import {
  type AuditReport,
  AuditUnfinished,
  type Difference,
} from '../../../shared/domain/audit/report.ts';
import type { AuditSources, LastReport, StoreReport } from '../../../shared/ports/audit.ts';
import type { OperatorLogChains } from '../../../shared/ports/operator-log.ts';

/**
 * Audits the ledger:
 * 1. compare everything with what it was made from
 * 2. verify the log of who did what, against the heads that the last report kept
 * 3. keep the report
 * 4. tell of each difference that it lists, and count all of them
 *
 * An audit that runs out of its time keeps no report, as there would be no telling what it had not
 * come to, and the last one still has the heads of the log. It tells of what it had found, and fails; as
 * it does when the log cannot be read.
 */
export function audit(deps: {
  readonly sources: AuditSources;
  readonly acts: OperatorLogChains;
  readonly last: LastReport;
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
    const result = await auditLedger(deps.sources, { started, isOutOfTime }).catch((error) => {
      if (error instanceof AuditUnfinished) {
        tellOf(error.differences, error.differenceCount);
      }
      throw error;
    });
    const { found } = result;
    let acts: ActsReport;
    try {
      const seen = (await deps.last())?.acts?.heads ?? {};
      acts = await auditActs(deps.acts, found, { seen, isOutOfTime });
    } catch (error) {
      tellOf(found.listed, found.count());
      throw error;
    }
    const report = reportOf(result, { started, ended: deps.now() }, acts);
    await deps.store(report);
    tellOf(report.differences, report.difference_count);
    return report;
  };
}
