import { operationId, paymentId, requestedId } from '../../../shared/domain/ids.ts';
import { payoutId } from '../../../shared/domain/payout/change.ts';
import type { Core } from '../kernel/process.ts';
import type { ApiAnswer, ApiRequest } from './api.ts';
import type { Plan, PlannedOperation, PlannedPayment, PlannedPayout } from './plan.ts';
import type { MovingWorld } from './world.ts';

/** A request that nothing is known of is sent again, with the same key, so often. */
const sends = 6;
/** So often a client looks whether a payment has come to where something can be asked of it. */
const looks = 8;

const routes = {
  capture: 'POST /payments/{id}/capture',
  cancel: 'POST /payments/{id}/cancel',
  refund: 'POST /payments/{id}/refunds',
} as const;

/** Gives the ids of a plan the names that a reader knows them by. */
export function nameIds(plan: Plan, names: Map<string, string>): void {
  const idOf = new Map<string, string>();
  for (const payment of plan.payments) {
    const id = paymentId(payment.tenant, keyOf(payment.name));
    idOf.set(payment.name, id);
    names.set(id, payment.name);
    names.set(operationId(id, 'charge'), `${payment.name} charge`);
    names.set(operationId(id, 'reverse'), `${payment.name} reversal`);
    for (const attempt of [0, 1, 2, 3]) {
      names.set(operationId(id, 'expire', attempt), `${payment.name} expiry ${attempt + 1}`);
    }
  }
  for (const { name, tenant } of plan.payouts) {
    names.set(payoutId(tenant, keyOf(name)), name);
  }
  for (const { name, payment, kind } of plan.operations) {
    if (kind !== 'read') {
      names.set(requestedId(idOf.get(payment) ?? '', routes[kind], keyOf(name)), name);
    }
  }
}

/** Has clients do what was planned, each at its time. */
export function startClients(
  core: Core,
  { api, stores: { ledger } }: Pick<MovingWorld, 'api' | 'stores'>,
  plan: Plan,
): void {
  const { readLimited } = ledger;
  const { kernel, dice } = core;
  const sleep = (ms: number, key: string) =>
    new Promise<void>((resolve) => kernel.after(ms, key, () => resolve()));

  /** Sends until there is an answer; a client that hears nothing does not know, and asks again. */
  const send = async (by: string, request: ApiRequest): Promise<ApiAnswer | null> => {
    for (let sent = 1; sent <= sends; sent++) {
      const answer = await api.call(by, request);
      if (answer && answer.status < 500) {
        return answer;
      }
      await sleep(dice.int(`${by} waits ${sent}`, 200, 15_000), `${by} sends again ${sent}`);
    }
    return null;
  };

  const pay = async (payment: PlannedPayment, copy: number) => {
    const isChanged = payment.changed && copy === payment.copies;
    const by = copy === 1 ? payment.name : `${payment.name} copy ${copy}`;
    await sleep(payment.atMs + dice.int(`${by} starts`, 0, copy * 400), `${by} begins`);
    const request = {
      function: 'payments-submit',
      method: 'POST',
      resource: '/payments',
      path: {},
      tenant: payment.tenant,
      idempotencyKey: keyOf(payment.name),
    } as const;
    const body = {
      amount: payment.amountMinor + (isChanged ? 1 : 0),
      currency: payment.currency,
      payment_method: payment.paymentMethod,
      capture_method: payment.capture,
      ...(payment.reference === null ? {} : { merchant_reference: payment.reference }),
    };
    if (payment.slip !== null && copy === 1) {
      await send(by, { ...request, body: { ...body, metadata: { note: payment.slip } } });
    }
    await send(by, { ...request, body });
  };

  const operate = async (operation: PlannedOperation, payment: PlannedPayment, copy: number) => {
    const { kind, name } = operation;
    const id = paymentId(payment.tenant, keyOf(payment.name));
    const by = copy === 1 ? name : `${name} copy ${copy}`;
    await sleep(operation.atMs + dice.int(`${by} starts`, 0, copy * 300), `${by} begins`);
    const common = { method: 'GET', path: { payment_id: id }, tenant: payment.tenant } as const;
    const get = {
      ...common,
      function: 'payments-get',
      resource: '/payments/{payment_id}',
    } as const;
    for (let looked = 1; looked <= looks; looked++) {
      const found = await api.call(by, get);
      if (found?.status === 200 && isReady(JSON.parse(found.text).status, kind)) {
        break;
      }
      await sleep(dice.int(`${by} looks ${looked}`, 300, 30_000), `${by} looks again ${looked}`);
    }
    if (kind === 'read') {
      await api.call(by, {
        ...common,
        function: 'payments-get-operations',
        resource: '/payments/{payment_id}/refunds',
      });
      await api.call(by, {
        ...common,
        function: 'payments-list-events',
        resource: '/payments/{payment_id}/events',
      });
      await api.call(by, { ...common, function: 'payments-list', resource: '/payments', path: {} });
      await api.call(by, { ...get, query: { at_version: '2' } });
      // What a stranger is told is on record as well.
      await api.call(by, { ...get, tenant: payment.tenant === 'acme' ? 'globex' : 'acme' });
      return;
    }
    await send(by, {
      ...common,
      method: 'POST',
      function: 'payments-request-operation',
      resource: routes[kind].slice('POST '.length).replace('{id}', '{payment_id}'),
      idempotencyKey: keyOf(name),
      body: bodyOf(operation, payment),
    });
  };

  const payOut = async (payout: PlannedPayout, copy: number) => {
    const by = copy === 1 ? payout.name : `${payout.name} copy ${copy}`;
    const { tenant, currency, share } = payout;
    await sleep(payout.atMs, `${payout.name} looks ${copy}`);
    const { availableMinor } = await readLimited(tenant, currency, 'merchant_available');
    await sleep(dice.int(`${by} starts`, 1, copy * 300), `${by} begins`);
    const id = payoutId(tenant, keyOf(payout.name));
    await send(by, {
      function: 'payouts-api',
      method: 'POST',
      resource: '/payouts',
      path: {},
      tenant,
      idempotencyKey: keyOf(payout.name),
      body: {
        amount: Math.max(1, Math.floor(Number(availableMinor) * share)),
        currency,
        destination: 'ba_merchant',
      },
    });
    await sleep(dice.int(`${by} reads`, 1_000, 60_000), `${by} reads`);
    const get = {
      function: 'payouts-api',
      method: 'GET',
      resource: '/payouts/{payout_id}',
      path: { payout_id: id },
      tenant,
    } as const;
    await api.call(by, get);
    await api.call(by, { ...get, query: { at_version: '1' } });
  };

  for (const payout of plan.payouts) {
    for (let copy = 1; copy <= payout.copies; copy++) {
      void payOut(payout, copy);
    }
  }
  for (const payment of plan.payments) {
    for (let copy = 1; copy <= payment.copies; copy++) {
      void pay(payment, copy);
    }
  }
  for (const operation of plan.operations) {
    const payment = plan.payments.find(({ name }) => name === operation.payment);
    for (let copy = 1; payment && copy <= operation.copies; copy++) {
      void operate(operation, payment, copy);
    }
  }
}

function isReady(status: string, kind: PlannedOperation['kind']): boolean {
  return kind === 'refund'
    ? ['captured', 'partially_captured', 'canceled', 'expired'].includes(status)
    : status !== 'processing';
}

function bodyOf({ kind, share, final }: PlannedOperation, { amountMinor }: PlannedPayment): object {
  const amount = share === null ? {} : { amount: Math.max(1, Math.floor(amountMinor * share)) };
  switch (kind) {
    case 'capture':
      return { ...amount, final };
    case 'refund':
      return amount;
    default:
      return {};
  }
}

function keyOf(name: string): string {
  return `key-of-${name.replaceAll(' ', '-')}`;
}
