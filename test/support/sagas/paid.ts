import { isDeepStrictEqual } from 'node:util';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import type { AcceptedPaymentRequest } from '../../../shared/contracts/payment.ts';
import { effectOf } from '../../../shared/domain/ledger/transfer.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import { foldPayment } from '../../../shared/domain/payment/fold.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import type { ChargeOutcome } from '../../../shared/ports/provider.ts';
import { anAcceptedPayment } from '../payments/payments.ts';
import { type Answers, answeringPsp } from '../psp/answering-psp.ts';
import { providersOf } from '../psp/providers.ts';
import { type RunningStageOptions, runningStage } from './running-stage.ts';

export const hourMs = 3_600_000;
/** Asked three times within the window, and three times after it. */
export const resolveSchedule = {
  waitsMs: [2_000, 10_000, 60_000, hourMs, hourMs, hourMs],
  settleWindowMs: hourMs,
};

const approved = {
  kind: 'approved',
  providerReference: 'ch_1',
  amountMinor: 10_000,
  currency: 'EUR',
  captured: true,
  authorizedUntil: null,
} as const satisfies ChargeOutcome;

/** What a PSP can say. */
export const says = {
  approved,
  authorized: { ...approved, captured: false },
  /** It approved a cent less. */
  other: { ...approved, amountMinor: 9_999 },
  done: { kind: 'done' },
  declined: { kind: 'declined', code: 'lost_card', message: 'The card was lost.' },
  busy: { kind: 'busy', reason: '429' },
  noAnswer: { kind: 'unknown', reason: 'no answer' },
  notFound: { kind: 'not_found' },
  unavailable: { kind: 'unavailable', reason: '503' },
} as const;

/** Takes a payment of EUR 100.00, and runs what comes of it over a PSP that answers so. */
export async function paid(
  answers: Answers,
  request: Partial<AcceptedPaymentRequest> = {},
  options: Partial<RunningStageOptions> = {},
) {
  const psp = answeringPsp(answers);
  const stage = runningStage({
    providers: providersOf(psp.provider),
    schedule: resolveSchedule,
    stuckAfterMs: 600_000,
    ...options,
  });
  const accepted = anAcceptedPayment(stage.nextStamp, request);
  await stage.memory.accept(accepted);
  const { id } = accepted.after;
  const load = async (): Promise<Payment> => {
    const payment = await stage.memory.load(id);
    if (!payment) {
      throw new Error('the payment is gone');
    }
    if (!isDeepStrictEqual(foldPayment(await stage.memory.events(id)), payment)) {
      throw new Error('the payment is not the fold of its events');
    }
    return payment;
  };
  return {
    ...stage,
    id,
    load,
    asked: psp.asked,
    calls: (call: string) => psp.asked.filter((asked) => asked.call === call).length,
    /** Runs all that comes of it. */
    settled: stage.settle,
    /** Asks something more of it, and runs what comes of that. */
    request: async (fact: PaymentFact) => {
      await stage.memory.append(changePayment(await load(), fact, stage.nextStamp()));
      return stage.settle();
    },
    events: () => stage.types(id),
    pendingMinor: () =>
      stage.memory.transfers.reduce((sum, transfer) => sum + effectOf(transfer).pending, 0n),
  };
}
