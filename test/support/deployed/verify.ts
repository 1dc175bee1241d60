import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoAudit } from '../../../shared/adapters/dynamo/audit/sources.ts';
import { dynamoOperatorLogChains } from '../../../shared/adapters/dynamo/operator-log.ts';
import { auditActs } from '../../../shared/domain/audit/acts.ts';
import { auditLedger, reportOf } from '../../../shared/domain/audit/audit.ts';
import type { AuditReport } from '../../../shared/domain/audit/report.ts';
import { awsClientConfig, outputOf } from './stack.ts';
import { until } from './until.ts';

/**
 * Audits the deployed ledger, as `npm run ledger -- verify` does, once every transfer is folded; the
 * report says what differs.
 */
export async function verify(): Promise<AuditReport> {
  const client = new DynamoDBClient(awsClientConfig);
  const sources = dynamoAudit(client, {
    payments: outputOf('PaymentsTableName'),
    ledger: outputOf('LedgerTableName'),
    books: outputOf('BooksTableName'),
  });
  const log = dynamoOperatorLogChains(client, outputOf('OperatorLogTableName'));
  try {
    return await until('every transfer to be folded', async () => {
      const started = new Date().toISOString();
      const isOutOfTime = () => false;
      const result = await auditLedger(sources, { started, isOutOfTime });
      const acts = await auditActs(log, result.found, { seen: {}, isOutOfTime });
      const report = reportOf(result, { started, ended: new Date().toISOString() }, acts);
      return report.not_yet_folded === 0 ? report : null;
    });
  } finally {
    client.destroy();
  }
}
