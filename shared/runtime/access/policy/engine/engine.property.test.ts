import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { question } from '../../../../../test/support/policies.ts';
import { policyEngine } from './engine.ts';
import type { Policy } from './set.ts';

const actions = ['refunds:create', 'refunds:read', 'payouts:create'] as const;

/** Conditions with what they come to for the question below; null: nothing. */
const outcomes = {
  true: true,
  false: false,
  'resource.tenant == principal.tenant': true,
  'resource.amount > 1000000': false,
  'has(resource.nothing)': false,
  'resource.nothing == 1': null,
  'resource.tenant > 5': null,
} as const;

type ConditionText = keyof typeof outcomes;

const policy = fc.record({
  effect: fc.constantFrom('permit', 'deny'),
  actions: fc.subarray(['*', 'refunds:*', '*:create', ...actions], { minLength: 1 }),
  condition: fc.constantFrom(...(Object.keys(outcomes) as ConditionText[])),
});

const set = fc.array(policy, { minLength: 1, maxLength: 12 }).map((policies) =>
  policies.map(
    (one, n): Policy => ({
      ...one,
      id: `p-${n}`,
      effect: one.effect as Policy['effect'],
      description: 'of a property',
    }),
  ),
);

const decideBy = (policies: readonly Policy[], action: string) =>
  policyEngine({ policies: [...policies] })(question({ action, resource: { amount: 1_000_000 } }));

const isAbout = ({ actions: patterns }: Policy, action: string) =>
  patterns.some((pattern) =>
    new RegExp(`^${pattern.replace(/^\*$/, '.*').replaceAll(/(?<!\.)\*/g, '[^:]*')}$`).test(action),
  );

describe('the engine', () => {
  it('decides as the rule says: any deny, else any permit, else a denial', () => {
    fc.assert(
      fc.property(set, fc.constantFrom(...actions), (policies, action) => {
        const about = policies.filter((one) => isAbout(one, action));
        const outcomeOf = ({ condition }: Policy) => outcomes[condition as ConditionText];
        const ids = (some: readonly Policy[]) => some.map(({ id }) => id);
        const denying = about.filter((p) => p.effect === 'deny' && outcomeOf(p) !== false);
        const permitting = about.filter((p) => p.effect === 'permit' && outcomeOf(p) === true);
        const isDenied = denying.length > 0;
        const decided = decideBy(policies, action);
        expect(decided).toMatchObject({
          effect: isDenied || permitting.length === 0 ? 'deny' : 'permit',
          policies: ids(isDenied ? denying : permitting),
        });
        const asked = about.filter(({ effect }) => effect === 'deny' || !isDenied);
        expect(decided.errors.map((error) => error.split(':')[0]).sort()).toEqual(
          ids(asked.filter((p) => outcomeOf(p) === null)).sort(),
        );
      }),
    );
  });

  it('decides the same in whatever order the policies stand', () => {
    const inOrders = set.chain((policies) =>
      fc.tuple(
        fc.constant(policies),
        fc.shuffledSubarray(policies, {
          minLength: policies.length,
          maxLength: policies.length,
        }),
      ),
    );
    fc.assert(
      fc.property(inOrders, fc.constantFrom(...actions), ([policies, shuffled], action) => {
        const sorted = ({ effect, policies: by, errors }: ReturnType<typeof decideBy>) => ({
          effect,
          by: [...by].sort(),
          errors: [...errors].sort(),
        });
        expect(sorted(decideBy(shuffled, action))).toEqual(sorted(decideBy(policies, action)));
      }),
    );
  });

  it('never permits more with one more deny, nor less with one more permit', () => {
    fc.assert(
      fc.property(set, policy, fc.constantFrom(...actions), (policies, more, action) => {
        const added = { ...more, id: 'added', description: 'of a property' };
        const before = decideBy(policies, action).effect;
        const denied = decideBy([...policies, { ...added, effect: 'deny' }], action).effect;
        const permitted = decideBy([...policies, { ...added, effect: 'permit' }], action).effect;
        expect(before === 'deny' && denied === 'permit').toBe(false);
        expect(before === 'permit' && permitted === 'deny').toBe(false);
      }),
    );
  });
});
