import type { PlantedBug } from './bug.ts';

/** Mistakes with what the PSP may have done. */
export const pspBugs: readonly PlantedBug[] = [
  {
    name: 'busy-is-certain',
    says: 'busy is taken for "nothing was processed", whatever an earlier try of the charge did',
    file: 'functions/providers/charge/charge.ts',
    find: 'return !restarted && retries <= busyTries && lastTry <= retries;',
    replace: 'return !restarted || retries <= busyTries + lastTry;',
  },
  {
    name: 'failover-on-unknown',
    says: 'no answer of the first PSP is taken for a no, and the second one is asked',
    file: 'functions/providers/charge/charge.ts',
    find: '        : answered;',
    replace:
      "        : answered.kind === 'unknown' ? { kind: 'busy' as const, reason: answered.reason } : answered;",
  },
  {
    name: 'retry-on-unknown',
    says: 'a charge whose outcome is unknown is sent again',
    file: 'functions/providers/charge/charge.ts',
    find: '    payment.unknown !== null\n  );',
    replace: '    false\n  );',
  },
  {
    name: 'new-id-for-each-try',
    says: 'each try of a charge is an operation of its own at the PSP',
    file: 'functions/providers/charge/charge.ts',
    find: "operationId: operationId(payment.id, 'charge'),",
    replace: "operationId: operationId(payment.id, 'expire', command.retries),",
  },
  {
    name: 'fail-without-evidence',
    says: 'an operation fails at any fault, though it may have been sent',
    file: 'shared/runtime/operation/end-operation.ts',
    find: "return error === 'ProviderBusy' || isUndone(operation);",
    replace: "return error !== 'never' || isUndone(operation);",
  },
  {
    name: 'not-found-is-no',
    says: 'what the PSP does not find is taken for a no at once',
    file: 'shared/runtime/inquiry/settle-unknown.ts',
    find: '>= settleWindowMs',
    replace: '>= 0',
  },
];
