import type { Decide } from '../../../ports/access/access.ts';
import { logger } from '../../observability.ts';

/**
 * Writes each decision into the log: denials for all to see, permits for who debugs, and an
 * expression that failed as a warning. Who, what and by which policies, never the resource: it has
 * amounts.
 *
 * @param version of the set; null: the built-in one
 */
export function logged(decide: Decide, version: number | null): Decide {
  return (question) => {
    const decision = decide(question);
    const { effect, policies, errors } = decision;
    const { principal, action } = question;
    logger[levelOf(decision)]('decision', {
      action,
      effect,
      policies,
      errors,
      policy_set: version ?? 'built-in',
      principal: principal.id,
      tenant: principal.tenant,
    });
    return decision;
  };
}

function levelOf({ effect, errors }: ReturnType<Decide>): 'debug' | 'info' | 'warn' {
  if (errors.length > 0) {
    return 'warn';
  }
  return effect === 'permit' ? 'debug' : 'info';
}
