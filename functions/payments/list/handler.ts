import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentList } from '../../../shared/adapters/dynamo/payments/payment-list.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { listPayments } from './list.ts';

const { list } = dynamoPaymentList(dynamo(), tableName('payment_list'));

export const handler = httpHandler(endpoints.listPayments, stageAccess, listPayments(list));
