import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentHistory } from '../../../shared/adapters/dynamo/payments/history/histories.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { getPayment } from './get.ts';

const payments = tableName('payments');
const { load } = dynamoPaymentStore(dynamo(), { payments });
const { event } = dynamoPaymentHistory(dynamo(), payments);

export const handler = httpHandler(endpoints.getPayment, stageAccess, getPayment({ load, event }));
