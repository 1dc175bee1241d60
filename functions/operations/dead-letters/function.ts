import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec, logActions } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'operations-dead-letters',
  trigger: {
    kind: 'http',
    endpoints: [
      endpoints.listDeadLetters,
      endpoints.getDeadLetter,
      endpoints.redriveDeadLetter,
      endpoints.discardDeadLetter,
    ],
  },
  // Under the 29 s of API Gateway: a redrive that would take longer leaves the letter, to be said again.
  timeoutMs: 25_000,
  tables: {
    payments: ['Query'],
    operator_log: [...logActions, 'Query'],
    access: accessActions,
  },
  deadLetters: 'handles',
  approvals: 'takes',
});
