import { describe } from 'vitest';
import { dynamoListEntries } from '../../../shared/adapters/dynamo/ledger/ledger-entries.ts';
import { dynamoPaymentHistory } from '../../../shared/adapters/dynamo/payments/history/histories.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { createTables } from '../../support/deployed/dynamo-tables.ts';
import { paymentStoreConformance } from './payment-store.suite.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT;

describe.skipIf(!endpoint)(`at ${endpoint}`, () => {
  paymentStoreConformance('DynamoDB', async () => {
    const { client, names, drop } = await createTables(endpoint as string, ['payments', 'ledger']);
    const listEntries = dynamoListEntries(client, names.ledger);
    return {
      store: {
        ...dynamoPaymentStore(client, names),
        ...dynamoPaymentHistory(client, names.payments),
      },
      transfers: async (tenant) => {
        const { transfers } = await listEntries({
          tenant,
          currency: 'EUR',
          account: 'merchant_payable',
          limit: 100,
          after: null,
        });
        return transfers;
      },
      close: drop,
    };
  });
});
