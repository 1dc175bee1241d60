import { describe, expect, it } from 'vitest';
import { deny, permit, question } from '../../../../../test/support/policies.ts';
import { policyEngine } from './engine.ts';
import { PolicySetRefused } from './set.ts';

const own = permit('own', 'resource.tenant == principal.tenant');

describe('a decision', () => {
  it('is a denial by nobody when no policy permits the action', () => {
    const nothing = { effect: 'deny', policies: [], errors: [] };
    expect(policyEngine({ policies: [permit('a', 'false')] })(question())).toEqual(nothing);
    expect(
      policyEngine({ policies: [permit('a', 'true', ['payments:read'])] })(question()),
    ).toEqual(nothing);
  });

  it('names all policies that permit', () => {
    const decide = policyEngine({
      policies: [own, permit('all', 'true'), permit('none', 'false')],
    });
    expect(decide(question())).toEqual({
      effect: 'permit',
      policies: ['own', 'all'],
      errors: [],
    });
  });

  it('is a denial when one policy denies, and names those alone', () => {
    const decide = policyEngine({ policies: [own, deny('no', 'true'), deny('nor', 'true')] });
    expect(decide(question())).toEqual({ effect: 'deny', policies: ['no', 'nor'], errors: [] });
  });

  it.each([
    ['*', true],
    ['refunds:*', true],
    ['*:create', true],
    ['refunds:create', true],
    ['*:*', true],
    ['refunds:read', false],
    ['refund:create', false],
    ['*:creat', false],
    ['payments:*', false],
  ])('takes the pattern %s to be about refunds:create: %s', (pattern, isAbout) => {
    const decide = policyEngine({ policies: [permit('a', 'true', ['payouts:read', pattern])] });
    expect(decide(question()).effect).toBe(isAbout ? 'permit' : 'deny');
  });
});

describe('a condition that cannot be evaluated', () => {
  it('denies where it is a deny, and says which and where, without a value', () => {
    const decide = policyEngine({
      policies: [own, deny('risky', 'bool(resource.note) && resource.amount > 5')],
    });
    expect(decide(question({ resource: { note: 'private', amount: 6 } }))).toEqual({
      effect: 'deny',
      policies: ['risky'],
      errors: ['risky: bool conversion error at `bool(resource.note)`'],
    });
  });

  it('does not permit where it is a permit, and leaves others to', () => {
    const flawed = permit('flawed', 'resource.nothing == 1');
    const errors = ['flawed: no such key at `nothing`'];
    expect(policyEngine({ policies: [flawed] })(question())).toEqual({
      effect: 'deny',
      policies: [],
      errors,
    });
    expect(policyEngine({ policies: [flawed, own] })(question())).toEqual({
      effect: 'permit',
      policies: ['own'],
      errors,
    });
  });

  it('is none when what fails does not matter', () => {
    const decide = policyEngine({ policies: [own, deny('no', 'false && resource.nothing == 1')] });
    expect(decide(question()).errors).toEqual([]);
  });
});

describe('an expression', () => {
  const holds = (condition: string, resource: Record<string, unknown> = {}) =>
    policyEngine({ policies: [permit('it', condition)] })(
      question({ resource, context: { approved_by: null, limit: 100 } }),
    );

  it.each([
    ['resource.amount > 1000000', 1_000_001, true],
    ['resource.amount > 1000000', 1_000_000, false],
    ['resource.amount >= 1000000', 1_000_000, true],
    ['resource.amount == 1000000', 1_000_000, true],
    ['resource.amount < 1000000.5', 1_000_000, true],
    ['resource.amount in [5, 7]', 7, true],
    ['resource.amount > context.limit', 101, true],
    ['resource.amount * 2 == 2000000000000', 1_000_000_000_000, true],
    ['resource.amount % 100 == 1', 101, true],
    ['type(resource.amount) == int', 5, true],
    ['type(resource.amount) == double', 5.5, true],
    ['resource.amount > 5', 5.5, true],
    ['resource.amount == 9007199254740991', Number.MAX_SAFE_INTEGER, true],
  ])('compares numbers with literals: %s for %d is %s', (condition, amount, expected) => {
    expect(holds(condition, { amount })).toEqual({
      effect: expected ? 'permit' : 'deny',
      policies: expected ? ['it'] : [],
      errors: [],
    });
  });

  it.each([
    ['has(resource.amount)', {}, false],
    ['has(resource.amount)', { amount: undefined }, false],
    ['has(resource.amount)', { amount: 0 }, true],
    ['has(resource.amount) && resource.amount > 5', {}, false],
    ['has(resource.toString) || has(resource.constructor)', {}, false],
    ['has(context.approved_by) && context.approved_by == null', {}, true],
    ['resource.lines.exists(line, line.amount > 5)', { lines: [{ amount: 6 }] }, true],
    ['"payments:*" in principal.scopes', {}, true],
    ['timestamp(context.time).getHours() < 18', {}, true],
    ['action == "refunds:create" && action.startsWith("refunds:")', {}, true],
  ])('knows what is there: %s of %j is %s', (condition, resource, expected) => {
    expect(holds(condition, resource)).toMatchObject({
      effect: expected ? 'permit' : 'deny',
      errors: [],
    });
  });

  it('changes nothing of what is asked about', () => {
    const asked = question({ resource: { amount: 5, deep: { n: 1 } } });
    const before = structuredClone(asked);
    policyEngine({ policies: [own] })(asked);
    expect(asked).toEqual(before);
  });
});

describe('a set', () => {
  it('is refused with each policy that does not parse, has no such variable, or is no bool', () => {
    const policies = [
      own,
      deny('broken', '1 +'),
      deny('unknown', 'subject.id == "x"'),
      deny('no-bool', 'resource.amount'),
      deny('too-much', Array.from({ length: 301 }, () => 'true').join(' && ')),
      deny('wrong-types', '1 + "a" == 2'),
    ];
    let refused: unknown;
    try {
      policyEngine({ policies });
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(PolicySetRefused);
    expect((refused as PolicySetRefused).problems).toEqual([
      'broken: Unexpected token: EOF',
      'unknown: Unknown variable: subject',
      'no-bool: it has to be a bool, and is dyn',
      expect.stringMatching(/^too-much: /),
      'wrong-types: no such overload: int + string',
    ]);
  });
});
