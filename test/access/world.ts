import builtIn from '../../policies/default.json' with { type: 'json' };
import { memoryKeyStore } from '../../shared/adapters/memory/access/keys.ts';
import type { Endpoint } from '../../shared/contracts/endpoints/endpoint.ts';
import { endpoints } from '../../shared/contracts/endpoints.ts';
import type { PaymentFact } from '../../shared/contracts/events/payment-events.ts';
import { operationId, transferId } from '../../shared/domain/ids.ts';
import { changePayment } from '../../shared/domain/payment/change.ts';
import { operationsTenant } from '../../shared/domain/settlement/break.ts';
import { deliveryOf } from '../../shared/domain/webhook/delivery.ts';
import { policyEngine } from '../../shared/runtime/access/policy/engine/engine.ts';
import { parsePolicySet } from '../../shared/runtime/access/policy/engine/set.ts';
import { tenantHeader } from '../../shared/runtime/http/entry/acting.ts';
import { principalsOf } from '../../shared/runtime/http/entry/api-keys.ts';
import { bearer, hashApiKey } from '../../shared/runtime/http/entry/authenticate.ts';
import { type ApiAnswer, apiEvent } from '../support/api/api-event.ts';
import { aKey } from '../support/api/keys.ts';
import { delivered, edges } from '../support/dead-letters/letters.ts';
import { aCapture, timeAt } from '../support/ledger/transfers.ts';
import { type FactName, facts } from '../support/payments/facts.ts';
import { madeAvailable } from '../support/payouts.ts';
import { aBreak, aChange, aLine } from '../support/settlement/records.ts';
import { aWebhookEvent, webhookTerms } from '../support/webhooks.ts';
import { bodyOf, customerWith, type Ids, queryOf } from './bodies.ts';
import { handlersOf } from './handlers.ts';
import { matrixStores } from './stores.ts';

/** Each with a currency that no other has. */
const currencyOf = { acme: 'EUR', globex: 'USD', hooli: 'GBP' } as const;
type Merchant = keyof typeof currencyOf;
export const merchants = Object.keys(currencyOf) as Merchant[];
export const callers = [...merchants, operationsTenant];
const isMerchant = (name: string): name is Merchant => Object.hasOwn(currencyOf, name);

export type AnyEndpoint = Pick<Endpoint, 'name' | 'method' | 'path' | 'access' | 'answers'>;

/** Nobody's. */
const missing = '01900000-0000-8000-8000-00000000dead';

const decide = policyEngine(parsePolicySet(JSON.stringify(builtIn)));

/** The API with the policies that it comes with, and something of each kind of each merchant. */
export async function matrixWorld() {
  const stores = matrixStores();
  const keys = memoryKeyStore();
  const handlers = handlersOf(
    {
      authenticate: bearer(principalsOf(keys)),
      policies: async () => (question) =>
        decide({ ...question, context: { stage: 'prod', ...question.context } }),
      admit: async () => null,
    },
    stores,
  );

  /** The key of a tenant with these grants. */
  async function keyOf(tenant: string, scopes: readonly string[]): Promise<string> {
    const key = `${tenant} ${scopes.join(' ')}`.replaceAll(' ', '/');
    const isOperator = tenant === operationsTenant;
    await keys.createTenant({ name: tenant, created: timeAt(0) });
    const role = isOperator ? 'operator' : 'merchant';
    await keys.create(aKey({ id: key, tenant, role, scopes }), hashApiKey(key));
    return key;
  }

  let asked = 0;
  /** Calls an endpoint with a key, as a client does who does it right; `named`: for that tenant. */
  async function call(
    { name, method, path }: AnyEndpoint,
    key: string,
    ids: Ids = {},
    named: string | null = null,
  ): Promise<ApiAnswer> {
    const [caller = ''] = (named ?? key).split('/');
    const currency = isMerchant(caller) ? currencyOf[caller] : 'EUR';
    const body = bodyOf(name, ids, currency);
    const event = apiEvent({
      method,
      path,
      pathParameters: ids,
      query: queryOf(name, currency),
      headers: {
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': `key-${++asked}`,
        ...(named === null ? {} : { [tenantHeader]: named }),
      },
      ...(body === undefined ? {} : { body }),
    });
    return (handlers.get(name) as (given: typeof event) => Promise<ApiAnswer>)(event);
  }

  async function made(endpoint: AnyEndpoint, key: string, ids: Ids = {}): Promise<string> {
    const { json, status } = await call(endpoint, key, ids);
    if (typeof json?.id !== 'string') {
      throw new Error(`${endpoint.name}: ${status} ${json?.detail}`);
    }
    return json.id;
  }

  async function aPayment(key: string, ...names: readonly FactName[]): Promise<string> {
    const id = await made(endpoints.createPayment, key);
    for (const name of names) {
      const payment = await stores.payments.load(id);
      if (payment) {
        const fact = ofPayment(facts[name], facts.reserved.facts.transfer_id, id);
        await stores.payments.append(changePayment(payment, fact, stores.nextStamp()));
      }
    }
    return id;
  }

  /** The ids of something of a merchant's for each endpoint that needs some. */
  async function belongings(tenant: Merchant): Promise<ReadonlyMap<string, Ids>> {
    const key = await keyOf(tenant, ['*']);
    const currency = currencyOf[tenant];
    stores.ledger.write([madeAvailable(100_000, { tenant, currency })]);
    const captures = aCapture({ tenant, currency, time: timeAt(0) }, tenant);
    for (const transfer of captures) {
      stores.ledger.write([transfer]);
    }
    const numbered = captures.map((transfer, index) => ({ transfer, sequence: String(index) }));
    await stores.books.fold({ tenant, currency, shardId: 'shard', transfers: numbered });

    const payment = { payment_id: await aPayment(key, 'reserved', 'authorized') };
    const captured = { payment_id: await aPayment(key, 'reserved', 'captured') };
    const parked = { payment_id: await aPayment(key, 'reserved', 'parkedCharge') };
    const operation = async (endpoint: AnyEndpoint, ...names: readonly FactName[]) => {
      const of = { payment_id: await aPayment(key, ...names) };
      return { ...of, operation_id: await made(endpoint, key, of) };
    };
    const payout = { payout_id: await made(endpoints.createPayout, key) };
    const conversion = { conversion_id: await made(endpoints.createConversion, key) };
    const broken = aBreak(aLine(tenant, {}, { file: `${tenant}.csv` }), tenant);
    await stores.settlements.store.write(aChange({ files: broken }));
    const endpoint = { endpoint_id: await made(endpoints.createWebhookEndpoint, key) };
    const stored = await stores.webhookEndpoints.get(tenant, endpoint.endpoint_id);
    const terms = { time: timeAt(1), terms: webhookTerms };
    const sent = stored && deliveryOf(aWebhookEvent(1, { tenant }), stored, terms);
    if (sent) {
      await stores.webhookDeliveries.put({ ...sent, status: 'failed', dueAt: null });
    }
    const accepted = stores.payments.allEvents.find(
      ({ subject }) => subject === payment.payment_id,
    );
    const letter = { letter_id: stores.letters.add(edges.list, delivered(accepted)) };
    const byParameter: Readonly<Record<string, Ids>> = {
      payment_id: payment,
      customer_id: { customer_id: customerWith(currency) },
      payout_id: payout,
      conversion_id: conversion,
      break_id: { break_id: broken.id },
      account_id: { account_id: `merchant_payable.${currency}` },
      endpoint_id: endpoint,
      letter_id: letter,
      delivery_id: { ...endpoint, delivery_id: sent?.id ?? '' },
    };
    const special: Readonly<Record<string, Ids>> = {
      refundPayment: captured,
      approveRefund: captured,
      resolveParked: parked,
      getCapture: await operation(endpoints.capturePayment, 'reserved', 'authorized'),
      getCancellation: await operation(endpoints.cancelPayment, 'reserved', 'authorized'),
      getRefund: await operation(endpoints.refundPayment, 'reserved', 'captured'),
    };
    return new Map(
      Object.values(endpoints).flatMap(({ name, path }) => {
        const last = parametersOf(path).at(-1);
        const ids = special[name] ?? (last === undefined ? {} : byParameter[last]);
        return ids ? [[name, ids] as const] : [];
      }),
    );
  }

  const of = new Map<string, ReadonlyMap<string, Ids>>();
  for (const tenant of merchants) {
    of.set(tenant, await belongings(tenant));
  }
  for (const event of stores.payments.allEvents) {
    await stores.list.project(event, 1);
    await stores.totals.project(event, 1);
  }
  const idsOf = (tenant: string, { name }: AnyEndpoint): Ids | undefined =>
    of.get(tenant)?.get(name);
  stores.calls.length = 0;
  return { calls: stores.calls, call, keyOf, idsOf };
}

/** The names of what a path has in it. */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
}

/** Ids of the same form that nobody has. */
export function missingIds(path: string): Ids {
  return Object.fromEntries(
    parametersOf(path).map((name) => [
      name,
      name === 'account_id' ? 'merchant_payable.CHF' : missing,
    ]),
  );
}

/** A fact of the tests' payment as one of another. */
function ofPayment(fact: PaymentFact, transfer: string, id: string): PaymentFact {
  const charge = facts.authorized.facts.operation_id;
  return JSON.parse(
    JSON.stringify(fact)
      .replaceAll(charge, operationId(id, 'charge'))
      .replaceAll(transfer, transferId(id, 'authorized')),
  );
}
