import type { APIGatewayProxyEvent } from 'aws-lambda';
import { getPayment } from '../../../functions/payments/get/get.ts';
import { listPaymentEvents } from '../../../functions/payments/list-events/list-events.ts';
import { requestOperation } from '../../../functions/payments/request-operation/request-operation.ts';
import { submit } from '../../../functions/payments/submit/submit.ts';
import { memoryApprovals } from '../../../shared/adapters/memory/access/approvals.ts';
import { memoryPersonalData } from '../../../shared/adapters/memory/personal-data.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { accessBy, aPrincipal } from '../../support/api/access.ts';
import { apiEvent } from '../../support/api/api-event.ts';
import { aCaptured } from '../../support/payments/operations.ts';
import type { Job } from './job.ts';
import { httpRead, httpWrite } from './powertools.ts';

const tenant = 'acme';

/** As the house's own: the key is hashed and looked up. */
const access = accessBy(async () => aPrincipal(tenant));

/** What API Gateway adds, as far as Powertools' schema asks for it. */
function gatewayEvent(parts: Parameters<typeof apiEvent>[0]): APIGatewayProxyEvent {
  const event = apiEvent(parts);
  const { requestContext } = event;
  return {
    ...event,
    requestContext: {
      ...requestContext,
      requestTime: '01/Jan/2026:00:00:00 +0000',
      identity: { sourceIp: '127.0.0.1' } as typeof requestContext.identity,
    },
  };
}

const write = (body: unknown, index: number, path: Readonly<Record<string, string>> = {}) =>
  gatewayEvent({
    body,
    pathParameters: path,
    headers: {
      Authorization: 'Bearer bench',
      'Content-Type': 'application/json',
      'Idempotency-Key': `key-${index}`,
    },
  });

const read = (path: Readonly<Record<string, string>>) =>
  gatewayEvent({
    method: 'GET',
    pathParameters: path,
    headers: { Authorization: 'Bearer bench' },
  });

const answers = (status: number) => (answer: unknown) => {
  const { statusCode, body } = answer as { readonly statusCode: number; readonly body: string };
  if (statusCode !== status) {
    throw new Error(`answered ${statusCode}: ${body}`);
  }
};

/** The job of taking a payment, by Powertools' parser in one of its two ways. */
export function submitJob(by: 'envelope' | 'schema' = 'envelope'): Job {
  const useCase = submit({
    accept: async () => ({ kind: 'accepted' }),
    load: async () => null,
    seal: memoryPersonalData().seal,
    nextStamp: stampNow,
    acceptsPaymentMethod: () => true,
  });
  const body = {
    amount: 10_000,
    currency: 'EUR',
    payment_method: 'tok_approve',
    metadata: { order: 'A-1', customer: 'c-1' },
  };
  return {
    name: 'payments-submit',
    house: httpHandler(endpoints.createPayment, access, useCase),
    powertools: httpWrite(endpoints.createPayment, access, useCase, by),
    event: (index) => write(body, index),
    check: answers(202),
  };
}

/** The jobs of the API that a payment meets. */
export async function requestJobs(): Promise<readonly Job[]> {
  const { id, store } = await aCaptured();
  const [payment, events] = [await store.load(id), await store.events(id)];
  if (!payment) {
    throw new Error('the payment is gone');
  }
  const load = async () => payment;
  const refunding = requestOperation(
    {
      load,
      append: async () => 'written',
      approvals: memoryApprovals(),
      nextStamp: stampNow,
      pause: async () => {},
    },
    'refund',
  );
  const getting = getPayment({ load, event: async () => null });
  const listing = listPaymentEvents({ load, eventPage: async () => ({ events, next: null }) });
  const { refundPayment, getPayment: get, listPaymentEvents: list } = endpoints;
  const path = { payment_id: id };
  return [
    submitJob(),
    { ...submitJob('schema'), name: 'payments-submit, its schema made once' },
    {
      name: 'payments-request-operation',
      house: httpHandler(refundPayment, access, refunding),
      powertools: httpWrite(refundPayment, access, refunding),
      event: (index) => write({ amount: 100, reason: 'returned' }, index, path),
      check: answers(202),
    },
    {
      name: 'payments-get',
      house: httpHandler(get, access, getting),
      powertools: httpRead(get, access, getting),
      event: () => read(path),
      check: answers(200),
    },
    {
      name: 'payments-list-events',
      house: httpHandler(list, access, listing),
      powertools: httpRead(list, access, listing),
      event: () => read(path),
      check: answers(200),
    },
  ];
}
