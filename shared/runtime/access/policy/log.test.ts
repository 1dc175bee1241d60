import { describe, expect, it } from 'vitest';
import { recordLogs } from '../../../../test/support/logs.ts';
import { deny, permit, question } from '../../../../test/support/policies.ts';
import { policyEngine } from './engine/engine.ts';
import { logged } from './log.ts';

const decide = logged(
  policyEngine({
    policies: [
      permit('own', 'resource.tenant == principal.tenant'),
      deny('large', 'has(resource.amount) && resource.amount > 100'),
    ],
  }),
  7,
);

describe('the log of decisions', () => {
  const logs = recordLogs();
  const line = {
    message: 'decision',
    action: 'refunds:create',
    policy_set: 7,
    principal: 'key:acme',
    tenant: 'acme',
  };

  it('has a permit for who debugs, and a denial for all', () => {
    decide(question());
    decide(question({ resource: { amount: 101 } }));
    expect(logs.lines()).toEqual([
      expect.objectContaining({ ...line, level: 'DEBUG', effect: 'permit', policies: ['own'] }),
      expect.objectContaining({ ...line, level: 'INFO', effect: 'deny', policies: ['large'] }),
    ]);
  });

  it('warns of a policy that failed', () => {
    decide(question({ resource: { amount: 'a lot' } }));
    expect(logs.lines()).toEqual([
      expect.objectContaining({
        ...line,
        level: 'WARN',
        policies: ['large'],
        errors: ['large: no such overload at `resource.amount > 100`'],
      }),
    ]);
  });

  it('has nothing of the resource or the context', () => {
    decide(
      question({ resource: { amount: 987654, note: 'a customer' }, context: { x: 'secret' } }),
    );
    expect(logs.text()).toContain('decision');
    expect(logs.text()).not.toMatch(/987654|a customer|secret/);
  });

  it('says which set is the built-in one', () => {
    logged(() => ({ effect: 'deny', policies: [], errors: [] }), null)(question());
    expect(logs.lines()[0]).toMatchObject({ policy_set: 'built-in' });
  });
});
