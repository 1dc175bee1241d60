import type { AccessDecision, AccessQuestion } from '../../../shared/ports/access/access.ts';
import type { PublishedPolicies } from '../../../shared/ports/access/policies.ts';
import {
  type PolicySet,
  parsePolicySet,
} from '../../../shared/runtime/access/policy/engine/set.ts';
import type { Publication } from './publish.ts';

/** A decision with the policies that made it, each with what it is for. */
export function checkText(
  { effect, policies, errors }: AccessDecision,
  asked: { readonly question: AccessQuestion; readonly set: PolicySet; readonly name: string },
): string[] {
  const { principal, action } = asked.question;
  const by = asked.set.policies.filter(({ id }) => policies.includes(id));
  return [
    `${effect}  ${action} by ${principal.id} (${principal.role} of ${principal.tenant}), by ${asked.name}`,
    ...(by.length === 0 ? ['  no policy permits it'] : []),
    ...by.map((policy) => `  ${policy.id}: ${policy.description}`),
    ...errors.map((error) => `  could not be evaluated: ${error}`),
  ];
}

export function publicationText(
  { live, differences, published }: Publication,
  yes: boolean,
): string[] {
  const { added, removed, changed } = differences;
  const parts = { added, removed, changed };
  const lines = Object.entries(parts)
    .filter(([, ids]) => ids.length > 0)
    .map(([what, ids]) => `  ${what}: ${ids.join(', ')}`);
  const before = live ? `version ${live.version}` : 'the built-in set';
  if (published) {
    return [
      `Version ${published.version} is live; every process has it within a minute.`,
      ...lines,
    ];
  }
  if (yes) {
    return [`This set is live already: ${before}.`];
  }
  return [
    `The set passed its review. It would take the place of ${before}:`,
    ...(lines.length > 0 ? lines : ['  the same policies']),
    'With --yes it is published.',
  ];
}

/** @param shown null: nothing was ever published */
export function showText(shown: PublishedPolicies | null): string[] {
  if (!shown) {
    return ['Nothing was published: the built-in set, policies/default.json, decides.'];
  }
  const { version, published, by, reason, hash, text } = shown;
  return [
    `version ${version}, published ${published} by ${by}: ${reason}`,
    `sha256 ${hash}`,
    ...parsePolicySet(text).policies.flatMap((policy) => [
      '',
      `${policy.effect}  ${policy.id}  (${policy.actions.join(', ')})`,
      `  ${policy.condition}`,
      `  ${policy.description}`,
    ]),
  ];
}
