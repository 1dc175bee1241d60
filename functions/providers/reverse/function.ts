import { sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'providers-reverse',
  trigger: { kind: 'saga-task', task: 'reverse' },
  timeoutMs: sagaTasks.reverse.timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'], providers: ['GetItem', 'UpdateItem'] },
  callsProvider: true,
});
