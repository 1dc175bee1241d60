import { createPayout } from '../../../functions/payouts/api/create.ts';
import { getPayout } from '../../../functions/payouts/api/get.ts';
import { listPayouts } from '../../../functions/payouts/api/list.ts';
import { listPayoutEvents } from '../../../functions/payouts/api/list-events.ts';
import { createConversion } from '../../../functions/payouts/conversions/create.ts';
import { getConversion } from '../../../functions/payouts/conversions/get.ts';
import { memoryLedger } from '../../../shared/adapters/memory/ledger.ts';
import { memoryOperatorLog } from '../../../shared/adapters/memory/operator-log.ts';
import { memoryConversionStore } from '../../../shared/adapters/memory/payments/conversion-store.ts';
import { memoryPayoutStore } from '../../../shared/adapters/memory/payments/payout-store.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import type { ExchangeRates } from '../../../shared/domain/money/exchange/exchange.ts';
import { allActs } from '../../../shared/domain/operator-log/list.ts';
import type { AppendOperatorAct } from '../../../shared/ports/operator-log.ts';
import type { PayoutHistory, PayoutStore } from '../../../shared/ports/payouts/payouts.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import { countingStamps } from '../payments/payments.ts';
import { accessBy } from './access.ts';
import { type ApiEventParts, apiEvent, invoke } from './api-event.ts';
import { findTestPrincipal, keyOf } from './memory-api.ts';

const sampleRates: ExchangeRates = {
  date: '2026-11-20',
  base: 'EUR',
  rates: { USD: '1.1590', JPY: '181.50', KWD: '0.3556' },
};

/** The endpoints of payouts and conversions over the in-memory adapters, called as API Gateway does. */
export function memoryPayoutApi({
  replaced = {},
  rates = sampleRates,
  log,
}: {
  readonly replaced?: Partial<PayoutStore & PayoutHistory>;
  readonly rates?: ExchangeRates;
  /** Instead of a log of its own. */
  readonly log?: AppendOperatorAct;
} = {}) {
  const ledger = memoryLedger();
  const store = { ...memoryPayoutStore(ledger), ...replaced };
  const conversions = memoryConversionStore(ledger);
  const acts = memoryOperatorLog();
  const nextStamp = countingStamps();
  const access = accessBy(findTestPrincipal);
  let current = rates;
  const convert = (given: Parameters<ReturnType<typeof createConversion>>[0]) =>
    createConversion({
      ...conversions,
      readLimited: ledger.readLimited,
      rates: current,
      now: () => nextStamp().time,
    })(given);
  const handler = routed([
    {
      endpoint: endpoints.createPayout,
      handler: httpHandler(
        endpoints.createPayout,
        access,
        createPayout({ ...store, log: log ?? acts.append, nextStamp }),
      ),
    },
    {
      endpoint: endpoints.listPayouts,
      handler: httpHandler(endpoints.listPayouts, access, listPayouts(store.list)),
    },
    {
      endpoint: endpoints.getPayout,
      handler: httpHandler(endpoints.getPayout, access, getPayout(store)),
    },
    {
      endpoint: endpoints.listPayoutEvents,
      handler: httpHandler(endpoints.listPayoutEvents, access, listPayoutEvents(store)),
    },
    {
      endpoint: endpoints.createConversion,
      handler: httpHandler(endpoints.createConversion, access, convert),
    },
    {
      endpoint: endpoints.getConversion,
      handler: httpHandler(endpoints.getConversion, access, getConversion(conversions.load)),
    },
  ]);
  type Tenant = keyof typeof keyOf;
  const call = (parts: ApiEventParts, tenant: Tenant) =>
    invoke(
      handler,
      apiEvent({
        ...parts,
        headers: { Authorization: `Bearer ${keyOf[tenant]}`, ...parts.headers },
      }),
    );
  return {
    store,
    ledger,
    nextStamp,
    acts: () => allActs(acts),
    setRates: (later: ExchangeRates) => {
      current = later;
    },
    post: (
      path: '/payouts' | '/conversions',
      body: unknown,
      headers: ApiEventParts['headers'] = {},
      tenant: Tenant = 'acme',
    ) =>
      call(
        {
          path,
          body,
          headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'key-1', ...headers },
        },
        tenant,
      ),
    get: (
      path:
        | '/payouts'
        | '/payouts/{payout_id}'
        | '/payouts/{payout_id}/events'
        | '/conversions/{conversion_id}',
      parts: Pick<ApiEventParts, 'pathParameters' | 'query' | 'headers'> = {},
      tenant: Tenant = 'acme',
    ) => call({ method: 'GET', path, ...parts }, tenant),
  };
}
