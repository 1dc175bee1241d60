import { isTerminal, type Payment } from '../../../shared/domain/payment/state.ts';
import { hold } from '../../support/invariants/hold.ts';
import { checkAmounts, checkHistory } from '../../support/invariants/payment.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

/** The payments that were written since the last time. */
function changedIn({ stores }: World): () => readonly Payment[] {
  const versions = new Map<string, number>();
  return () =>
    [...stores.payments.states.values()].filter((payment) => {
      const isNew = versions.get(payment.id) !== payment.version;
      versions.set(payment.id, payment.version);
      return isNew;
    });
}

export const amounts: Invariant = {
  name: ' 2 no more captured than authorized, no more refunded than captured',
  check: (world) => {
    const changed = changedIn(world);
    return {
      step: () => {
        for (const payment of changed()) {
          checkAmounts(payment);
        }
      },
    };
  },
};

export const history: Invariant = {
  name: ' 6 a version a change, by the table of states; state and postings are what the events make',
  check: (world) => {
    const { stores } = world;
    const changed = changedIn(world);
    return {
      step: async () => {
        const payments = changed();
        const transfers = payments.length > 0 ? stores.ledger.transfers() : [];
        for (const payment of payments) {
          const own = transfers.filter(({ paymentId }) => paymentId === payment.id);
          checkHistory(payment, await stores.payments.events(payment.id), own);
        }
      },
    };
  },
};

/** True when something of a payment waits for a person. */
export function isParked({ parked, operations }: Payment): boolean {
  return parked !== null || operations.some((operation) => operation.parked !== null);
}

export const ended: Invariant = {
  name: ' 4 what has ended holds nothing, and is at the PSP what it is here',
  check: ({ psps, stores }) => ({
    end: () => {
      for (const payment of stores.payments.states.values()) {
        const { id, status } = payment;
        hold(
          !isTerminal(status) || payment.hold?.state !== 'pending',
          () => `${id} is ${status} with a pending hold`,
        );
        if (!isParked(payment)) {
          checkPsp(payment, theirsOf(psps, id));
        }
      }
    },
  }),
};

function theirsOf(psps: World['psps'], id: string) {
  const theirs = { authorized: 0, captured: 0, voided: 0, refunded: 0 };
  for (const { chargesOf } of psps.values()) {
    for (const charge of chargesOf(id)) {
      theirs.authorized += charge.authorizedMinor;
      theirs.captured += charge.capturedMinor;
      theirs.voided += charge.voidedMinor;
      theirs.refunded += charge.refundedMinor;
    }
  }
  return theirs;
}

function checkPsp(payment: Payment, theirs: ReturnType<typeof theirsOf>): void {
  const { id, status } = payment;
  const say = () => `${id} is ${status}, and the PSP has ${JSON.stringify(theirs)}`;
  if (status === 'failed') {
    // What was approved by mistake was given back.
    const open = theirs.authorized - theirs.captured - theirs.voided;
    hold(open === 0 && theirs.captured === theirs.refunded, say);
    return;
  }
  const { amountAuthorizedMinor, amountCapturedMinor, amountRefundedMinor } = payment;
  const ours = {
    authorized: amountAuthorizedMinor,
    captured: amountCapturedMinor,
    voided: isTerminal(status) ? amountAuthorizedMinor - amountCapturedMinor : theirs.voided,
    refunded: amountRefundedMinor,
  };
  hold(
    JSON.stringify(ours) === JSON.stringify(theirs),
    () => `${say()}, and we have ${JSON.stringify(ours)}`,
  );
}

export const comesToRest: Invariant = {
  name: ' 8 a payment is terminal or parked when nothing is left to happen',
  check: ({ stores }) => ({
    end: () => {
      for (const payment of stores.payments.states.values()) {
        hold(
          isTerminal(payment.status) || isParked(payment),
          () => `${payment.id} is left ${payment.status} for ever`,
        );
        for (const { kind, status, parked } of payment.operations) {
          hold(
            status !== 'processing' || parked !== null,
            () => `a ${kind} of ${payment.id} is left processing for ever`,
          );
        }
      }
    },
  }),
};
