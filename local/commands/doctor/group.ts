import { command } from '../../program/group.ts';
import { json } from '../../program/specs.ts';

export const doctor = command({
  says: 'Checks what this machine has and what is up: tools, packages, versions, the stack, the API. Says of each what to do. Ends with 1 when something is missing.',
  options: { json },
  read: (given) => given,
  run: async (request) => (await import('./command.ts')).doctorCommand(request),
});
