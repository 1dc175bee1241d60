import { describe } from 'vitest';
import { dynamoListEntries } from '../../../shared/adapters/dynamo/ledger/ledger-entries.ts';
import { dynamoReadLimited } from '../../../shared/adapters/dynamo/ledger/limited-accounts.ts';
import { dynamoWriteTransfers } from '../../../shared/adapters/dynamo/ledger/write-transfers.ts';
import { dynamoConversionStore } from '../../../shared/adapters/dynamo/payments/conversion-store.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payments/payout-store.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import type { PayoutAdapter } from './adapter.ts';
import { conversionStoreConformance } from './conversion-store.suite.ts';
import { payoutStoreConformance } from './payout-store.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

async function open(): Promise<PayoutAdapter> {
  const { client, names, drop } = await createTables(endpoint as string, ['payments', 'ledger']);
  const listEntries = dynamoListEntries(client, names.ledger);
  return {
    payouts: dynamoPayoutStore(client, names),
    conversions: dynamoConversionStore(client, names),
    write: dynamoWriteTransfers(client, names.ledger),
    readLimited: dynamoReadLimited(client, names.ledger),
    transfers: async (tenant, currency) => {
      const account = 'merchant_available' as const;
      const query = { tenant, currency, account, limit: 100, after: null };
      return (await listEntries(query)).transfers;
    },
    close: drop,
  };
}

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  payoutStoreConformance('DynamoDB', open);
  conversionStoreConformance('DynamoDB', open);
});
