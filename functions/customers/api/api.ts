import { endpoints } from '../../../shared/contracts/endpoints.ts';
import type { AppendOperatorAct } from '../../../shared/ports/operator-log.ts';
import type { LoadPayment } from '../../../shared/ports/payments.ts';
import type { PersonalDataVault } from '../../../shared/ports/personal-data.ts';
import type { Access } from '../../../shared/runtime/http/entry/access.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';
import { eraseCustomer } from './erase.ts';
import { getPaymentCustomer } from './get.ts';

export interface CustomersApiDependencies {
  readonly access: Access;
  readonly load: LoadPayment;
  readonly personalData: Pick<PersonalDataVault, 'open' | 'find' | 'erase'>;
  readonly log: AppendOperatorAct;
  readonly nextStamp: NextStamp;
}

/** All that is served of customers. */
export function customersApi({ access, personalData, load, ...deps }: CustomersApiDependencies) {
  const { getPaymentCustomer: get, eraseCustomer: erase } = endpoints;
  const reading = { load, open: personalData.open };
  return routed([
    { endpoint: get, handler: httpHandler(get, access, getPaymentCustomer(reading)) },
    {
      endpoint: erase,
      handler: httpHandler(erase, access, eraseCustomer({ ...personalData, ...deps })),
    },
  ]);
}
