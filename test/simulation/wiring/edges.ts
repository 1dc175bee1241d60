import { foldBalances } from '../../../functions/ledger/fold-balances/fold-balances.ts';
import {
  shardOf,
  type TimeWindowEvent,
  type TimeWindowResponse,
  windowResponse,
} from '../../../functions/ledger/fold-balances/window.ts';
import { spec as projectListSpec } from '../../../functions/payments/project-list/function.ts';
import { relay } from '../../../functions/payments/relay/relay.ts';
import { republish } from '../../../functions/payments/republish/republish.ts';
import { startSagas } from '../../../functions/payments/start-saga/start-saga.ts';
import { sweepPayments } from '../../../functions/payments/sweep/sweep.ts';
import { takeResult } from '../../../functions/payments/take-notice/charge.ts';
import { takeDispute } from '../../../functions/payments/take-notice/dispute.ts';
import { takePayout } from '../../../functions/payments/take-notice/payout.ts';
import { takeNotice } from '../../../functions/payments/take-notice/take-notice.ts';
import { sweepPayouts } from '../../../functions/payouts/sweep/sweep.ts';
import { spec as projectTotalsSpec } from '../../../functions/reports/project-totals/function.ts';
import { reconcile } from '../../../functions/settlement/reconcile/reconcile.ts';
import { spec as fanOutSpec } from '../../../functions/webhooks/fan-out/function.ts';
import { transferOf } from '../../../shared/adapters/dynamo/ledger/transfer-item.ts';
import { eventStreamHandler } from '../../../shared/adapters/dynamo/payments/event-stream.ts';
import { firstGeneration } from '../../../shared/adapters/memory/projections/controls.ts';
import { AnyEventSchema } from '../../../shared/contracts/events/any-event.ts';
import { PaymentEventSchema } from '../../../shared/contracts/events/payment-events.ts';
import { subjectOf } from '../../../shared/domain/saga/sagas.ts';
import type { Book } from '../../../shared/ports/ledger.ts';
import type { PublishEvents, StartSaga } from '../../../shared/ports/messaging.ts';
import { eventConsumer } from '../../../shared/runtime/consumers/event-consumer.ts';
import { noticeConsumer } from '../../../shared/runtime/consumers/notices.ts';
import { stoppedAt } from '../../../shared/runtime/consumers/stream.ts';
import { count, observed } from '../../../shared/runtime/observability.ts';
import { projector } from '../../../shared/runtime/projections/projector.ts';
import { fanOut } from '../../../shared/runtime/webhooks/fan-out.ts';
import { aWebhookEndpoint } from '../../support/webhooks.ts';
import type { Handler } from '../aws/lambda.ts';
import type { Given } from '../world/given.ts';
import type { Parts } from '../world/parts.ts';
import {
  change,
  changePayout,
  deadLetterOf,
  notAsked,
  providersOf,
  termsOf,
  type Wiring,
} from './ports.ts';

/** What streams, the bus, queues and the clock set going. */
export const edges: Wiring = {
  'payments-start-saga': ({ port }, { machines }) => {
    const start: StartSaga = async ({ machine, name, subject, operationId, ...event }) => {
      machines.start(machine, name, {
        [`${subjectOf(machine)}_id`]: subject,
        operation_id: operationId,
        tenant: event.tenant,
        correlation_id: event.correlationId,
      });
    };
    return eventStreamHandler(startSagas(port('sagas', { start }, 'start').start)) as Handler;
  },
  'payments-relay': ({ port, callKey }, parts) => {
    const publish: PublishEvents = async (events) => parts.publish(callKey(), events);
    const relayed = relay(port('bus', { publish }, 'publish').publish);
    return eventStreamHandler(async (events) => {
      const result = await relayed(events);
      count('EventsPublished', result.done);
      return result;
    }) as Handler;
  },
  'payments-republish': ({ port, callKey, now }, parts) => {
    const publish: PublishEvents = async (events) => parts.publish(callKey(), events);
    const run = republish({
      ...port('payments', parts.stores.payments, 'scan', 'events'),
      ...port('list', parts.stores.list, 'taken'),
      ...port('bus', { publish }, 'publish'),
      now,
    });
    return observed(() => run(() => false)) as Handler;
  },
  'payments-project-list': (given, parts) =>
    eventConsumer({
      trigger: projectListSpec.trigger,
      schema: PaymentEventSchema,
      maxReceives: parts.maxReceives,
      deadLetter: deadLetterOf('payments-project-list', given, parts),
      consume: projector({
        name: 'payment_list',
        generations: firstGeneration,
        project: given.port('list', parts.stores.list, 'project').project,
        now: given.now,
      }),
    }) as Handler,
  'reports-project-totals': (given, parts) =>
    eventConsumer({
      trigger: projectTotalsSpec.trigger,
      schema: PaymentEventSchema,
      maxReceives: parts.maxReceives,
      deadLetter: deadLetterOf('reports-project-totals', given, parts),
      consume: projector({
        name: 'daily_totals',
        generations: firstGeneration,
        project: given.port('totals', parts.stores.totals, 'project').project,
        now: given.now,
      }),
    }) as Handler,
  'webhooks-fan-out': (given, parts) =>
    eventConsumer({
      trigger: fanOutSpec.trigger,
      schema: AnyEventSchema,
      maxReceives: parts.maxReceives,
      deadLetter: deadLetterOf('webhooks-fan-out', given, parts),
      consume: fanOut({
        // They never change here, and what asks for a try is not worked off.
        endpoints: { list: async (tenant) => [aWebhookEndpoint('one', { tenant })] },
        deliveries: given.port('deliveries', parts.stores.deliveries, 'put'),
        ...given.port('tries', { send: async () => {} }, 'send'),
        terms: parts.stage.webhooks,
        now: given.now,
      }),
    }) as Handler,
  'payments-take-notice': (given, parts) =>
    noticeConsumer({
      maxReceives: parts.maxReceives,
      deadLetter: deadLetterOf('payments-take-notice', given, parts),
      consume: takeNotice({
        result: takeResult({
          ...change(given, parts),
          ...termsOf(parts),
          providers: providersOf(given, parts, 'inquire'),
          settleWindowMs: parts.stage.inquiry.settleWindowMs,
        }),
        dispute: takeDispute(change(given, parts)),
        payout: takePayout(changePayout(given, parts)),
      }),
    }) as Handler,
  'ledger-fold-balances': ({ port }, { stores }) => {
    const books = port('books', stores.books, 'fold', 'foldRedriven');
    const fold = foldBalances(books.fold);
    const foldRedriven = foldBalances(books.foldRedriven);
    return observed<TimeWindowEvent, TimeWindowResponse>(async (event) => {
      const records = event.Records ?? [];
      if (records.length === 0) {
        return windowResponse();
      }
      const shardId = shardOf(event, undefined);
      const { folded, failed } = await (event.redriven ? foldRedriven : fold)(
        records.map(({ dynamodb }) => ({
          sequence: dynamodb?.SequenceNumber ?? '',
          transfer: () => transferOf(dynamodb?.NewImage),
        })),
        shardId,
      );
      count('TransfersFolded', folded);
      return windowResponse(failed ? stoppedAt(records, failed.index, failed.error) : undefined);
    }) as Handler;
  },
  'payments-sweep': (given, parts) =>
    observed(
      sweepPayments({
        ...change(given, parts),
        ...given.port('payments', parts.stores.payments, 'due'),
        terms: { stuckAfterMs: parts.stage.stuckAfterMs },
      }),
    ) as Handler,
  'payouts-sweep': (given, parts) =>
    observed(
      sweepPayouts({
        ...changePayout(given, parts),
        ...given.port('payouts', parts.stores.payouts, 'due'),
        terms: { stuckAfterMs: parts.stage.stuckAfterMs },
      }),
    ) as Handler,
  'settlement-reconcile': (given, parts) => {
    const settlement = settlementOf(given, parts);
    return observed(async () => {
      await reconcile(
        {
          ...settlement,
          now: given.now,
          noted: ({ kind }) => count(kind === 'filed' ? 'ReconciliationBreak' : 'SettlementPosted'),
        },
        { providers: [...parts.psps.keys()] },
      );
    }) as Handler;
  },
};

function settlementOf({ port }: Given, { stores, files }: Parts) {
  const { settlements, payments, ledger, books } = stores;
  // An iterable is read like a list, in one call.
  const all = async (): Promise<Book[]> => {
    const found: Book[] = [];
    for await (const book of books.books()) {
      found.push(book);
    }
    return found;
  };
  const read = port('books', { all }, 'all');
  return {
    files: port('files', files, 'list', 'get'),
    store: port('settlements', settlements.store, 'look', 'waiting', 'write'),
    runs: {
      ...port('runs', settlements.runs, 'begin', 'finish', 'finished', 'scannedTo'),
      list: notAsked,
    },
    load: port('payments', payments, 'load').load,
    ...port('ledger', ledger, 'readLimited'),
    entries: port('ledger', ledger, 'listEntriesOfDays').listEntriesOfDays,
    books: async function* (): AsyncIterable<Book> {
      yield* await read.all();
    },
  };
}
