import {
  type ListDependencies,
  listParked,
  parkedPage,
} from '../../../functions/operations/parked/list.ts';
import {
  type ResolveDependencies,
  resolveParked,
  resolveParkedAt,
} from '../../../functions/operations/parked/resolve/resolve.ts';
import { memoryApprovals } from '../../../shared/adapters/memory/access/approvals.ts';
import { memoryOperatorLog } from '../../../shared/adapters/memory/operator-log.ts';
import { memoryPayoutStore } from '../../../shared/adapters/memory/payments/payout-store.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import type { OperatorApproval } from '../../../shared/domain/access/operator-approval.ts';
import type { OrderInquiry } from '../../../shared/ports/payouts/bank.ts';
import { hashApiKey } from '../../../shared/runtime/http/entry/authenticate.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { accessBy, aPrincipal } from '../api/access.ts';
import { apiEvent, invoke } from '../api/api-event.ts';
import { aPayout, type PayoutFactName } from '../payouts.ts';
import { chargeTerms } from '../sagas/charge-terms.ts';
import { type FactName, facts } from './facts.ts';
import { aReserved } from './reserved.ts';
import { anUnknown, inquiredPsp, settleWindowMs, type UnknownName } from './unknowns.ts';

export type ParkedTenant = 'acme' | 'globex' | 'operations';
type Answers = Parameters<typeof inquiredPsp>[0];

/** What a person writes who has looked. */
export const why = 'looked it up at the PSP';

const access = accessBy(async (hash) => {
  const tenant = (['acme', 'globex', 'operations'] as const).find(
    (name) => hashApiKey(name) === hash,
  );
  return tenant ? aPrincipal(tenant) : null;
});

/** `GET /operations/parked` over these adapters, called by a tenant. */
export function listOf(deps: ListDependencies) {
  const handler = httpHandler(endpoints.listParked, access, listParked(deps));
  return (tenant: ParkedTenant, query: Readonly<Record<string, string>> = {}) =>
    invoke(
      handler,
      apiEvent({
        method: 'GET',
        headers: { Authorization: `Bearer ${tenant}` },
        query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])),
      }),
    );
}

/** `POST /operations/parked/{payment_id}/resolve` over these adapters. */
function resolveOf(deps: ResolveDependencies) {
  const approvals = memoryApprovals<OperatorApproval>();
  const resolving = resolveParkedAt({ ...deps, approvals });
  const handler = httpHandler(endpoints.resolveParked, access, resolving);
  return (id: string, body: unknown, tenant: ParkedTenant = 'operations') =>
    invoke(
      handler,
      apiEvent({
        headers: { Authorization: `Bearer ${tenant}`, 'Content-Type': 'application/json' },
        pathParameters: { payment_id: id },
        body,
      }),
    );
}

/** A payment whose own saga, or whose capture's, did not come to an end: nothing of it is unknown. */
async function aStuck(names: readonly FactName[], operationId: string, manual: boolean) {
  const payment = await aReserved(manual ? { capture_method: 'manual' } : {});
  await payment.write(...names.map((name) => facts[name]));
  return { ...payment, operationId };
}

const stuck = {
  'stuck charge': () => aStuck(['parkedCharge'], facts.parkedCharge.facts.operation_id, false),
  'stuck capture': () =>
    aStuck(
      ['authorized', 'captureRequested', 'captureStarted', 'captureParked'],
      facts.captureParked.facts.operation_id,
      true,
    ),
};

export type ParkedName = UnknownName | keyof typeof stuck;

async function parkedOf(what: UnknownName) {
  const unknown = await anUnknown(what);
  const { operationId, operation } = unknown.open;
  await unknown.write({
    type: 'payment.parked',
    facts: { operation_id: operationId, operation, reason: 'nobody says' },
  });
  return unknown;
}

/** What keeps something waiting for a person: nobody there answers. */
const noAnswer = { kind: 'unavailable', reason: 'no answer' } as const;

/** A payment of which something waits for a person, the endpoints over it, and a PSP that answers so. */
export async function aParked(what: ParkedName, answers: Answers = [noAnswer]) {
  const payment =
    what === 'stuck charge' || what === 'stuck capture'
      ? await stuck[what]()
      : await parkedOf(what);
  const { providers, asked } = inquiredPsp(answers);
  const log = memoryOperatorLog();
  const { store, deps, operationId } = payment;
  const payouts = memoryPayoutStore();
  const common = { ...chargeTerms, nextStamp: deps.nextStamp, settleWindowMs };
  const before = (await payment.types()).length;
  const resolving: ResolveDependencies = {
    payments: { ...common, ...store, log: log.append, providers: () => providers },
    payouts: { ...common, ...payouts, log: log.append, bank: () => bankOf(noAnswer) },
  };
  const resolveWith = (replaced: Partial<ResolveDependencies['payments']> = {}) =>
    resolveOf({ ...resolving, payments: { ...resolving.payments, ...replaced } });
  const resolve = resolveWith();
  const said = (outcome: string, more: Readonly<Record<string, unknown>> = {}) => ({
    operation_id: operationId,
    outcome,
    reason: why,
    ...more,
  });
  return {
    ...payment,
    asked,
    list: listOf({ payments: store, payouts }),
    /** The use cases themselves. */
    uses: { page: parkedPage({ payments: store, payouts }), resolve: resolveParked(resolving) },
    /** What the endpoint works by, but for approvals. */
    resolving,
    /** The endpoint, with some of that replaced. */
    resolveWith,
    said,
    /** Says something as who operates the stage, unless it is somebody else. */
    say: (
      outcome: string,
      more: Readonly<Record<string, unknown>> = {},
      tenant: ParkedTenant = 'operations',
    ) => resolve(payment.id, said(outcome, more), tenant),
    /** The types of the events since it is parked. */
    since: async () => (await payment.types()).slice(before),
    acts: async () => (await log.list({ limit: 100, after: null })).items,
  };
}

function bankOf(answer: OrderInquiry) {
  return { name: 'bank', inquire: async () => answer };
}

/** The same of a payout. */
export async function aParkedPayout(
  names: readonly PayoutFactName[] = ['reserved', 'sending', 'unknown', 'parked'],
  answer: OrderInquiry = noAnswer,
) {
  const payout = await aPayout();
  await payout.write(...names);
  const { store, deps, id } = payout;
  const log = memoryOperatorLog();
  const payments = (await aReserved()).store;
  const common = { ...chargeTerms, nextStamp: deps.nextStamp, settleWindowMs, log: log.append };
  const { providers } = inquiredPsp([]);
  const resolve = resolveOf({
    payments: { ...common, ...payments, providers: () => providers },
    payouts: { ...common, ...store, bank: () => bankOf(answer) },
  });
  return {
    ...payout,
    list: listOf({ payments, payouts: store }),
    say: (
      outcome: string,
      more: Readonly<Record<string, unknown>> = {},
      tenant: ParkedTenant = 'operations',
    ) => resolve(id, { operation_id: id, outcome, reason: why, ...more }, tenant),
    acts: async () => (await log.list({ limit: 100, after: null })).items,
  };
}
