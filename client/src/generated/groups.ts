// Made from docs/openapi.json: npm run docs.

import { ConversionsApi } from './api/conversions.ts';
import { CustomersApi } from './api/customers.ts';
import { HealthApi } from './api/health.ts';
import { LedgerApi } from './api/ledger.ts';
import { OperationsApi } from './api/operations.ts';
import { PaymentsApi } from './api/payments.ts';
import { PayoutsApi } from './api/payouts.ts';
import { ReconciliationApi } from './api/reconciliation.ts';
import { ReportsApi } from './api/reports.ts';
import { WebhookEndpointsApi } from './api/webhook-endpoints.ts';
import type { Send } from '../transport/send.ts';

/** Every group of operations. */
export function groupsOf(send: Send) {
  return {
    conversions: new ConversionsApi(send),
    customers: new CustomersApi(send),
    health: new HealthApi(send),
    ledger: new LedgerApi(send),
    operations: new OperationsApi(send),
    payments: new PaymentsApi(send),
    payouts: new PayoutsApi(send),
    reconciliation: new ReconciliationApi(send),
    reports: new ReportsApi(send),
    webhookEndpoints: new WebhookEndpointsApi(send),
  };
}
