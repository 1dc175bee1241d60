import { ledgerEndpoints } from './endpoints/ledger.ts';
import { operationEndpoints } from './endpoints/operations.ts';
import { parkedEndpoints } from './endpoints/parked.ts';
import { paymentEndpoints } from './endpoints/payments.ts';
import { payoutEndpoints } from './endpoints/payouts.ts';
import { reconciliationEndpoints } from './endpoints/reconciliation.ts';

/** Every endpoint of the payment API, by name. The API's routes are made from this table. */
export const endpoints = {
  ...paymentEndpoints,
  ...operationEndpoints,
  ...payoutEndpoints,
  ...ledgerEndpoints,
  ...reconciliationEndpoints,
  ...parkedEndpoints,
};
