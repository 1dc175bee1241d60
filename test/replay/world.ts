import { memoryOperatorLog } from '../../shared/adapters/memory/operator-log.ts';
import { memoryPaymentStore } from '../../shared/adapters/memory/payments/payment-store.ts';
import { memoryPayoutStore } from '../../shared/adapters/memory/payments/payout-store.ts';
import type { PaymentFact } from '../../shared/contracts/events/payment-events.ts';
import { allActs } from '../../shared/domain/operator-log/list.ts';
import { changePayment } from '../../shared/domain/payment/change.ts';
import type { LiveDependencies } from '../../shared/runtime/replay/live.ts';
import { facts } from '../support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../support/payments/payments.ts';
import { aRequestedPayout } from '../support/payouts.ts';
import { webhookTerms } from '../support/webhooks.ts';

/** Event stores with payments of three events each, one payout, and a queue that keeps what it gets. */
export async function replayWorld() {
  const nextStamp = countingStamps();
  const payments = memoryPaymentStore();
  const payouts = memoryPayoutStore();
  const log = memoryOperatorLog();
  const world = {
    nowMs: 0,
    sent: [] as { readonly atMs: number; readonly body: string }[],
    told: [] as { readonly sent: number; readonly position: string }[],
    /** Fails at the message of this number. */
    failsAt: Number.POSITIVE_INFINITY,
  };
  const pay = async (key: string, tenant = 'acme') => {
    const accepted = anAcceptedPayment(nextStamp, {}, { key, tenant });
    await payments.accept(accepted);
    let payment = accepted.after;
    for (const fact of [facts.busy, facts.resumed] as PaymentFact[]) {
      const change = changePayment(payment, fact, nextStamp());
      await payments.append(change);
      payment = change.after;
    }
    return payment.id;
  };
  const payOut = async (tenant = 'acme') => {
    const change = aRequestedPayout(nextStamp, {}, { tenant });
    await payouts.accept(change);
    return change.after.id;
  };
  const deps: LiveDependencies = {
    sources: { payments, payouts },
    log: log.append,
    send: async (body) => {
      if (world.sent.length + 1 === world.failsAt) {
        throw new Error('no queue');
      }
      world.sent.push({ atMs: world.nowMs, body });
    },
    origin: { account: '000000000000', region: 'us-east-1' },
    keepMs: webhookTerms.keepMs,
    nowMs: () => world.nowMs,
    pause: async (ms) => {
      world.nowMs += ms;
    },
    progress: (sent, position) => world.told.push({ sent, position }),
  };
  return {
    ...deps,
    deps,
    world,
    payments,
    payouts,
    pay,
    payOut,
    acts: () => allActs(log),
    sentEvents: () => world.sent.map(({ body }) => JSON.parse(body).detail),
  };
}
