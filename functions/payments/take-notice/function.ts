import { functionSpec } from '../../../shared/runtime/function-spec.ts';

export const spec = functionSpec({
  name: 'payments-take-notice',
  trigger: { kind: 'queue', queue: 'provider_notices' },
  // A PSP may be asked within it.
  timeoutMs: 35_000,
  tables: {
    providers: ['GetItem', 'UpdateItem'],
    payments: ['GetItem', 'PutItem'],
    ledger: ['PutItem', 'UpdateItem', 'ConditionCheckItem'],
  },
  callsProvider: true,
  needsFeePlans: true,
  needsAuthorizationWindow: true,
  needsInquirySchedule: true,
});
