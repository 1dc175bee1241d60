import { policyEngine } from '../engine/engine.ts';
import { type PolicySet, PolicySetRefused, parsePolicySet } from '../engine/set.ts';
import { failingCases, parsePolicyCases } from './cases.ts';
import { checkPolicies } from './check.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What one item of the table has room for, with the rest of it. */
const maxBytes = 256 * 1024;

/**
 * What a set has to pass before it goes live:
 * 1. it is of the form of a set, and small enough to be stored
 * 2. each policy is about actions and attributes that there are, and a bool by their types
 * 3. it compiles as the processes compile it
 * 4. each of its tests comes to its decision, and each policy has one
 *
 * @throws {PolicySetRefused} naming each failure
 */
export function reviewed(
  { text, cases }: { readonly text: string; readonly cases: string },
  vocabulary: Vocabulary,
): PolicySet {
  if (Buffer.byteLength(text) > maxBytes) {
    throw new PolicySetRefused([`it has more than ${maxBytes} bytes`]);
  }
  const set = parsePolicySet(text);
  refuse(checkPolicies(set, vocabulary));
  const tests = parsePolicyCases(cases);
  refuse(
    tests.cases
      .filter(({ action }) => !vocabulary.actions.has(action))
      .map(({ name, action }) => `${name}: there is no action ${action}`),
  );
  refuse(failingCases(set, policyEngine(set), tests));
  return set;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) {
    throw new PolicySetRefused(problems);
  }
}
