import { expect } from 'vitest';
import { getPayment } from '../../../functions/payments/get/get.ts';
import {
  getOperation,
  listDisputes,
  listOperations,
} from '../../../functions/payments/get-operations/get-operations.ts';
import { listPayments } from '../../../functions/payments/list/list.ts';
import { listPaymentEvents } from '../../../functions/payments/list-events/list-events.ts';
import { requestOperation } from '../../../functions/payments/request-operation/request-operation.ts';
import { submit } from '../../../functions/payments/submit/submit.ts';
import { memoryApprovals } from '../../../shared/adapters/memory/access/approvals.ts';
import { memoryPaymentList } from '../../../shared/adapters/memory/payments/payment-list.ts';
import { memoryPaymentStore } from '../../../shared/adapters/memory/payments/payment-store.ts';
import { memoryPersonalData } from '../../../shared/adapters/memory/personal-data.ts';
import type { Endpoint } from '../../../shared/contracts/endpoints/endpoint.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import type { OperationKind } from '../../../shared/domain/payment/operations/operation.ts';
import type { FindPrincipal } from '../../../shared/ports/access/access.ts';
import type { PaymentHistory, PaymentStore } from '../../../shared/ports/payments.ts';
import type { PersonalDataVault } from '../../../shared/ports/personal-data.ts';
import type { Access } from '../../../shared/runtime/http/entry/access.ts';
import { hashApiKey } from '../../../shared/runtime/http/entry/authenticate.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { facts } from '../payments/facts.ts';
import { countingStamps } from '../payments/payments.ts';
import { accessBy, aPrincipal } from './access.ts';
import { type ApiAnswer, type ApiEventParts, apiEvent, invoke } from './api-event.ts';

/** The keys of the tests' tenants. */
export const keyOf = { acme: 'key-of-acme', globex: 'key-of-globex' } as const;

export const findTestPrincipal: FindPrincipal = async (keyHash) => {
  const [tenant] = Object.entries(keyOf).find(([, key]) => hashApiKey(key) === keyHash) ?? [];
  return tenant ? aPrincipal(tenant) : null;
};

/** The body of a payment with nothing in it but what it needs. */
export const leastBody = { amount: 10_000, currency: 'EUR', payment_method: 'tok_approve' };

/** The payment endpoints over the in-memory adapters, called as API Gateway calls them. */
export function memoryApi(
  replaced: Partial<PaymentStore & PaymentHistory> = {},
  personalData: PersonalDataVault = memoryPersonalData(),
) {
  const store = memoryPaymentStore();
  const list = memoryPaymentList();
  const nextStamp = countingStamps();
  const { accept, append, load, event, eventPage } = store;
  const ports = { accept, append, load, event, eventPage, ...replaced };
  const access = accessBy(findTestPrincipal);
  const acceptsPaymentMethod = (token: string) => token.startsWith('tok_');
  const { seal } = personalData;
  const create = httpHandler(
    endpoints.createPayment,
    access,
    submit({ ...ports, seal, nextStamp, acceptsPaymentMethod }),
  );
  const get = httpHandler(endpoints.getPayment, access, getPayment(ports));
  const events = httpHandler(endpoints.listPaymentEvents, access, listPaymentEvents(ports));
  const page = httpHandler(
    endpoints.listPayments,
    access,
    listPayments({ ...list, ...ports, byReference: store.byReference, ...virtualTime() }),
  );
  const ask = requestsOf(
    { ...ports, approvals: memoryApprovals(), nextStamp, pause: async () => {} },
    access,
  );
  const found = readsOf(ports.load, access);
  const read = (tenant: keyof typeof keyOf, { headers, ...parts }: ApiEventParts) =>
    apiEvent({
      method: 'GET',
      ...parts,
      headers: { Authorization: `Bearer ${keyOf[tenant]}`, ...headers },
    });
  let key = 0;
  return {
    store,
    list,
    nextStamp,
    /** `POST /payments` with headers that are right, and a key of its own, unless told otherwise. */
    pay: (
      body: unknown = leastBody,
      parts: ApiEventParts = {},
      tenant: keyof typeof keyOf = 'acme',
    ) =>
      invoke(
        create,
        apiEvent({
          ...parts,
          body,
          headers: {
            Authorization: `Bearer ${keyOf[tenant]}`,
            'Content-Type': 'application/json',
            'Idempotency-Key': `key-${++key}`,
            ...parts.headers,
          },
        }),
      ),
    /** `POST /payments` with an event as it is. */
    post: (event: ReturnType<typeof apiEvent>) => invoke(create, event),
    get: (id: string, parts: ApiEventParts = {}, tenant: keyof typeof keyOf = 'acme') =>
      invoke(get, read(tenant, { pathParameters: { payment_id: id }, ...parts })),
    events: (id: string, parts: ApiEventParts = {}, tenant: keyof typeof keyOf = 'acme') =>
      invoke(events, read(tenant, { pathParameters: { payment_id: id }, ...parts })),
    /** Asks something of a payment, with headers that are right, and a key of its own. */
    ask: (
      kind: OperationKind,
      id: string,
      body?: unknown,
      parts: ApiEventParts = {},
      tenant: keyof typeof keyOf = 'acme',
    ) =>
      invoke(
        ask[kind],
        apiEvent({
          pathParameters: { payment_id: id },
          ...parts,
          body,
          headers: {
            Authorization: `Bearer ${keyOf[tenant]}`,
            'Content-Type': 'application/json',
            'Idempotency-Key': `key-${++key}`,
            ...parts.headers,
          },
        }),
      ),
    /** Reads what was asked of a payment: all of a kind, or one. */
    asked: (
      collection: keyof typeof found,
      id: string,
      operation?: string,
      tenant: keyof typeof keyOf = 'acme',
    ) =>
      invoke(
        found[collection][operation === undefined ? 'list' : 'get'],
        read(tenant, {
          pathParameters: {
            payment_id: id,
            ...(operation === undefined ? {} : { operation_id: operation }),
          },
        }),
      ),
    page: (query: Record<string, readonly string[]> = {}, tenant: keyof typeof keyOf = 'acme') =>
      invoke(page, read(tenant, { query })),
  };
}

/** A clock that goes on while somebody pauses. */
export function virtualTime(remainingMs = 5_000) {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    pause: async (ms: number) => {
      nowMs += ms;
    },
    remainingMs: () => remainingMs - nowMs,
  };
}

function requestsOf(deps: Parameters<typeof requestOperation>[0], access: Access) {
  const { capturePayment, cancelPayment, refundPayment } = endpoints;
  return {
    capture: httpHandler(capturePayment, access, requestOperation(deps, 'capture')),
    cancel: httpHandler(cancelPayment, access, requestOperation(deps, 'cancel')),
    refund: httpHandler(refundPayment, access, requestOperation(deps, 'refund')),
  };
}

function readsOf(load: PaymentStore['load'], access: Access) {
  const both = (
    list: Endpoint<undefined, object>,
    get: Endpoint<undefined, object>,
    kind: OperationKind,
  ) => ({
    list: httpHandler(list, access, listOperations(load, kind)),
    get: httpHandler(get, access, getOperation(load, kind)),
  });
  const disputes = httpHandler(endpoints.listDisputes, access, listDisputes(load));
  return {
    captures: both(endpoints.listCaptures, endpoints.getCapture, 'capture'),
    cancellations: both(endpoints.listCancellations, endpoints.getCancellation, 'cancel'),
    refunds: both(endpoints.listRefunds, endpoints.getRefund, 'refund'),
    disputes: { list: disputes, get: disputes },
  };
}

/** Sees that a request is refused by this code, at these places, and nothing is stored. */
export async function expectRefused(
  api: ReturnType<typeof memoryApi>,
  sent: Promise<ApiAnswer>,
  status: number,
  code: string,
  places?: readonly string[],
): Promise<ApiAnswer> {
  const answer = await sent;
  expect(answer.json).toMatchObject({
    type: `urn:paysaga:problem:${code}`,
    status,
    code,
    instance: 'urn:paysaga:request:request-1',
  });
  expect(answer.status).toBe(status);
  expect(answer.headers).toMatchObject({
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
  expect(answer.headers).not.toHaveProperty('Idempotent-Replayed');
  if (places) {
    expect(answer.json.errors.map(({ path }: { path: string }) => path)).toEqual(places);
  }
  expect(api.store.allEvents).toEqual([]);
  return answer;
}

export const withKey = (key: string, headers: Record<string, string> = {}) => ({
  headers: { 'Idempotency-Key': key, ...headers },
});

/** Takes the payment to `captured`, as its saga would. */
export async function capture(
  { store, nextStamp }: ReturnType<typeof memoryApi>,
  id: string,
): Promise<void> {
  for (const fact of [facts.reserved, facts.captured]) {
    const payment = await store.load(id);
    if (payment) {
      await store.append(changePayment(payment, fact, nextStamp()));
    }
  }
}

/** What two answers to one key must have in common, and what only a replay has. */
export function expectReplay(first: ApiAnswer, again: ApiAnswer): void {
  expect(again.status).toBe(first.status);
  expect(again.text).toBe(first.text);
  expect(again.headers).toEqual({ ...first.headers, 'Idempotent-Replayed': 'true' });
}
