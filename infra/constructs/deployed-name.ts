import type { FunctionSpec } from '../../shared/runtime/function-spec.ts';
import type { Stage } from '../stages.ts';

/** By which AWS knows a function. */
export function deployedName(
  stage: Pick<Stage, 'name'>,
  { name }: Pick<FunctionSpec, 'name'>,
): string {
  return `paysaga-${stage.name}-${name}`;
}

/** Where a function's log is: by a name that saved queries and the runbook can give. */
export function logGroupNameOf(
  stage: Pick<Stage, 'name'>,
  { name }: Pick<FunctionSpec, 'name'>,
): string {
  return `/paysaga/${stage.name}/${name}`;
}

/**
 * The own name of an edge's queue of dead letters, as a dashboard in another stack finds it, a person on
 * their phone, and the permissions of who handles them: no other queue's name ends so.
 *
 * @param edge its name; `*` for all
 */
export function deadLettersName({ name }: Pick<Stage, 'name'>, edge: string): string {
  return `paysaga-${name}-${edge}-dead`;
}
