import builtIn from '../../policies/default.json' with { type: 'json' };
import { endpoints } from '../../shared/contracts/endpoints.ts';
import type { AccessQuestion } from '../../shared/ports/access/access.ts';
import { policyEngine } from '../../shared/runtime/access/policy/engine/engine.ts';
import {
  covers,
  type Policy,
  parsePolicySet,
} from '../../shared/runtime/access/policy/engine/set.ts';

import { type Figure, microseconds, type Section } from './timing.ts';

const all = 100;
const currencies = ['EUR', 'USD', 'GBP', 'JPY', 'CHF'];

/** A limit as a company adds them: for an action, a currency and an amount. */
function limitOf(n: number, action: string): Policy {
  const currency = currencies[n % currencies.length];
  return {
    id: `limit-${n}`,
    effect: 'deny',
    actions: [action],
    condition: `has(resource.amount) && resource.amount > ${1_000_000 + n} && resource.currency == "${currency}"`,
    description: 'A limit.',
  };
}

/** The same condition, by hand. */
function limitByHand(n: number) {
  const currency = currencies[n % currencies.length];
  return ({ resource }: AccessQuestion) =>
    resource.amount !== undefined &&
    (resource.amount as number) > 1_000_000 + n &&
    resource.currency === currency;
}

/** The policies that the code comes with, by hand, as far as they are about a refund. */
const builtInByHand: readonly ((question: AccessQuestion) => boolean)[] = [
  ({ principal, resource }) =>
    resource.tenant !== principal.tenant && principal.role !== 'operator',
  ({ principal }) => principal.tenant === '' || principal.id === '',
  ({ principal }) => principal.role === 'operator' && principal.tenant !== 'operations',
  ({ principal }) => principal.role === 'operator',
  ({ principal, action }) =>
    ['auditor', 'viewer'].includes(principal.role) && !action.endsWith(':read'),
  ({ principal, resource, context }) =>
    context.approved_by !== undefined &&
    (resource.amount as number) > 1_000_000 &&
    (context.approved_by === null || context.approved_by === principal.id) &&
    context.stage !== 'local',
];

const question: AccessQuestion = {
  principal: { tenant: 'acme', id: 'key:a1', role: 'merchant', scopes: ['refunds:write'] },
  action: 'refunds:create',
  resource: { type: 'refunds', tenant: 'acme', payment_id: 'p', amount: 2_500, currency: 'EUR' },
  context: { time: '2026-01-05T12:00:00.000Z', stage: 'prod', approved_by: null },
};

/** What a decision takes by a set of a hundred, beside the same conditions by hand. */
export async function benchPolicies(): Promise<Section> {
  const { policies } = parsePolicySet(JSON.stringify(builtIn));
  const actions = [
    ...new Set(Object.values(endpoints).flatMap(({ access }) => access?.action ?? [])),
  ];
  const spread = (n: number) => actions[n % actions.length] ?? question.action;
  const sets = { 'over all actions': spread, 'all about this action': () => question.action };
  const figures: Figure[] = [];
  for (const [name, actionOf] of Object.entries(sets)) {
    const limits = Array.from({ length: all - policies.length }, (_, n) => limitOf(n, actionOf(n)));
    const decide = policyEngine({ policies: [...policies, ...limits] });
    const about = [...policies, ...limits].filter((policy) =>
      policy.actions.some((pattern) => covers(pattern, question.action)),
    );
    const byHand = [
      ...builtInByHand,
      ...limits.flatMap((limit, n) => (about.includes(limit) ? [limitByHand(n)] : [])),
    ];
    const decideByHand = () =>
      !byHand.some((denies) => denies(question)) &&
      question.resource.tenant === question.principal.tenant;
    if (decide(question).effect !== 'permit' || !decideByHand()) {
      throw new Error('the benchmark is of a question that is permitted');
    }
    const [value, reference] = await microseconds([() => decide(question), decideByHand], {
      batch: 5_000,
      turns: 25,
    });
    figures.push({
      what: `a decision, ${name} (${about.length} about it)`,
      value,
      unit: 'us',
      reference,
      beside: 'by hand',
    });
  }
  return {
    title: 'Policies',
    says: `A decision by ${all} policies, warm, beside the same conditions written by hand.`,
    figures,
  };
}
