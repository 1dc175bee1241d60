import { inquiries } from '../../../shared/domain/saga/inquiry.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'providers-inquire',
  trigger: { kind: 'inquiry-task', task: 'inquire' },
  timeoutMs: inquiries.resolve.task.timeoutMs,
  tables: {
    payments: ['GetItem', 'PutItem'],
    ledger: ['PutItem', 'ConditionCheckItem'],
    providers: ['GetItem', 'UpdateItem'],
  },
  callsProvider: true,
  needsFeePlans: true,
  needsAuthorizationWindow: true,
  needsInquirySchedule: true,
});
