import type { FunctionSpec } from '../shared/runtime/function-spec.ts';
import { spec as ledgerFoldBalances } from './ledger/fold-balances/function.ts';
import { spec as ledgerGetAccount } from './ledger/get-account/function.ts';
import { spec as ledgerGetTrialBalance } from './ledger/get-trial-balance/function.ts';
import { spec as ledgerListAccounts } from './ledger/list-accounts/function.ts';
import { spec as ledgerListEntries } from './ledger/list-entries/function.ts';
import { spec as ledgerRelease } from './ledger/release/function.ts';
import { spec as ledgerReserve } from './ledger/reserve/function.ts';
import { spec as operationsHealth } from './operations/health/function.ts';
import { spec as paymentsFail } from './payments/fail/function.ts';
import { spec as paymentsGet } from './payments/get/function.ts';
import { spec as paymentsList } from './payments/list/function.ts';
import { spec as paymentsListEvents } from './payments/list-events/function.ts';
import { spec as paymentsProjectList } from './payments/project-list/function.ts';
import { spec as paymentsRelay } from './payments/relay/function.ts';
import { spec as paymentsStartSaga } from './payments/start-saga/function.ts';
import { spec as paymentsSubmit } from './payments/submit/function.ts';
import { spec as paymentsSuspend } from './payments/suspend/function.ts';
import { spec as providersCharge } from './providers/charge/function.ts';
import { spec as providersReverse } from './providers/reverse/function.ts';
import { spec as riskAssessRisk } from './risk/assess-risk/function.ts';
import { spec as simulatorApi } from './simulator/api/function.ts';

/** Every function of the pipeline; the stacks deploy exactly these. */
export const functionSpecs: readonly FunctionSpec[] = [
  ledgerFoldBalances,
  ledgerGetAccount,
  ledgerGetTrialBalance,
  ledgerListAccounts,
  ledgerListEntries,
  ledgerRelease,
  ledgerReserve,
  operationsHealth,
  paymentsFail,
  paymentsGet,
  paymentsList,
  paymentsListEvents,
  paymentsProjectList,
  paymentsRelay,
  paymentsStartSaga,
  paymentsSubmit,
  paymentsSuspend,
  providersCharge,
  providersReverse,
  riskAssessRisk,
];

/** The PSP simulator, in a stack of its own, never in production. */
export const simulatorSpec: FunctionSpec = simulatorApi;
