import type { PaymentEvent } from '../../contracts/events/payment-events.ts';
import { isSame } from '../audit/compare.ts';
import { postingsOf } from '../ledger/postings.ts';
import type { Transfer } from '../ledger/transfer.ts';
import { formatMinor } from '../money/currency.ts';
import { applyEvent, factOf } from '../payment/fold.ts';
import type { Payment } from '../payment/state.ts';
import type { Moment } from './moment.ts';
import { sentenceOf } from './words.ts';

/** The events, each in a sentence. */
export function eventMoments(events: readonly PaymentEvent[]): Moment[] {
  return events.map((event) => ({
    time: event.time,
    source: 'event',
    says: sentenceOf(event),
    refers: {
      sequence: event.sequence,
      type: event.type,
      ...('operation_id' in event.data ? { operation_id: event.data.operation_id } : {}),
    },
  }));
}

/** The transfers that the events bring with them, by the domain's own word, in their order. */
export function transfersOf(events: readonly PaymentEvent[]): Transfer[] {
  const transfers: Transfer[] = [];
  let payment: Payment | null = null;
  for (const event of events) {
    const fact = factOf(event);
    transfers.push(...(payment ? postingsOf(payment, fact, event.time) : []));
    payment = applyEvent(payment, event, fact);
  }
  return transfers;
}

const kindNames = {
  posted: '',
  pending: ', pending',
  post_pending: ', posts what was pending',
  void_pending: ', voids what was pending',
} as const;

/** The postings, held against what the ledger has. @param stored those of them that are there */
export function postingMoments(
  transfers: readonly Transfer[],
  stored: readonly Transfer[],
): Moment[] {
  const byId = new Map(stored.map((transfer) => [transfer.id, transfer]));
  return transfers.map((transfer): Moment => {
    const { posting, amountMinor, currency, debitAccount, creditAccount, kind, id, time } =
      transfer;
    const found = byId.get(id);
    const wrong = found
      ? isSame(found, transfer)
        ? null
        : 'the ledger has it otherwise'
      : 'the ledger does not have it';
    return {
      time,
      source: 'posting',
      says: `${posting}: ${formatMinor(amountMinor, currency)} ${debitAccount} -> ${creditAccount}${kindNames[kind]}${wrong === null ? '' : `: ${wrong}`}`,
      refers: { transfer: id },
      ...(wrong === null ? {} : { isWrong: true }),
    };
  });
}
