import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { limits, parseIn } from '../engine/expression.ts';
import { covers, type Policy, type PolicySet } from '../engine/set.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The macros that go through a list. */
const loops: ReadonlySet<unknown> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

const roots = ['principal', 'resource', 'context'] as const;

/**
 * Holds a set against what there is to decide about: that each pattern is about an action, each
 * attribute is one, and each expression is a bool by the attributes' types. A typing error in a deny
 * would otherwise be found by whom it should have kept out.
 *
 * @returns what is wrong, by policy; empty when nothing is
 */
export function checkPolicies({ policies }: PolicySet, vocabulary: Vocabulary): string[] {
  const environment = typed(vocabulary);
  return policies.flatMap((policy) => [
    ...unknownActions(policy, vocabulary),
    ...wrongInCondition(policy, vocabulary, environment),
  ]);
}

function typed({ principal, resource, context }: Vocabulary): Environment {
  return new Environment({ limits })
    .registerVariable({ name: 'principal', schema: { ...principal } })
    .registerVariable('action', 'string')
    .registerVariable({ name: 'resource', schema: { ...resource } })
    .registerVariable({ name: 'context', schema: { ...context } });
}

function unknownActions({ id, actions }: Policy, vocabulary: Vocabulary): string[] {
  return actions
    .filter((pattern) => ![...vocabulary.actions].some((action) => covers(pattern, action)))
    .map((pattern) => `${id}: no action is like ${pattern}`);
}

function wrongInCondition(
  { id, condition }: Policy,
  vocabulary: Vocabulary,
  environment: Environment,
): string[] {
  try {
    const { ast } = parseIn(environment, condition);
    return [...new Set(slips(ast, vocabulary))].map((slip) => `${id}: ${slip}`);
  } catch (error) {
    return [`${id}: ${(error as Error).message}`];
  }
}

/** What the types let through: `has` of what there never is, and expressions of unbounded time. */
function slips(node: ASTNode, vocabulary: Vocabulary): string[] {
  const own: string[] = [];
  if (node.op === '.' && node.args[0].op === 'id') {
    const [of, name] = [String(node.args[0].args), node.args[1]];
    const root = roots.find((one) => one === of);
    if (root && !Object.hasOwn(vocabulary[root], name)) {
      own.push(`${root} has no ${name}`);
    }
  }
  if (node.op === 'rcall' && node.args[0] === 'matches') {
    own.push('no regular expressions: nothing bounds their time');
  }
  if (isLoop(node) && bodiesOf(node).some(holdsLoop)) {
    own.push('no loop in the body of another: its time is a product of lengths');
  }
  return [...own, ...childrenOf(node).flatMap((child) => slips(child, vocabulary))];
}

function isLoop({ op, args }: ASTNode): boolean {
  return op === 'rcall' && loops.has(args[0]);
}

/** What a loop does each time. The list that it goes through is made once. */
function bodiesOf({ args }: ASTNode): ASTNode[] {
  return Array.isArray(args) ? childrenOf({ args: args.slice(2) } as ASTNode) : [];
}

function holdsLoop(node: ASTNode): boolean {
  return isLoop(node) || childrenOf(node).some(holdsLoop);
}

function childrenOf({ args }: ASTNode): ASTNode[] {
  const all = Array.isArray(args) ? args.flat(2) : [args];
  return all.filter(
    (one): one is ASTNode => typeof one === 'object' && one !== null && 'op' in one,
  );
}
