import type { ScheduledEvent } from 'aws-lambda';
import { dynamoLastReport, dynamoReports } from '../../../shared/adapters/dynamo/audit/reports.ts';
import { dynamoAudit } from '../../../shared/adapters/dynamo/audit/sources.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoOperatorLogChains } from '../../../shared/adapters/dynamo/operator-log.ts';
import { count, logger, observed } from '../../../shared/runtime/observability.ts';
import { audit } from './audit.ts';

const auditBooks = audit({
  sources: dynamoAudit(dynamo(), {
    payments: tableName('payments'),
    ledger: tableName('ledger'),
    books: tableName('books'),
  }),
  acts: dynamoOperatorLogChains(dynamo(), tableName('operator_log')),
  last: dynamoLastReport(dynamo(), tableName('books')),
  store: dynamoReports(dynamo(), tableName('books')),
  now: () => new Date().toISOString(),
  tell: (difference) => logger.error('ledger difference', { difference }),
  count: (differences) => count('LedgerDifference', differences),
});

/** For what is left to do when an audit stops: a thousand lines of the log, and an error. */
const reserveMs = 20_000;

export const handler = observed<ScheduledEvent, void>(async (_event, context) => {
  const { differences: _, ...summary } = await auditBooks(
    () => context.getRemainingTimeInMillis() < reserveMs,
  );
  logger.info('ledger audited', { ...summary });
});
