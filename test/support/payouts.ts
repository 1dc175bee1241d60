import { memoryLedger } from '../../shared/adapters/memory/ledger.ts';
import { memoryPayoutStore } from '../../shared/adapters/memory/payments/payout-store.ts';
import type { PayoutFact } from '../../shared/contracts/events/payout-events.ts';
import type { CreatePayoutBody } from '../../shared/contracts/payouts/payouts.ts';
import { derivedId } from '../../shared/domain/ids.ts';
import { postedTransfer, type Transfer } from '../../shared/domain/ledger/transfer.ts';
import type { Currency } from '../../shared/domain/money/currency.ts';
import type { PayoutNotice } from '../../shared/domain/payout/bank/notice.ts';
import {
  changePayout,
  type PayoutChange,
  payoutId,
  requestPayout,
} from '../../shared/domain/payout/change.ts';
import type { Payout } from '../../shared/domain/payout/state.ts';
import type { PayoutCommand } from '../../shared/runtime/payout/payout-task.ts';
import type { NextStamp } from '../../shared/runtime/stamp.ts';
import { timeAt } from './ledger/transfers.ts';
import { countingStamps } from './payments/payments.ts';

/** EUR 97.10: what is left of a payment of EUR 100.00 after its fee. */
export const aPayoutRequest: CreatePayoutBody = {
  amount: 9_710,
  currency: 'EUR',
  destination: 'ba_approve',
  metadata: {},
};

/** A payout's first change, of the tenant `acme` unless told otherwise. */
export function aRequestedPayout(
  nextStamp: NextStamp,
  request: Partial<CreatePayoutBody> = {},
  { tenant = 'acme', key = 'key-1' } = {},
): PayoutChange {
  return requestPayout(
    {
      id: payoutId(tenant, key),
      tenant,
      request: { ...aPayoutRequest, ...request },
      requestHash: 'hash',
      correlationId: 'correlation-1',
      requestId: 'request-1',
    },
    nextStamp(),
  );
}

/** What makes so much available to a tenant; `key` makes it another transfer. */
export function madeAvailable(
  amountMinor: number,
  { tenant = 'acme', currency = 'EUR' as Currency, key = 'settlement' } = {},
): Transfer {
  const id = derivedId('test settlement', tenant, currency, key);
  const source = { tenant, currency, paymentId: null, operationId: null, time: timeAt(0) };
  return postedTransfer('made_available', amountMinor, id, source);
}

const order = { provider: 'bank', bank_reference: 'bt_1' };

/** One fact of each type but `payout.requested`, as the saga and notices write it for EUR 97.10. */
export const payoutFacts = {
  reserved: { type: 'payout.reserved', facts: { amount: aPayoutRequest.amount, execution: 'e1' } },
  resumed: { type: 'payout.resumed', facts: { reason: 'the saga died' } },
  takenOver: { type: 'payout.taken_over', facts: { execution: 'e2' } },
  sending: { type: 'payout.sending', facts: { provider: 'bank' } },
  busy: { type: 'payout.bank_busy', facts: { provider: 'bank', reason: '429' } },
  sent: { type: 'payout.sent', facts: order },
  declined: {
    type: 'payout.declined',
    facts: { provider: 'bank', code: 'account_closed', message: 'The account is closed.' },
  },
  unknown: { type: 'payout.outcome_unknown', facts: { reason: 'no answer' } },
  parked: { type: 'payout.parked', facts: { reason: 'asked 3 times: no answer' } },
  tookEffect: {
    type: 'payout.outcome_resolved',
    facts: { outcome: 'took_effect', bank_reference: 'bt_1', by: 'ada', reason: 'seen there' },
  },
  noEffect: {
    type: 'payout.outcome_resolved',
    facts: { outcome: 'no_effect', bank_reference: null, by: 'ada', reason: 'not there' },
  },
  returned: { type: 'payout.returned', facts: { amount: aPayoutRequest.amount } },
  paid: { type: 'payout.paid', facts: order },
  failed: {
    type: 'payout.failed',
    facts: { code: 'internal_error', message: 'Nothing was sent.', came_back: null },
  },
  cameBack: {
    type: 'payout.failed',
    facts: { code: 'account_closed', message: 'The account is closed.', came_back: order },
  },
} as const satisfies Record<string, PayoutFact>;

export type PayoutFactName = keyof typeof payoutFacts;

/** What the bank tells of a payout of EUR 97.10. */
export function aPayoutNotice(
  type: PayoutNotice['type'],
  reference: string,
  data: Partial<PayoutNotice['data']> = {},
): PayoutNotice {
  const failure =
    type === 'payout.failed' ? { code: 'account_closed', message: 'The account is closed.' } : null;
  return {
    id: `notice-${type}`,
    provider: 'bank',
    time: timeAt(1_000),
    type,
    data: {
      reference,
      bank_reference: 'bt_1',
      amount: aPayoutRequest.amount,
      currency: 'EUR',
      failure,
      ...data,
    },
  };
}

/**
 * A payout in a store of its own, of a tenant that has so much available, and what a task of its
 * saga is called with.
 */
export async function aPayout(
  request: Partial<CreatePayoutBody> = {},
  { availableMinor = aPayoutRequest.amount } = {},
) {
  const ledger = memoryLedger();
  if (availableMinor > 0) {
    ledger.write([madeAvailable(availableMinor)]);
  }
  const store = memoryPayoutStore(ledger);
  const nextStamp = countingStamps();
  const requested = aRequestedPayout(nextStamp, request);
  await store.accept(requested);
  const { id } = requested.after;
  const load = async (): Promise<Payout> => {
    const payout = await store.load(id);
    if (!payout) {
      throw new Error('the payout is gone');
    }
    return payout;
  };
  return {
    id,
    store,
    ledger,
    deps: { load: store.load, append: store.append, nextStamp },
    command: { payoutId: id, execution: 'e1', error: null } satisfies PayoutCommand,
    load,
    /** Writes facts, by their names, with their postings. */
    write: async (...names: readonly PayoutFactName[]): Promise<Payout> => {
      for (const name of names) {
        await store.append(changePayout(await load(), payoutFacts[name], nextStamp()));
      }
      return load();
    },
    /** The types of the payout's events, without their prefix. */
    types: async () => (await store.events(id)).map(({ type }) => type.replace('payout.', '')),
    /** The postings of the payout, in their order. */
    postings: () =>
      ledger
        .transfers()
        .filter(({ operationId }) => operationId === id)
        .map(({ posting }) => posting),
    availableMinor: async () =>
      (await ledger.readLimited('acme', 'EUR', 'merchant_available')).availableMinor,
  };
}
