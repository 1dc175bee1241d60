import { inquiries } from '../../../shared/domain/saga/inquiry.ts';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payouts-inquire',
  trigger: { kind: 'inquiry-task', task: 'inquire-payout' },
  timeoutMs: inquiries['resolve-payout'].task.timeoutMs,
  tables: { payments: ['GetItem', 'PutItem'] },
  callsBank: true,
  needsInquirySchedule: true,
});
