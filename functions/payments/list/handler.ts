import { setTimeout as pause } from 'node:timers/promises';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentList } from '../../../shared/adapters/dynamo/payments/list/payment-list.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { dynamoGenerations } from '../../../shared/adapters/dynamo/projections/controls.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { remainingMs } from '../../../shared/runtime/observability.ts';
import { listPayments } from './list.ts';

const { load, byReference } = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });
const generations = dynamoGenerations(dynamo(), tableName('projections'));
const { list, find } = dynamoPaymentList(dynamo(), tableName('payment_list'), generations);

export const handler = httpHandler(
  endpoints.listPayments,
  stageAccess,
  listPayments({
    list,
    find,
    load,
    byReference,
    nowMs: Date.now,
    pause,
    remainingMs,
  }),
);
