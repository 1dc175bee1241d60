import type { FunctionSpec } from '../shared/runtime/function-spec.ts';
import { spec as customersApi } from './customers/api/function.ts';
import { spec as ledgerAudit } from './ledger/audit/function.ts';
import { spec as ledgerFoldBalances } from './ledger/fold-balances/function.ts';
import { spec as ledgerGetAccount } from './ledger/get-account/function.ts';
import { spec as ledgerGetStatement } from './ledger/get-statement/function.ts';
import { spec as ledgerGetTrialBalance } from './ledger/get-trial-balance/function.ts';
import { spec as ledgerHoldRefund } from './ledger/hold-refund/function.ts';
import { spec as ledgerListAccounts } from './ledger/list-accounts/function.ts';
import { spec as ledgerListEntries } from './ledger/list-entries/function.ts';
import { spec as ledgerRelease } from './ledger/release/function.ts';
import { spec as ledgerReserve } from './ledger/reserve/function.ts';
import { spec as ledgerReturnRefund } from './ledger/return-refund/function.ts';
import { spec as operationsApprove } from './operations/approve/function.ts';
import { spec as operationsDeadLetters } from './operations/dead-letters/function.ts';
import { spec as operationsHealth } from './operations/health/function.ts';
import { spec as operationsOverview } from './operations/overview/function.ts';
import { spec as operationsParked } from './operations/parked/function.ts';
import { spec as paymentsApproveRefund } from './payments/approve-refund/function.ts';
import { spec as paymentsBeginOperation } from './payments/begin-operation/function.ts';
import { spec as paymentsFail } from './payments/fail/function.ts';
import { spec as paymentsFailOperation } from './payments/fail-operation/function.ts';
import { spec as paymentsGet } from './payments/get/function.ts';
import { spec as paymentsGetOperations } from './payments/get-operations/function.ts';
import { spec as paymentsList } from './payments/list/function.ts';
import { spec as paymentsListEvents } from './payments/list-events/function.ts';
import { spec as paymentsProjectList } from './payments/project-list/function.ts';
import { spec as paymentsRelay } from './payments/relay/function.ts';
import { spec as paymentsRepublish } from './payments/republish/function.ts';
import { spec as paymentsRequestOperation } from './payments/request-operation/function.ts';
import { spec as paymentsStartSaga } from './payments/start-saga/function.ts';
import { spec as paymentsSubmit } from './payments/submit/function.ts';
import { spec as paymentsSuspend } from './payments/suspend/function.ts';
import { spec as paymentsSuspendOperation } from './payments/suspend-operation/function.ts';
import { spec as paymentsSweep } from './payments/sweep/function.ts';
import { spec as paymentsTakeNotice } from './payments/take-notice/function.ts';
import { spec as payoutsApi } from './payouts/api/function.ts';
import { spec as payoutsConversions } from './payouts/conversions/function.ts';
import { spec as payoutsFail } from './payouts/fail/function.ts';
import { spec as payoutsInquire } from './payouts/inquire/function.ts';
import { spec as payoutsReserve } from './payouts/reserve/function.ts';
import { spec as payoutsReturn } from './payouts/return/function.ts';
import { spec as payoutsSend } from './payouts/send/function.ts';
import { spec as payoutsSuspend } from './payouts/suspend/function.ts';
import { spec as payoutsSweep } from './payouts/sweep/function.ts';
import { spec as providersCapture } from './providers/capture/function.ts';
import { spec as providersCharge } from './providers/charge/function.ts';
import { spec as providersInquire } from './providers/inquire/function.ts';
import { spec as providersRefund } from './providers/refund/function.ts';
import { spec as providersReverse } from './providers/reverse/function.ts';
import { spec as providersVoid } from './providers/void/function.ts';
import { spec as providersWebhooks } from './providers/webhooks/function.ts';
import { spec as reportsApi } from './reports/api/function.ts';
import { spec as reportsProjectTotals } from './reports/project-totals/function.ts';
import { spec as riskAssessRisk } from './risk/assess-risk/function.ts';
import { spec as settlementBreaks } from './settlement/breaks/function.ts';
import { spec as settlementReconcile } from './settlement/reconcile/function.ts';
import { spec as simulatorApi } from './simulator/api/function.ts';
import { spec as simulatorDeliver } from './simulator/deliver/function.ts';
import { spec as simulatorSettle } from './simulator/settle/function.ts';
import { spec as webhooksApi } from './webhooks/api/function.ts';
import { spec as webhooksDeliver } from './webhooks/deliver/function.ts';
import { spec as webhooksFanOut } from './webhooks/fan-out/function.ts';
import { spec as webhooksWake } from './webhooks/wake/function.ts';

/** Every function of the pipeline; the stacks deploy exactly these. */
export const functionSpecs: readonly FunctionSpec[] = [
  customersApi,
  ledgerAudit,
  ledgerFoldBalances,
  ledgerGetAccount,
  ledgerGetStatement,
  ledgerGetTrialBalance,
  ledgerHoldRefund,
  ledgerListAccounts,
  ledgerListEntries,
  ledgerRelease,
  ledgerReserve,
  ledgerReturnRefund,
  operationsApprove,
  operationsDeadLetters,
  operationsHealth,
  operationsOverview,
  operationsParked,
  paymentsApproveRefund,
  paymentsBeginOperation,
  paymentsFail,
  paymentsFailOperation,
  paymentsGet,
  paymentsGetOperations,
  paymentsList,
  paymentsListEvents,
  paymentsProjectList,
  paymentsRelay,
  paymentsRepublish,
  paymentsRequestOperation,
  paymentsStartSaga,
  paymentsSubmit,
  paymentsSuspend,
  paymentsSuspendOperation,
  paymentsSweep,
  paymentsTakeNotice,
  payoutsApi,
  payoutsConversions,
  payoutsFail,
  payoutsInquire,
  payoutsReserve,
  payoutsReturn,
  payoutsSend,
  payoutsSuspend,
  payoutsSweep,
  providersCapture,
  providersCharge,
  providersInquire,
  providersRefund,
  providersReverse,
  providersVoid,
  providersWebhooks,
  reportsApi,
  reportsProjectTotals,
  riskAssessRisk,
  settlementBreaks,
  settlementReconcile,
  webhooksApi,
  webhooksDeliver,
  webhooksFanOut,
  webhooksWake,
];

/** The PSP simulator, in a stack of its own, never in production. */
export const simulatorSpecs: readonly FunctionSpec[] = [
  simulatorApi,
  simulatorDeliver,
  simulatorSettle,
];
