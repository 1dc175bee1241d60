import type { Example } from './example.ts';
import { ledgerExamples } from './money/ledger.ts';
import { payoutExamples } from './money/payouts.ts';
import { reportExamples } from './money/reports.ts';
import { settlementExamples } from './money/settlement.ts';
import { operatorExamples } from './operators.ts';
import { historyExamples } from './payments/histories.ts';
import { operationExamples } from './payments/operations.ts';
import { paymentExamples } from './payments/payments.ts';
import { refundExamples } from './payments/refunds.ts';
import { refusalExamples } from './payments/refusals.ts';
import { deliveryExamples } from './webhooks/deliveries.ts';
import { webhookEndpointExamples } from './webhooks/webhook-endpoints.ts';

/** Every example, in the order in which they are executed. */
export const examples: readonly Example[] = [
  ...webhookEndpointExamples,
  ...paymentExamples,
  ...historyExamples,
  ...refusalExamples,
  ...operationExamples,
  ...refundExamples,
  ...deliveryExamples,
  ...ledgerExamples,
  ...reportExamples,
  ...settlementExamples,
  ...payoutExamples,
  ...operatorExamples,
];
