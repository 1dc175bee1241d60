import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'providers-charge',
  trigger: { kind: 'saga-task', task: 'charge' },
  timeoutMs: sagaTasks.charge.timeoutMs,
  tables: {
    payments: ['GetItem', 'PutItem'],
    ledger: ['PutItem', 'ConditionCheckItem'],
    providers: ['GetItem', 'UpdateItem'],
  },
  callsProvider: true,
  needsFeePlans: true,
  needsAuthorizationWindow: true,
});
