import type { TrialBalance } from '../../../shared/domain/audit/audit.ts';
import type {
  AuditReport,
  Difference,
  DifferenceKind,
} from '../../../shared/domain/audit/report.ts';
import { type Currency, formatMinor } from '../../../shared/domain/money/currency.ts';
import { takeEnvironmentOf } from '../deployed.ts';
import type { VerifyRequest } from './group.ts';

/**
 * Audits the ledger of a stage in this process, as the scheduled auditor does there, and prints what
 * it came to. It writes nothing: the report in the account is the auditor's.
 *
 * @returns 1 when there are differences, 0 when there are none
 */
export async function verifyLedger({ stage, json }: VerifyRequest): Promise<number> {
  await takeEnvironmentOf(stage);
  const [
    { dynamoAudit },
    { dynamoLastReport },
    { dynamo, tableName },
    { dynamoOperatorLogChains },
    { auditActs },
    { auditLedger, reportOf },
  ] = await Promise.all([
    import('../../../shared/adapters/dynamo/audit/sources.ts'),
    import('../../../shared/adapters/dynamo/audit/reports.ts'),
    import('../../../shared/adapters/dynamo/client.ts'),
    import('../../../shared/adapters/dynamo/operator-log.ts'),
    import('../../../shared/domain/audit/acts.ts'),
    import('../../../shared/domain/audit/audit.ts'),
  ]);
  const sources = dynamoAudit(dynamo(), {
    payments: tableName('payments'),
    ledger: tableName('ledger'),
    books: tableName('books'),
  });
  const now = () => new Date().toISOString();
  const started = now();
  const isOutOfTime = () => false;
  const result = await auditLedger(sources, { started, isOutOfTime });
  const log = dynamoOperatorLogChains(dynamo(), tableName('operator_log'));
  const last = await dynamoLastReport(dynamo(), tableName('books'))();
  const seen = last?.acts?.heads ?? {};
  const acts = await auditActs(log, result.found, { seen, isOutOfTime });
  const report = reportOf(result, { started, ended: now() }, acts);
  const lines = json ? [JSON.stringify(report)] : describeAudit(report, result.trialBalances);
  for (const line of lines) {
    console.log(line);
  }
  return report.verdict === 'clean' ? 0 : 1;
}

/** What was compared, under which name. */
const checks = {
  trialBalance: {
    title: 'trial balance',
    counted: ({ checked: { books } }: AuditReport) => `${books} books`,
  },
  balances: {
    title: 'balances against transfers',
    counted: ({ checked: { accounts, transfers } }: AuditReport) =>
      `${accounts} accounts, ${transfers} transfers`,
  },
  chains: {
    title: 'hash chains',
    counted: ({ checked: { links } }: AuditReport) => `${links} links`,
  },
  postings: {
    title: 'postings against their causes',
    counted: ({ checked: { payments, payouts, conversions } }: AuditReport) =>
      `${payments} payments, ${payouts} payouts, ${conversions} conversions`,
  },
  states: {
    title: 'states against events',
    counted: ({ checked: { events } }: AuditReport) => `${events} events`,
  },
  acts: {
    title: 'who did what',
    counted: ({ acts }: AuditReport) => `${acts?.checked ?? 0} acts`,
  },
} as const;

const checkOf: Readonly<Record<DifferenceKind, keyof typeof checks>> = {
  trial_balance: 'trialBalance',
  balance: 'balances',
  day_total: 'balances',
  limited_balance: 'balances',
  limit_passed: 'balances',
  unfolded_transfer: 'balances',
  missing_link: 'chains',
  unlinked: 'chains',
  altered_link: 'chains',
  altered_transfer: 'chains',
  missing_transfer: 'chains',
  repeated_transfer: 'chains',
  wrong_head: 'chains',
  foreign_transfer: 'chains',
  missing_posting: 'postings',
  changed_posting: 'postings',
  extra_posting: 'postings',
  doubled_transfer: 'postings',
  unreadable: 'states',
  broken_event: 'states',
  changed_event: 'states',
  changed_state: 'states',
  changed_snapshot: 'states',
  broken_rule: 'states',
  broken_log: 'acts',
};

/** An audit as text, a line each. */
export function describeAudit(
  report: AuditReport,
  trialBalances: readonly TrialBalance[],
): string[] {
  const { differences, difference_count: count } = report;
  const unlisted = count - differences.length;
  return [
    ...trialBalances.map(trialBalanceLine),
    '',
    ...Object.entries(checks).flatMap(([check, { title, counted }]) => {
      const own = differences.filter(({ kind }) => checkOf[kind] === check);
      const verdict = own.length === 0 ? 'ok' : `${own.length} differences`;
      return [
        `${title.padEnd(30)}  ${counted(report).padEnd(44)}  ${verdict}`,
        ...own.map(differenceLine),
      ];
    }),
    '',
    ...(report.not_yet_folded > 0
      ? [`${report.not_yet_folded} transfers are too new to be in the books`]
      : []),
    ...(unlisted > 0 ? [`${unlisted} more differences are not listed`] : []),
    count === 0 ? 'clean' : `${count} differences`,
  ];
}

function trialBalanceLine({ tenant, currency, as_of, ...sums }: TrialBalance): string {
  const text = (minor: bigint) => formatMinor(minor, currency as Currency);
  return [
    tenant.padEnd(16),
    `debits ${text(sums.debits_posted)}, pending ${text(sums.debits_pending)}`.padEnd(52),
    `credits ${text(sums.credits_posted)}, pending ${text(sums.credits_pending)}`.padEnd(52),
    sums.difference === 0n ? 'ok' : `difference ${text(sums.difference)}`,
    `as of ${as_of}`,
  ].join('  ');
}

function differenceLine(difference: Difference): string {
  const { kind, tenant, account, transfer, payment, payout, conversion, says } = difference;
  const about = Object.entries({ account, transfer, payment, payout, conversion })
    .filter(([, id]) => id !== null)
    .map(([what, id]) => `${what} ${id}`);
  const values = Object.entries({ expected: difference.expected, found: difference.found })
    .filter(([, value]) => value !== null)
    .map(([what, value]) => `${what} ${value}`);
  return `  ${kind}: ${[`tenant ${tenant}`, ...about, says, ...values].join('; ')}`;
}
