import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payment-store.ts';
import { observed } from '../../../shared/runtime/observability.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { expireAuthorizations } from './expire-authorizations.ts';

const store = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });

export const handler = observed(expireAuthorizations({ ...store, nextStamp: stampNow }));
