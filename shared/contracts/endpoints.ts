import { approvalEndpoints } from './endpoints/approvals.ts';
import { ledgerEndpoints } from './endpoints/ledger.ts';
import { operationEndpoints } from './endpoints/operations.ts';
import { parkedEndpoints } from './endpoints/parked.ts';
import { paymentEndpoints } from './endpoints/payments.ts';
import { payoutEndpoints } from './endpoints/payouts.ts';
import { providerEndpoints } from './endpoints/providers.ts';
import { reconciliationEndpoints } from './endpoints/reconciliation.ts';
import { webhookEndpoints } from './endpoints/webhooks.ts';

/** Every endpoint of the payment API, by name. The API's routes are made from this table. */
export const endpoints = {
  ...paymentEndpoints,
  ...operationEndpoints,
  ...approvalEndpoints,
  ...payoutEndpoints,
  ...ledgerEndpoints,
  ...reconciliationEndpoints,
  ...parkedEndpoints,
  ...webhookEndpoints,
  ...providerEndpoints,
};
