import type { PaymentEvent } from '../../contracts/events/payment-events.ts';
import { effectOf, type PostingName, postings as rows, type Transfer } from '../ledger/transfer.ts';
import { acceptPayment, changePayment } from '../payment/change.ts';
import { factOf } from '../payment/fold.ts';
import { isTerminal, type Payment } from '../payment/state.ts';
import { settlementPostings } from '../settlement/postings.ts';
import { paymentStateVersion } from '../snapshot.ts';
import type { Maker, WrongExtra } from './maker.ts';

/** How a payment is made again. */
export const paymentMaker: Maker<Payment, PaymentEvent> = {
  stateVersion: paymentStateVersion,
  make: (id, before, event) => {
    const stamp = { time: event.time, eventId: event.id };
    const fact = factOf(event);
    if (before) {
      return changePayment(before, fact, stamp, event.causation_id);
    }
    if (fact.type !== 'payment.accepted') {
      throw new Error(`${fact.type} of a payment that does not exist`);
    }
    const { request, request_hash: requestHash } = fact.facts;
    const { tenant, correlation_id: correlationId, causation_id: requestId } = event;
    return acceptPayment({ id, tenant, request, requestHash, correlationId, requestId }, stamp);
  },

  /** Invariants 2 and 4; 6 is in the making, which goes from version to version by the state table. */
  brokenRules: (payment, postings) => {
    const { amountAuthorizedMinor, amountCapturedMinor, amountRefundedMinor, hold } = payment;
    const heldMinor = hold?.state === 'pending' ? hold.amountMinor : 0;
    const rules: readonly (readonly [isBroken: boolean, says: string])[] = [
      [
        !(0 <= amountCapturedMinor && amountCapturedMinor <= amountAuthorizedMinor),
        `it captured ${amountCapturedMinor} of ${amountAuthorizedMinor} authorized`,
      ],
      [
        !(0 <= amountRefundedMinor && amountRefundedMinor <= amountCapturedMinor),
        `it refunded ${amountRefundedMinor} of ${amountCapturedMinor} captured`,
      ],
      [
        isTerminal(payment.status) && heldMinor > 0,
        `it is ${payment.status} and still holds ${heldMinor}`,
      ],
      [
        pendingMinor(postings) !== BigInt(heldMinor),
        `it holds ${heldMinor}, and its postings ${pendingMinor(postings)}`,
      ],
      [
        postedMinor(postings, 'captured') !== amountCapturedMinor,
        `it captured ${amountCapturedMinor}, and its postings ${postedMinor(postings, 'captured')}`,
      ],
      [
        postedMinor(postings, 'refund_confirmed') !== amountRefundedMinor,
        `it refunded ${amountRefundedMinor}, and its postings ${postedMinor(postings, 'refund_confirmed')}`,
      ],
    ];
    return rules.filter(([isBroken]) => isBroken).map(([, says]) => says);
  },

  /** What a settlement posts is of the settlement; it has to be to an operation that the payment has. */
  wrongExtras: (extras, postings) => {
    const operations = new Set(postings.map(({ operationId }) => operationId));
    const [own] = postings;
    const byEffect = Map.groupBy(extras, effectName);
    return extras.flatMap((transfer): WrongExtra[] => {
      const wrong = (says: string) => [{ transfer, says }];
      const { posting, operationId } = transfer;
      if (!isSettlement(posting)) {
        return wrong('is made by none of its events');
      }
      if (operationId === null || !operations.has(operationId)) {
        return wrong('settles an operation that the payment does not have');
      }
      if (transfer.tenant !== own?.tenant || transfer.currency !== own.currency) {
        return wrong('is not in the book of the payment');
      }
      const { debit, credit } = rows[posting];
      if (transfer.debitAccount !== debit || transfer.creditAccount !== credit) {
        return wrong(`is not between the accounts of ${posting}`);
      }
      const same = byEffect.get(effectName(transfer)) ?? [];
      return same.length > 1 ? wrong(`is one of ${same.length} that settle the same`) : [];
    });
  },
};

function effectName({ posting, operationId }: Transfer): string {
  return `${posting} ${operationId}`;
}

function isSettlement(posting: PostingName): boolean {
  return settlementPostings.some((name) => name === posting);
}

/** What is pending after some transfers of one payment. */
function pendingMinor(transfers: readonly Transfer[]): bigint {
  return transfers.reduce((sum, transfer) => sum + effectOf(transfer).pending, 0n);
}

function postedMinor(transfers: readonly Transfer[], name: PostingName): number {
  return transfers
    .filter(({ posting }) => posting === name)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
