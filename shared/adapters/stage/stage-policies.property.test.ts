import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import builtIn from '../../../policies/default.json' with { type: 'json' };
import { endpoints } from '../../contracts/endpoints.ts';
import { operationsTenant } from '../../domain/settlement/break.ts';
import { policyEngine } from '../../runtime/access/policy/engine/engine.ts';
import { parsePolicySet } from '../../runtime/access/policy/engine/set.ts';

const decide = policyEngine(parsePolicySet(JSON.stringify(builtIn)));
const contracts = Object.values(endpoints);
const actions = [...new Set(contracts.flatMap(({ access }) => access?.action ?? []))];

const question = fc.record({
  principal: fc.record({
    tenant: fc.constantFrom('acme', 'globex', operationsTenant, ''),
    id: fc.constantFrom('key:a', 'key:b', 'jwt:ann', ''),
    role: fc.constantFrom('merchant', 'operator', 'auditor', 'viewer', 'treasurer', ''),
    scopes: fc.constantFrom(
      ['*'],
      ['refunds:*'],
      ['refunds:write', 'approvals:*'],
      ['approvals:*'],
      ['operations:write', 'approvals:*'],
    ),
  }),
  action: fc.constantFrom(...actions),
  resource: fc.record(
    {
      tenant: fc.constantFrom('acme', 'globex', operationsTenant),
      amount: fc.constantFrom(1, 1_000_000, 1_000_001, 100_000_001, 10 ** 12),
      currency: fc.constantFrom('EUR', 'JPY'),
      refunded: fc.constantFrom(0, 1, 999_999, 1_000_000, 10 ** 12),
      at_risk: fc.constantFrom(null, 0, 1_000_000, 1_000_001, 10 ** 12),
    },
    { requiredKeys: ['tenant'] },
  ),
  context: fc.record(
    {
      time: fc.constant('2026-01-05T12:00:00.000Z'),
      stage: fc.constantFrom('local', 'dev', 'prod'),
      approved_by: fc.constantFrom(null, 'key:a', 'key:b', 'jwt:ann'),
    },
    { requiredKeys: ['time', 'stage'] },
  ),
});

/** What nobody but who operates the stage does. */
const forOperators = /:resolve$|^(?:dead_letters|operations|overview):/;

const takesTwo = new Set(['parked:resolve', 'dead_letters:redrive', 'dead_letters:discard']);

describe('the set that the code comes with', () => {
  it('permits nobody but an operator anything of another tenant', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { principal, resource } = asked;
        const isOperator = principal.role === 'operator' && principal.tenant === operationsTenant;
        if (!isOperator && resource.tenant !== principal.tenant) {
          expect(decide(asked).effect).toBe('deny');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('lets no operator move money, and nobody who only looks change a thing', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { role } = asked.principal;
        const [, verb] = asked.action.split(':');
        if (
          (role === 'operator' && verb === 'create') ||
          (['auditor', 'viewer'].includes(role) && verb !== 'read')
        ) {
          expect(decide(asked).effect).toBe('deny');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('lets a large refund through with the approval of somebody else alone, but locally', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { principal, action, resource, context } = asked;
        const { amount = 0, refunded = 0 } = resource;
        const isLarge = amount > 0 && amount + refunded > 1_000_000 && context.stage !== 'local';
        const { approved_by } = context;
        if (
          action === 'refunds:create' &&
          isLarge &&
          (approved_by === null || approved_by === principal.id)
        ) {
          expect(decide(asked).effect).toBe('deny');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('lets no key that can refund approve, but locally', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { principal, action, context } = asked;
        const canRefund = principal.scopes.some((scope) => /^\*$|^refunds:/.test(scope));
        const isKey = principal.id.startsWith('key:');
        if (action === 'approvals:create' && isKey && canRefund && context.stage !== 'local') {
          expect(decide(asked).effect).toBe('deny');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('lets an operator do what puts much at risk, or nobody knows how much, with somebody else alone', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { principal, action, resource, context } = asked;
        const { at_risk: atRisk } = resource;
        const isLarge = atRisk === null || (atRisk !== undefined && atRisk > 1_000_000);
        const isAlone = context.approved_by === null || context.approved_by === principal.id;
        if (takesTwo.has(action) && isLarge && isAlone) {
          expect(decide(asked).effect).toBe('deny');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('lets no key that can act for operators approve, but locally', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { principal, action, context } = asked;
        const canAct = principal.scopes.some((scope) => /^\*$|^operations:/.test(scope));
        const isKey = principal.id.startsWith('key:');
        if (action === 'operations:approve' && isKey && canAct && context.stage !== 'local') {
          expect(decide(asked).effect).toBe('deny');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('permits a merchant its own, but for what waits for an operator and what is very large', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...actions),
        fc.integer({ min: 1, max: 1_000_000 }),
        (action, amount) => {
          const asked = {
            principal: { tenant: 'acme', id: 'key:a', role: 'merchant', scopes: [] },
            action,
            resource: { tenant: 'acme', amount, currency: 'EUR' },
            context: { time: '2026-01-05T12:00:00.000Z', stage: 'prod', approved_by: null },
          };
          expect(decide(asked).effect).toBe(forOperators.test(action) ? 'deny' : 'permit');
        },
      ),
    );
  });

  it('can always be evaluated', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const isKnown = asked.resource.amount !== undefined;
        if (isKnown || asked.context.approved_by === undefined) {
          expect(decide(asked).errors).toEqual([]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(
    contracts.flatMap(({ name, method, access }) =>
      access ? [[name, method, access] as const] : [],
    ),
  )('goes by the verbs: %s', (_, method, { action }) => {
    expect(action.endsWith(':read')).toBe(method === 'GET');
  });
});
