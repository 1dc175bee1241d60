import { settlementBucket } from '../aws/settlement-bucket.ts';
import { dynamo, tableName } from '../dynamo/client.ts';
import { dynamoLedgerAudit } from '../dynamo/ledger/ledger-audit.ts';
import { dynamoListEntriesOfDays } from '../dynamo/ledger/ledger-entries.ts';
import { dynamoReadLimited } from '../dynamo/ledger/limited-accounts.ts';
import { dynamoPaymentStore } from '../dynamo/payments/payment-store.ts';
import { dynamoReconciliationStore } from '../dynamo/settlement/reconciliation-store.ts';
import { dynamoReconciliationRuns } from '../dynamo/settlement/runs.ts';
import { setting } from '../environment.ts';

/** What a reconciliation works on in the stage that the environment names, wherever it runs. */
export function stageSettlement() {
  const client = dynamo();
  const ledger = tableName('ledger');
  const settlements = tableName('settlements');
  return {
    files: settlementBucket(setting('SETTLEMENTS_BUCKET')),
    store: dynamoReconciliationStore(client, { settlements, ledger }, patience),
    runs: dynamoReconciliationRuns(client, settlements),
    load: dynamoPaymentStore(client, { payments: tableName('payments') }).load,
    readLimited: dynamoReadLimited(client, ledger),
    entries: dynamoListEntriesOfDays(client, ledger),
    books: dynamoLedgerAudit(client, { ledger, books: tableName('books') }).books,
  };
}

/** Payouts of the same merchant may be at work on what a line makes available: no one waits for it. */
const patience = { withinMs: 30_000 };
