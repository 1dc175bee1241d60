import { describe, expect, it } from 'vitest';
import { deny } from '../../../../../test/support/policies.ts';
import { checkPolicies } from './check.ts';
import { vocabularyOf } from './vocabulary.ts';

const vocabulary = vocabularyOf([
  {
    path: '/payments/{payment_id}/refunds/{operation_id}',
    access: { scope: 'refunds:write', action: 'refunds:create' },
  },
  { path: '/payouts', access: { scope: 'payouts:read', action: 'payouts:read' } },
  { path: '/health', access: null },
]);

const problemsOf = (condition: string, actions = ['*']) =>
  checkPolicies({ policies: [deny('it', condition, actions)] }, vocabulary);

describe('a set, before it is published', () => {
  it.each([
    'resource.payment_id == "p" && resource.operation_id != "o"',
    'has(resource.amount) && resource.amount > 1000000',
    'has(context.approved_by) && context.approved_by == null',
    'context.approved_by != principal.id',
    '"payments:read" in principal.scopes',
    'principal.scopes.exists(scope, scope.startsWith("refunds:"))',
    'principal.scopes.filter(scope, scope != "*").map(scope, scope + "!").all(one, one != "")',
    'principal.scopes.all(a, a != "") && principal.scopes.exists(b, b == "*")',
    'timestamp(context.time).getDayOfWeek("Europe/Berlin") in [0, 6]',
    'resource.type == "refunds" && resource.currency in ["EUR", "USD"]',
    'resource["tenant"] == principal["tenant"]',
    'context.stage == "prod" || action == "refunds:create"',
  ])('may say %s', (condition) => {
    expect(problemsOf(condition)).toEqual([]);
  });

  it.each([
    ['resource.amout > 5', 'it: No such key: amout'],
    ['has(resource.amout)', 'it: resource has no amout'],
    ['has(resource.amount) && !has(context.aproved_by)', 'it: context has no aproved_by'],
    ['resource["amout"] > 5', 'it: No such key: amout'],
    ['principal.name == "x"', 'it: No such key: name'],
    ['resource.amount > "1000"', 'it: no such overload: int > string'],
    ['resource.currency == 978', 'it: no such overload: string == int'],
    ['principal.role', 'it: it has to be a bool, and is string'],
    ['resource.amount >', 'it: Unexpected token: EOF'],
    ['who.id == "x"', 'it: Unknown variable: who'],
    ['principal.id.matches("(a+)+$")', 'it: no regular expressions: nothing bounds their time'],
    [
      'principal.scopes.exists(scope, scope.matches(resource.currency))',
      'it: no regular expressions: nothing bounds their time',
    ],
  ])('may not say %s', (condition, problem) => {
    expect(problemsOf(condition)).toEqual([problem]);
  });

  const loops = ['all', 'exists', 'exists_one', 'map', 'filter'];
  const bools = (loop: string, body: string) => {
    const call = `principal.scopes.${loop}(x, ${body})`;
    return ['map', 'filter'].includes(loop) ? `${call}.size() > 0` : call;
  };

  it.each(loops.flatMap((outer) => loops.map((inner) => [outer, inner] as const)))(
    'may not loop by %s over a loop by %s',
    (outer, inner) => {
      const product = 'it: no loop in the body of another: its time is a product of lengths';
      const nested = bools(inner, 'x != ""');
      expect(problemsOf(nested)).toEqual([]);
      expect(problemsOf(bools(outer, nested))).toEqual([product]);
      expect(problemsOf(bools(outer, `x == "" || !(true && ${nested})`))).toEqual([product]);
    },
  );

  it('may not be about an action that there is not', () => {
    expect(
      problemsOf('true', ['refunds:create', 'refund:create', 'payouts:*', '*:delete', '*']),
    ).toEqual(['it: no action is like refund:create', 'it: no action is like *:delete']);
  });
});
