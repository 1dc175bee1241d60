import type { AccessQuestion, Decide } from '../../../../ports/access/access.ts';
import { type Condition, celMap, compileCondition } from './expression.ts';
import { covers, type Policy, type PolicySet, PolicySetRefused } from './set.ts';

interface Compiled extends Pick<Policy, 'id' | 'effect' | 'actions'> {
  readonly holds: Condition;
}

/** The policies that are about one action. */
interface Applying {
  readonly denies: readonly Compiled[];
  readonly permits: readonly Compiled[];
}

/**
 * Decides by a set of policies:
 * 1. of those about the action, each deny whose condition holds denies, and so does one whose
 *    condition cannot be evaluated: what was to be kept out may be this
 * 2. where none denies, each permit whose condition holds permits; one that cannot be evaluated does
 *    not
 * 3. where none permits, it is denied
 *
 * All that made a decision are named, so the order of the set means nothing. Conditions are parsed
 * here, once; policies are looked up by action.
 *
 * Source of the rules: deny-overrides, XACML 3.0, C.2.
 *
 * @throws {PolicySetRefused} naming each policy that does not parse or is no bool
 */
export function policyEngine({ policies }: PolicySet): Decide {
  const compiled = compileAll(policies);
  // Actions are named by contracts, not by callers, so there are few.
  const byAction = new Map<string, Applying>();
  return ({ principal, action, resource, context }) => {
    let applying = byAction.get(action);
    if (!applying) {
      applying = applyingTo(action, compiled);
      byAction.set(action, applying);
    }
    const question: AccessQuestion = {
      principal,
      action,
      resource: celMap(resource),
      context: celMap(context),
    };
    const errors: string[] = [];
    const denied = idsOf(applying.denies, question, errors, true);
    if (denied.length > 0) {
      return { effect: 'deny', policies: denied, errors };
    }
    const permitted = idsOf(applying.permits, question, errors, false);
    return { effect: permitted.length > 0 ? 'permit' : 'deny', policies: permitted, errors };
  };
}

function compileAll(policies: readonly Policy[]): Compiled[] {
  const problems: string[] = [];
  const compiled = policies.flatMap(({ id, effect, actions, condition }) => {
    try {
      return [{ id, effect, actions, holds: compileCondition(condition) }];
    } catch (error) {
      problems.push(`${id}: ${(error as Error).message}`);
      return [];
    }
  });
  if (problems.length > 0) {
    throw new PolicySetRefused(problems);
  }
  return compiled;
}

function applyingTo(action: string, compiled: readonly Compiled[]): Applying {
  const applying = compiled.filter(({ actions }) =>
    actions.some((pattern) => covers(pattern, action)),
  );
  return {
    denies: applying.filter(({ effect }) => effect === 'deny'),
    permits: applying.filter(({ effect }) => effect === 'permit'),
  };
}

/** The ids of those whose condition holds; what one without an answer counts as is said. */
function idsOf(
  policies: readonly Compiled[],
  question: AccessQuestion,
  errors: string[],
  countsFailed: boolean,
): string[] {
  const ids: string[] = [];
  for (const { id, holds } of policies) {
    try {
      if (holds(question)) {
        ids.push(id);
      }
    } catch (error) {
      errors.push(`${id}: ${(error as Error).message}`);
      if (countsFailed) {
        ids.push(id);
      }
    }
  }
  return ids;
}
