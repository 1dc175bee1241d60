import { parkedPage } from '../../../functions/operations/parked/list.ts';
import { resolveParked } from '../../../functions/operations/parked/resolve/resolve.ts';
import { needsProviderUrl, type StageName, secretPrefix, stages } from '../../../infra/stages.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payments/payout-store.ts';
import { stageBank } from '../../../shared/adapters/stage/providers/stage-bank.ts';
import { stageProviders } from '../../../shared/adapters/stage/providers/stage-provider.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { UsageError } from '../../program/exit.ts';
import type { Outputs } from '../deployed.ts';
import type { ParkedDependencies } from './command.ts';

/** What is parked in the stage that this process has the environment of. */
export function parkedOf(name: StageName, outputs: Outputs): ParkedDependencies {
  const tables = { payments: tableName('payments'), ledger: tableName('ledger') };
  const payments = dynamoPaymentStore(dynamo(), tables);
  const payouts = dynamoPayoutStore(dynamo(), tables);
  const { feePlans: plans, authorizationWindowMs, inquiry } = stages[name];
  const common = {
    log: dynamoOperatorLog(dynamo(), tableName('operator_log')).append,
    nextStamp: stampNow,
    plans,
    authorizationWindowMs,
    settleWindowMs: inquiry.settleWindowMs,
  };
  return {
    page: parkedPage({ payments, payouts }),
    resolve: resolveParked({
      payments: {
        ...payments,
        ...common,
        providers: () => {
          takeAsked('PROVIDER_URL', name, outputs);
          return stageProviders();
        },
      },
      payouts: {
        ...payouts,
        ...common,
        bank: () => {
          takeAsked('BANK_URL', name, outputs);
          return stageBank();
        },
      },
    }),
    now: () => new Date().toISOString(),
  };
}

/** Makes this process know where a PSP or the bank is, as a function that calls it does. */
function takeAsked(variable: 'PROVIDER_URL' | 'BANK_URL', name: StageName, outputs: Outputs): void {
  const { providers, routes, providerDeadlineMs } = stages[name];
  const url = process.env[variable] ?? outputs.SimulatorUrl;
  if (!url && (variable === 'BANK_URL' || needsProviderUrl(stages[name]))) {
    throw new UsageError(`set ${variable}: where what is to be asked is, is not in the stage`);
  }
  Object.assign(process.env, {
    ...(url && { [variable]: url }),
    SECRET_PREFIX: secretPrefix(stages[name]),
    PROVIDER_DEADLINE_MS: String(providerDeadlineMs),
    PROVIDER_LIMITS: JSON.stringify(providers),
    PROVIDER_ROUTES: JSON.stringify(routes),
    PROVIDERS_TABLE: outputs.ProvidersTableName ?? '',
  });
}
