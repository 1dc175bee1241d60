import { isTerminal, type Payment } from '../../shared/domain/payment/state.ts';
import { hold } from '../support/invariants/hold.ts';
import { checkBooks, checkLimits } from '../support/invariants/ledger.ts';
import { checkAmounts, checkHistory } from '../support/invariants/payment.ts';
import { unknownsOf } from './inquiry-side.ts';
import type { LifecycleWorld } from './world.ts';

/**
 * Checks what has to hold after each thing that happens, by the numbers of the invariants of
 * docs/architecture.md. What nothing was written to since it was found right is not looked at again.
 */
export function invariantsOf(world: LifecycleWorld): () => Promise<void> {
  const checked = { payments: new Map<string, number>(), folded: -1, transfers: -1 };
  return async () => {
    const transfers = world.ledger.transfers();
    for (const id of world.paymentIds) {
      const payment = await world.payments.load(id);
      if (!payment) {
        throw new Error(`payment ${id} is gone`);
      }
      if (checked.payments.get(id) !== payment.version) {
        checkAmounts(payment);
        checkPsp(world, payment);
        const own = transfers.filter(({ paymentId }) => paymentId === id);
        checkHistory(payment, await world.payments.events(id), own);
        checked.payments.set(id, payment.version);
      }
    }
    checkEffects(world);
    const folded = world.foldedTransfers().length;
    if (checked.folded !== folded) {
      await checkBooks(world.tenant, world.books, world.foldedTransfers());
      checked.folded = folded;
    }
    if (checked.transfers !== transfers.length) {
      checkLimits(world.tenant, world.ledger);
      checked.transfers = transfers.length;
    }
  };
}

/** 4: what has ended holds nothing, and is at the PSP what it is here. */
function checkPsp({ psp }: LifecycleWorld, payment: Payment): void {
  const { status, operations } = payment;
  hold(!isTerminal(status) || payment.hold?.state !== 'pending', 'an end with a pending hold');
  const theirs = psp.totalsOf(payment.id) ?? { authorized: 0, captured: 0, voided: 0, refunded: 0 };
  const ended = status === 'captured' || status === 'canceled' || status === 'expired';
  const ours = {
    authorized: payment.amountAuthorizedMinor,
    captured: payment.amountCapturedMinor,
    voided: ended ? payment.amountAuthorizedMinor - payment.amountCapturedMinor : 0,
    refunded: payment.amountRefundedMinor,
  };
  // What is unknown may have taken effect: then the PSP has more than we know of.
  hold(
    unknownsOf(payment).length > 0 || JSON.stringify(theirs) === JSON.stringify(ours),
    () => `the PSP has ${JSON.stringify(theirs)}, and we ${JSON.stringify(ours)}`,
  );
  for (const operation of operations) {
    hold(
      operation.status !== 'processing' ||
        operation.unknown !== null ||
        operation.execution === null,
      `an operation that began is left in the middle: ${operation.kind}`,
    );
  }
}

/** 3: at most one effect at the PSP by one operation id. */
function checkEffects({ psp }: LifecycleWorld): void {
  for (const [operation, effects] of psp.effects) {
    hold(effects === 1, `operation ${operation} took effect ${effects} times`);
  }
}
