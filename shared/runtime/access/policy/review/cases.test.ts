import { describe, expect, it } from 'vitest';
import { aPrincipal } from '../../../../../test/support/api/access.ts';
import { deny, permit } from '../../../../../test/support/policies.ts';
import { policyEngine } from '../engine/engine.ts';
import { PolicySetRefused } from '../engine/set.ts';
import { failingCases, type PolicyCases, parsePolicyCases } from './cases.ts';

const set = {
  policies: [
    permit('own', 'resource.tenant == principal.tenant'),
    deny('large', 'has(resource.amount) && resource.amount > 100', ['refunds:create']),
  ],
};

const small: PolicyCases['cases'][number] = {
  name: 'a small refund is done',
  principal: 'acme',
  action: 'refunds:create',
  resource: { amount: 100 },
  context: {},
  effect: 'permit',
  policies: ['own'],
};
const large: typeof small = {
  ...small,
  name: 'a large one is not',
  resource: { amount: 101 },
  effect: 'deny',
  policies: ['large'],
};

const failuresOf = (...cases: PolicyCases['cases']) =>
  failingCases(set, policyEngine(set), { principals: { acme: aPrincipal('acme') }, cases });

describe('the tests of a set', () => {
  it('pass when each case comes to its effect by its policies', () => {
    expect(failuresOf(small, large)).toEqual([]);
  });

  it('fail by another effect, and by another policy that made it', () => {
    expect(
      failuresOf({ ...small, resource: { amount: 101 } }, { ...large, policies: ['own', 'large'] }),
    ).toEqual([
      'a small refund is done: it is deny, not permit; by large, not by own',
      'a large one is not: by large, not by large, own',
    ]);
  });

  it('fail by a condition that could not be evaluated, even when the effect is right', () => {
    expect(failuresOf(small, { ...large, resource: { amount: 'a lot' } })).toEqual([
      'a large one is not: large: no such overload at `resource.amount > 100`',
    ]);
  });

  it('fail by a policy that no case is decided by, and by a principal that is none', () => {
    expect(failuresOf({ ...small, principal: 'globex' })).toEqual([
      'a small refund is done: there is no principal globex',
      'large: no case is decided by it',
    ]);
  });

  it.each([
    ['what is no JSON', '{'],
    ['another form', '{"cases": []}'],
    ['an effect that is none', JSON.stringify({ principals: {}, cases: [{ effect: 'allow' }] })],
  ])('are not %s', (_, text) => {
    expect(() => parsePolicyCases(text)).toThrow(PolicySetRefused);
  });
});
