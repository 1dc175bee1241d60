import { setTimeout as after } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions } from '../../../shared/adapters/aws/client-options.ts';
import { sqsCountLetters } from '../../../shared/adapters/aws/dead-letters/count-letters.ts';
import { stageEdges } from '../../../shared/adapters/aws/dead-letters/stage-edges.ts';
import { dynamoKeyStore } from '../../../shared/adapters/dynamo/access/keys.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentHistory } from '../../../shared/adapters/dynamo/payments/history/histories.ts';
import { dynamoPaymentList } from '../../../shared/adapters/dynamo/payments/list/payment-list.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payments/payout-store.ts';
import { dynamoGenerations } from '../../../shared/adapters/dynamo/projections/controls.ts';
import { dynamoReadProviders } from '../../../shared/adapters/dynamo/provider-health/read-providers.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { stageProviderLimits } from '../../../shared/adapters/stage/stage-settings.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { remainingMs, traced } from '../../../shared/runtime/observability.ts';
import { overview } from './overview.ts';

/** What is left to answer with when the parts are due. */
const answerMs = 1_000;

const payments = { payments: tableName('payments') };
const limits = stageProviderLimits();
const readProviders = dynamoReadProviders(dynamo(), tableName('providers'));
const generations = dynamoGenerations(dynamo(), tableName('projections'));

export const handler = httpHandler(
  endpoints.getOverview,
  stageAccess,
  overview({
    tenants: dynamoKeyStore(dynamo(), tableName('access')).tenants,
    list: dynamoPaymentList(dynamo(), tableName('payment_list'), generations).list,
    eventPage: dynamoPaymentHistory(dynamo(), payments.payments).eventPage,
    payments: dynamoPaymentStore(dynamo(), payments),
    payouts: dynamoPayoutStore(dynamo(), payments),
    edges: stageEdges(),
    countLetters: sqsCountLetters(traced(new SQSClient(clientOptions()))),
    providers: (nowMs) => readProviders(limits, nowMs),
    nowMs: Date.now,
    untilDue: () => after(Math.max(0, remainingMs() - answerMs), undefined, { ref: false }),
  }),
);
