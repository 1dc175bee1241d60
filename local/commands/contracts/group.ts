import { command, group } from '../../program/group.ts';
import { json, required } from '../../program/specs.ts';

export type ContractsCommand = { readonly json: boolean } & (
  | { readonly kind: 'check' }
  | { readonly kind: 'release'; readonly version: string }
  | { readonly kind: 'fixtures' }
);

const run = async (request: ContractsCommand) =>
  (await import('./command.ts')).contractsCommand(request);

export const contracts = group<ContractsCommand>(
  'The contracts of events and endpoints, and those of them that are released.',
  {
    check: command({
      says: 'Compares the contracts with those that are released, and says whom they break.',
      options: { json },
      read: (given): ContractsCommand => ({ kind: 'check', ...given }),
      run,
    }),
    release: command({
      says: 'Keeps the contracts as those of a version, unless they may not be it.',
      operands: { version: required('version', 'such as 1.1.0') },
      options: { json },
      read: (given): ContractsCommand => ({ kind: 'release', ...given }),
      run,
    }),
    fixtures: command({
      says: 'Keeps what the code stores, for each version of events that has none yet.',
      options: { json },
      read: (given): ContractsCommand => ({ kind: 'fixtures', ...given }),
      run,
    }),
  },
);
