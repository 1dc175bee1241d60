import * as z from 'zod/mini';
import type {
  AccessDecision,
  AccessQuestion,
  Decide,
  Principal,
} from '../../../../ports/access/access.ts';
import { type PolicySet, parseJson } from '../engine/set.ts';

const attributes = z.record(z.string(), z.json());

const PolicyCases = z.strictObject({
  /** Who the cases are about, by the names that they use. */
  principals: z.record(
    z.string(),
    z.strictObject({
      tenant: z.string(),
      id: z.string(),
      role: z.string(),
      scopes: z.readonly(z.array(z.string())),
    }),
  ),
  cases: z.array(
    z.strictObject({
      /** A sentence: what has to be so. */
      name: z.string().check(z.minLength(1)),
      principal: z.string(),
      action: z.string(),
      resource: z._default(attributes, {}),
      context: z._default(attributes, {}),
      effect: z.enum(['permit', 'deny']),
      /** The policies that make it, all of them, in any order. */
      policies: z.array(z.string()),
    }),
  ),
});
/** The tests of a set: questions, each with the decision that it has to come to, and by what. */
export type PolicyCases = z.infer<typeof PolicyCases>;

type Case = PolicyCases['cases'][number];

/** @throws {PolicySetRefused} */
export function parsePolicyCases(text: string): PolicyCases {
  return parseJson(PolicyCases, text);
}

/**
 * Runs the tests of a set. A policy that makes the decision of no case is a failure too: nobody has
 * said what it is for.
 *
 * @returns what fails, in words; empty when nothing does
 */
export function failingCases(
  { policies }: PolicySet,
  decide: Decide,
  { principals, cases }: PolicyCases,
): string[] {
  const failures = cases.flatMap((one) => {
    const principal = Object.hasOwn(principals, one.principal)
      ? principals[one.principal]
      : undefined;
    return principal
      ? differences(one, decide(questionOf(one, principal)))
      : [`${one.name}: there is no principal ${one.principal}`];
  });
  const tested = new Set(cases.flatMap((one) => one.policies));
  const untested = policies.filter(({ id }) => !tested.has(id));
  return [...failures, ...untested.map(({ id }) => `${id}: no case is decided by it`)];
}

function questionOf({ action, resource, context }: Case, principal: Principal): AccessQuestion {
  const type = action.slice(0, action.indexOf(':'));
  return {
    principal,
    action,
    resource: { type, tenant: principal.tenant, ...resource },
    context: { time: '2026-01-05T12:00:00.000Z', stage: 'prod', ...context },
  };
}

function differences(
  { name, effect, policies }: Case,
  { effect: decided, policies: by, errors }: AccessDecision,
): string[] {
  const listed = (ids: readonly string[]) => [...ids].sort().join(', ') || 'none';
  const wrong = [
    ...(decided === effect ? [] : [`it is ${decided}, not ${effect}`]),
    ...(listed(by) === listed(policies) ? [] : [`by ${listed(by)}, not by ${listed(policies)}`]),
    ...errors,
  ];
  return wrong.length > 0 ? [`${name}: ${wrong.join('; ')}`] : [];
}
