import { eraseCustomer } from '../../functions/customers/api/erase.ts';
import { getPaymentCustomer } from '../../functions/customers/api/get.ts';
import { getAccount } from '../../functions/ledger/get-account/get-account.ts';
import { getStatement } from '../../functions/ledger/get-statement/get-statement.ts';
import { getTrialBalance } from '../../functions/ledger/get-trial-balance/get-trial-balance.ts';
import { listAccounts } from '../../functions/ledger/list-accounts/list-accounts.ts';
import { listEntries } from '../../functions/ledger/list-entries/list-entries.ts';
import { approveOperatorAct } from '../../functions/operations/approve/approve.ts';
import { discardDeadLetter } from '../../functions/operations/dead-letters/discard.ts';
import { getDeadLetter, listDeadLetters } from '../../functions/operations/dead-letters/read.ts';
import { redriveDeadLetter } from '../../functions/operations/dead-letters/redrive.ts';
import { overview } from '../../functions/operations/overview/overview.ts';
import { listParked } from '../../functions/operations/parked/list.ts';
import { resolveParkedAt } from '../../functions/operations/parked/resolve/resolve.ts';
import { approveRefund } from '../../functions/payments/approve-refund/approve-refund.ts';
import { getPayment } from '../../functions/payments/get/get.ts';
import {
  getOperation,
  listDisputes,
  listOperations,
} from '../../functions/payments/get-operations/get-operations.ts';
import { listPayments } from '../../functions/payments/list/list.ts';
import { listPaymentEvents } from '../../functions/payments/list-events/list-events.ts';
import { requestOperation } from '../../functions/payments/request-operation/request-operation.ts';
import { submit } from '../../functions/payments/submit/submit.ts';
import { createPayout } from '../../functions/payouts/api/create.ts';
import { getPayout } from '../../functions/payouts/api/get.ts';
import { listPayouts } from '../../functions/payouts/api/list.ts';
import { listPayoutEvents } from '../../functions/payouts/api/list-events.ts';
import { createConversion } from '../../functions/payouts/conversions/create.ts';
import { getConversion } from '../../functions/payouts/conversions/get.ts';
import { getBalanceReport } from '../../functions/reports/api/balances.ts';
import { listDailyTotals } from '../../functions/reports/api/daily-totals.ts';
import { getBreak, listBreaks } from '../../functions/settlement/breaks/list-breaks.ts';
import { listRuns } from '../../functions/settlement/breaks/list-runs.ts';
import { resolveBreak } from '../../functions/settlement/breaks/resolve-break.ts';
import { webhooksApi } from '../../functions/webhooks/api/api.ts';
import { contentOf } from '../../shared/adapters/aws/dead-letters/content.ts';
import { itemOf } from '../../shared/adapters/aws/dead-letters/record.ts';
import { firstGeneration } from '../../shared/adapters/memory/projections/controls.ts';
import { checkWebhookUrl } from '../../shared/adapters/webhook-sender/url.ts';
import type { Endpoint } from '../../shared/contracts/endpoints/endpoint.ts';
import { endpoints } from '../../shared/contracts/endpoints.ts';
import { storiesOf } from '../../shared/runtime/dead-letters/stories.ts';
import type { Access } from '../../shared/runtime/http/entry/access.ts';
import { httpHandler } from '../../shared/runtime/http/handler.ts';
import type { HttpRequest, HttpResponse } from '../../shared/runtime/http/request.ts';
import { type ApiAnswer, invoke } from '../support/api/api-event.ts';
import { virtualTime } from '../support/api/memory-api.ts';
import { edges } from '../support/dead-letters/letters.ts';
import { inquiredPsp, settleWindowMs } from '../support/payments/unknowns.ts';
import { chargeTerms } from '../support/sagas/charge-terms.ts';
import { aSecret, webhookTerms } from '../support/webhooks.ts';
import type { MatrixStores } from './stores.ts';

type Event = Parameters<typeof invoke>[1];
export type Call = (event: Event) => Promise<ApiAnswer>;

/** Every endpoint that needs a key, over the in-memory adapters, by its name. */
export function handlersOf(access: Access, stores: MatrixStores): ReadonlyMap<string, Call> {
  const calls = new Map<string, Call>();
  const serve = <B, Q>(
    endpoint: Endpoint<B, Q>,
    useCase: (request: HttpRequest<B, Q>) => Promise<HttpResponse>,
  ) => {
    const handler = httpHandler(endpoint, access, useCase);
    calls.set(endpoint.name, (event) => invoke(handler, event));
  };
  const { payments, payouts, conversions, ledger, books, approvals, breaks, runs } = stores;
  const { log, nextStamp, personalData } = stores;
  const now = () => nextStamp().time;

  const acceptsPaymentMethod = () => true;
  serve(
    endpoints.createPayment,
    submit({ ...payments, seal: personalData.seal, nextStamp, acceptsPaymentMethod }),
  );
  serve(
    endpoints.listPayments,
    listPayments({
      ...stores.list,
      load: payments.load,
      byReference: payments.byReference,
      ...virtualTime(),
    }),
  );
  serve(endpoints.getPayment, getPayment(payments));
  serve(endpoints.listPaymentEvents, listPaymentEvents(payments));
  const asking = { ...payments, approvals, nextStamp, pause: async () => {} };
  serve(endpoints.capturePayment, requestOperation(asking, 'capture'));
  serve(endpoints.cancelPayment, requestOperation(asking, 'cancel'));
  serve(endpoints.refundPayment, requestOperation(asking, 'refund'));
  serve(endpoints.listCaptures, listOperations(payments.load, 'capture'));
  serve(endpoints.getCapture, getOperation(payments.load, 'capture'));
  serve(endpoints.listCancellations, listOperations(payments.load, 'cancel'));
  serve(endpoints.getCancellation, getOperation(payments.load, 'cancel'));
  serve(endpoints.listRefunds, listOperations(payments.load, 'refund'));
  serve(endpoints.getRefund, getOperation(payments.load, 'refund'));
  serve(endpoints.listDisputes, listDisputes(payments.load));
  serve(endpoints.approveRefund, approveRefund({ load: payments.load, approvals, log, nextStamp }));

  const reading = { load: payments.load, open: personalData.open };
  serve(endpoints.getPaymentCustomer, getPaymentCustomer(reading));
  const { find, erase } = personalData;
  serve(endpoints.eraseCustomer, eraseCustomer({ find, erase, log, nextStamp }));

  serve(endpoints.createPayout, createPayout({ ...payouts, log, nextStamp }));
  serve(endpoints.listPayouts, listPayouts(payouts.list));
  serve(endpoints.getPayout, getPayout(payouts));
  serve(endpoints.listPayoutEvents, listPayoutEvents(payouts));
  const rates = {
    date: '2026-11-20',
    base: 'EUR',
    rates: { USD: '1.1590', GBP: '0.8790', JPY: '181.50' },
  } as const;
  const { readLimited } = ledger;
  serve(endpoints.createConversion, createConversion({ ...conversions, readLimited, rates, now }));
  serve(endpoints.getConversion, getConversion(conversions.load));

  const { read, readAll, days } = books;
  serve(endpoints.listLedgerAccounts, listAccounts({ readAll, readLimited }));
  serve(endpoints.getLedgerAccount, getAccount({ read, readLimited }));
  serve(endpoints.listLedgerEntries, listEntries({ entries: ledger.listEntries, read }));
  const entries = ledger.listEntriesOfDays;
  const statement = { read, days, entries, now: () => new Date(now()) };
  serve(endpoints.getLedgerStatement, getStatement(statement));
  serve(endpoints.getTrialBalance, getTrialBalance(readAll));

  const today = () => new Date(now());
  const { list } = stores.totals;
  serve(
    endpoints.listDailyTotals,
    listDailyTotals({ list, generations: firstGeneration, now: today }),
  );
  serve(endpoints.getBalanceReport, getBalanceReport({ read, days, now: today }));

  serve(endpoints.listBreaks, listBreaks(breaks));
  serve(endpoints.getBreak, getBreak(breaks));
  serve(endpoints.resolveBreak, resolveBreak({ ...breaks, log, now }));
  serve(endpoints.listRuns, listRuns(runs));

  const resolving = { ...chargeTerms, log, nextStamp, settleWindowMs };
  const { providers } = inquiredPsp([]);
  const noBank = () => {
    throw new Error('nobody asks the bank');
  };
  serve(
    endpoints.getOverview,
    overview({
      payments,
      payouts,
      tenants: stores.tenants.list,
      list: stores.list.list,
      eventPage: payments.eventPage,
      edges: async () => [],
      countLetters: async () => 0,
      providers: async () => [],
      nowMs: () => Date.parse(now()),
      untilDue: () => new Promise(() => {}),
    }),
  );
  serve(endpoints.listParked, listParked({ payments, payouts }));
  serve(
    endpoints.resolveParked,
    resolveParkedAt({
      payments: { ...payments, ...resolving, providers: () => providers },
      payouts: { ...payouts, ...resolving, bank: noBank },
      approvals: stores.operatorApprovals,
    }),
  );

  const handling = {
    contentOf,
    itemOf,
    queues: stores.letters,
    readRange: async () => 'trimmed' as const,
    readStory: storiesOf({ payments: payments.events, payouts: payouts.events }),
    remainingMs: () => Number.POSITIVE_INFINITY,
    invoke: async () => ({ kind: 'done' as const }),
    log: stores.operatorLog,
    now,
    newId: () => nextStamp().eventId,
    edges: async () => Object.values(edges),
    approvals: stores.operatorApprovals,
  };
  serve(endpoints.listDeadLetters, listDeadLetters(handling));
  serve(endpoints.getDeadLetter, getDeadLetter(handling));
  serve(endpoints.redriveDeadLetter, redriveDeadLetter(handling));
  serve(endpoints.discardDeadLetter, discardDeadLetter(handling));
  serve(
    endpoints.approveOperatorAct,
    approveOperatorAct({ approvals: stores.operatorApprovals, log, nextStamp }),
  );

  let secrets = 0;
  const webhooks = webhooksApi({
    access,
    endpoints: stores.webhookEndpoints,
    deliveries: stores.webhookDeliveries,
    send: async () => {},
    log,
    nextStamp,
    terms: webhookTerms,
    checkUrl: (url) => checkWebhookUrl(url, {}),
    newSecret: () => aSecret(++secrets % 256),
    pause: async () => {},
  });
  for (const { name, path } of Object.values(endpoints)) {
    if (path.startsWith('/webhook-endpoints')) {
      calls.set(name, (event) => invoke(webhooks, event));
    }
  }
  return calls;
}
