import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { accessActions, functionSpec, logActions } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'operations-parked',
  trigger: { kind: 'http', endpoints: [endpoints.listParked, endpoints.resolveParked] },
  // The PSP or the bank may be asked within it.
  timeoutMs: 25_000,
  tables: {
    providers: ['GetItem', 'UpdateItem'],
    payments: ['GetItem', 'PutItem', 'Query'],
    ledger: ['PutItem', 'ConditionCheckItem'],
    operator_log: logActions,
    access: accessActions,
  },
  indexes: { payments: ['by_parked'] },
  approvals: 'takes',
  callsProvider: true,
  callsBank: true,
  needsFeePlans: true,
  needsAuthorizationWindow: true,
  needsInquirySchedule: true,
});
