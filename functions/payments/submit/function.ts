import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-submit',
  trigger: { kind: 'http', endpoints: [endpoints.createPayment] },
  timeoutMs: 15_000,
  tables: {
    payments: ['PutItem', 'GetItem'],
    customers: ['GetItem', 'UpdateItem'],
    access: accessActions,
  },
  dataKeys: ['GenerateDataKey', 'Decrypt'],
  acceptsPaymentMethods: true,
});
