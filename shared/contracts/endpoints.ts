import { customerEndpoints } from './endpoints/customers.ts';
import { deadLetterEndpoints } from './endpoints/dead-letters.ts';
import { ledgerEndpoints } from './endpoints/ledger.ts';
import { overviewEndpoints } from './endpoints/overview.ts';
import { parkedEndpoints } from './endpoints/parked.ts';
import { approvalEndpoints } from './endpoints/payments/approvals.ts';
import { operationEndpoints } from './endpoints/payments/operations.ts';
import { paymentEndpoints } from './endpoints/payments/payments.ts';
import { payoutEndpoints } from './endpoints/payouts.ts';
import { providerEndpoints } from './endpoints/providers.ts';
import { reconciliationEndpoints } from './endpoints/reconciliation.ts';
import { reportEndpoints } from './endpoints/reports.ts';
import { webhookEndpoints } from './endpoints/webhooks.ts';

/** Every endpoint of the payment API, by name. The API's routes are made from this table. */
export const endpoints = {
  ...paymentEndpoints,
  ...operationEndpoints,
  ...approvalEndpoints,
  ...customerEndpoints,
  ...payoutEndpoints,
  ...ledgerEndpoints,
  ...reconciliationEndpoints,
  ...reportEndpoints,
  ...overviewEndpoints,
  ...parkedEndpoints,
  ...deadLetterEndpoints,
  ...webhookEndpoints,
  ...providerEndpoints,
};
