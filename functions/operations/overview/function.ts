import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'operations-overview',
  trigger: { kind: 'http', endpoints: [endpoints.getOverview] },
  timeoutMs: 10_000,
  tables: {
    payment_list: ['Query'],
    payments: ['GetItem', 'Query'],
    projections: ['GetItem'],
    providers: ['Query'],
    access: [...accessActions, 'Query'],
  },
  indexes: { payments: ['by_parked'] },
  deadLetters: 'counts',
  readsProviders: true,
});
