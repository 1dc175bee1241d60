import { afterAll, beforeAll, describe } from 'vitest';
import { dynamoListEntriesOfDays } from '../../../shared/adapters/dynamo/ledger/ledger-entries.ts';
import { dynamoReadLimited } from '../../../shared/adapters/dynamo/ledger/limited-accounts.ts';
import { dynamoWriteTransfers } from '../../../shared/adapters/dynamo/ledger/write-transfers.ts';
import { dynamoBreaks } from '../../../shared/adapters/dynamo/settlement/breaks.ts';
import { dynamoReconciliationStore } from '../../../shared/adapters/dynamo/settlement/reconciliation-store.ts';
import { dynamoReconciliationRuns } from '../../../shared/adapters/dynamo/settlement/runs.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { correctionsHold } from './corrections.suite.ts';
import { debtsArePaid } from './debts.suite.ts';
import { reconcileHolds } from './reconcile.suite.ts';
import { settlementConformance } from './settlement.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

async function dynamoAdapters() {
  const { client, names, drop } = await createTables(endpoint as string, ['settlements', 'ledger']);
  return {
    store: dynamoReconciliationStore(client, names, { withinMs: 60_000 }),
    runs: dynamoReconciliationRuns(client, names.settlements),
    breaks: dynamoBreaks(client, names.settlements),
    write: dynamoWriteTransfers(client, names.ledger),
    readLimited: dynamoReadLimited(client, names.ledger),
    entries: dynamoListEntriesOfDays(client, names.ledger),
    close: drop,
  };
}

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  settlementConformance('DynamoDB', dynamoAdapters);

  describe('over one set of tables', () => {
    let adapters: Awaited<ReturnType<typeof dynamoAdapters>>;
    beforeAll(async () => {
      adapters = await dynamoAdapters();
    });
    afterAll(() => adapters.close());

    debtsArePaid('DynamoDB', () => adapters);
    correctionsHold('DynamoDB', () => adapters);
    reconcileHolds('DynamoDB', () => adapters, 15);
  });
});
