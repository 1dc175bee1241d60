import { dynamoOperatorApprovals } from '../../../shared/adapters/dynamo/access/approvals.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payments/payout-store.ts';
import { stageBank } from '../../../shared/adapters/stage/providers/stage-bank.ts';
import { stageProviders } from '../../../shared/adapters/stage/providers/stage-provider.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import {
  stageAuthorizationWindowMs,
  stageFeePlans,
  stageInquirySchedule,
} from '../../../shared/adapters/stage/stage-settings.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { listParked } from './list.ts';
import { resolveParkedAt } from './resolve/resolve.ts';

const tables = { payments: tableName('payments'), ledger: tableName('ledger') };
const payments = dynamoPaymentStore(dynamo(), tables);
const payouts = dynamoPayoutStore(dynamo(), tables);
const providers = stageProviders();
const bank = stageBank();
const common = {
  log: dynamoOperatorLog(dynamo(), tableName('operator_log')).append,
  nextStamp: stampNow,
  plans: stageFeePlans(),
  authorizationWindowMs: stageAuthorizationWindowMs(),
  settleWindowMs: stageInquirySchedule().settleWindowMs,
};

const { listParked: list, resolveParked: resolve } = endpoints;
const resolving = {
  payments: { ...payments, ...common, providers: () => providers },
  payouts: { ...payouts, ...common, bank: () => bank },
  approvals: dynamoOperatorApprovals(dynamo(), tableName('access')),
};

export const handler = routed([
  {
    endpoint: list,
    handler: httpHandler(list, stageAccess, listParked({ payments, payouts })),
  },
  {
    endpoint: resolve,
    handler: httpHandler(resolve, stageAccess, resolveParkedAt(resolving)),
  },
]);
