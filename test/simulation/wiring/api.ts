import { listParked } from '../../../functions/operations/parked/list.ts';
import { resolveParkedAt } from '../../../functions/operations/parked/resolve/resolve.ts';
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
import { createPayout } from '../../../functions/payouts/api/create.ts';
import { getPayout } from '../../../functions/payouts/api/get.ts';
import { memoryApprovals } from '../../../shared/adapters/memory/access/approvals.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import type { OperatorApproval } from '../../../shared/domain/access/operator-approval.ts';
import type { PayoutStore } from '../../../shared/ports/payouts/payouts.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import type { Handler } from '../aws/lambda.ts';
import { accessOf, bankOf, change, notAsked, providersOf, termsOf, type Wiring } from './ports.ts';

/** What clients call. */
export const http: Wiring = {
  'payments-submit': (given, parts) =>
    httpHandler(
      endpoints.createPayment,
      accessOf(given, parts),
      submit({
        ...given.port('payments', parts.stores.payments, 'accept'),
        load: notAsked,
        seal: notAsked,
        nextStamp: given.nextStamp,
        acceptsPaymentMethod: (token) => token.startsWith('tok_'),
      }),
    ) as Handler,
  'payments-request-operation': (given, parts) => {
    const access = accessOf(given, parts);
    const deps = { ...change(given, parts), approvals: memoryApprovals(), pause: given.pause };
    const { capturePayment, cancelPayment, refundPayment } = endpoints;
    return routed([
      {
        endpoint: capturePayment,
        handler: httpHandler(capturePayment, access, requestOperation(deps, 'capture')),
      },
      {
        endpoint: cancelPayment,
        handler: httpHandler(cancelPayment, access, requestOperation(deps, 'cancel')),
      },
      {
        endpoint: refundPayment,
        handler: httpHandler(refundPayment, access, requestOperation(deps, 'refund')),
      },
    ]) as Handler;
  },
  'payments-get': (given, parts) =>
    httpHandler(
      endpoints.getPayment,
      accessOf(given, parts),
      getPayment(given.port('payments', parts.stores.payments, 'load', 'event')),
    ) as Handler,
  'payments-get-operations': (given, parts) => {
    const access = accessOf(given, parts);
    const { load } = given.port('payments', parts.stores.payments, 'load');
    return routed(
      (
        [
          [endpoints.listCaptures, listOperations(load, 'capture')],
          [endpoints.getCapture, getOperation(load, 'capture')],
          [endpoints.listCancellations, listOperations(load, 'cancel')],
          [endpoints.getCancellation, getOperation(load, 'cancel')],
          [endpoints.listRefunds, listOperations(load, 'refund')],
          [endpoints.getRefund, getOperation(load, 'refund')],
          [endpoints.listDisputes, listDisputes(load)],
        ] as const
      ).map(([endpoint, read]) => ({
        endpoint,
        handler: httpHandler(endpoint, access, read),
      })),
    ) as Handler;
  },
  'payments-list-events': (given, parts) =>
    httpHandler(
      endpoints.listPaymentEvents,
      accessOf(given, parts),
      listPaymentEvents(given.port('payments', parts.stores.payments, 'load', 'eventPage')),
    ) as Handler,
  'payments-list': (given, parts) =>
    httpHandler(
      endpoints.listPayments,
      accessOf(given, parts),
      listPayments({
        ...given.port('list', parts.stores.list, 'list'),
        find: notAsked,
        load: notAsked,
        byReference: notAsked,
        nowMs: () => Date.parse(given.now()),
        pause: notAsked,
        remainingMs: () => Number.POSITIVE_INFINITY,
      }),
    ) as Handler,
  'operations-parked': (given, parts) => {
    const { stores, stage } = parts;
    const access = accessOf(given, parts);
    const common = {
      ...termsOf(parts),
      log: given.port('log', stores.log, 'append').append,
      settleWindowMs: stage.inquiry.settleWindowMs,
    };
    const payments = given.port('payments', stores.payments, 'parked', 'load', 'events', 'append');
    const payouts = given.port('payouts', stores.payouts, 'parked', 'load', 'events', 'append');
    const { nextStamp } = given;
    const providers = providersOf(given, parts, 'inquire');
    const bank = bankOf(given, parts, 'inquire');
    const { listParked: list, resolveParked: resolve } = endpoints;
    return routed([
      {
        endpoint: list,
        handler: httpHandler(list, access, listParked({ payments, payouts })),
      },
      {
        endpoint: resolve,
        handler: httpHandler(
          resolve,
          access,
          resolveParkedAt({
            payments: {
              ...payments,
              ...common,
              nextStamp,
              providers: () => providers,
            },
            payouts: {
              ...payouts,
              ...common,
              nextStamp,
              bank: () => bank,
            },
            approvals: memoryApprovals<OperatorApproval>(),
          }),
        ),
      },
    ]) as Handler;
  },
  'payouts-api': (given, parts) => {
    const access = accessOf(given, parts);
    const port = <K extends 'accept' | 'load'>(method: K): Pick<PayoutStore, K> =>
      given.port('payouts', parts.stores.payouts, method);
    return routed([
      {
        endpoint: endpoints.createPayout,
        handler: httpHandler(
          endpoints.createPayout,
          access,
          createPayout({
            ...port('accept'),
            ...port('load'),
            log: given.port('log', parts.stores.log, 'append').append,
            nextStamp: given.nextStamp,
          }),
        ),
      },
      {
        endpoint: endpoints.getPayout,
        handler: httpHandler(
          endpoints.getPayout,
          access,
          getPayout(given.port('payouts', parts.stores.payouts, 'load', 'event')),
        ),
      },
    ]) as Handler;
  },
};
