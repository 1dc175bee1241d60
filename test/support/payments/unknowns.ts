import { inquire } from '../../../functions/providers/inquire/inquire.ts';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { openOf } from '../../../shared/domain/payment/recovery/conclude.ts';
import type { InquirySchedule } from '../../../shared/domain/saga/inquiry.ts';
import type { Inquiry, InquiryRequest, Provider } from '../../../shared/ports/provider.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';
import { noOperations } from '../psp/no-operations.ts';
import { providersOf } from '../psp/providers.ts';
import { chargeTerms } from '../sagas/charge-terms.ts';
import { facts } from './facts.ts';
import { aCaptured, anAuthorized, claimOf } from './operations.ts';
import { aReserved } from './reserved.ts';

const { operation_id: expiry } = facts.expiryRequested.facts;
const { operation_id: rest } = facts.restRequested.facts;
const noAnswer = { reason: 'no answer' } as const;

/** All that can be unknown of a payment, by how it came to that. */
const unknowns = {
  charge: { from: aReserved, facts: [facts.unknownCharge] },
  'manual charge': {
    from: () => aReserved({ capture_method: 'manual' }),
    facts: [facts.unknownCharge],
  },
  reverse: { from: aReserved, facts: [facts.mismatched, facts.unknownReversal] },
  capture: {
    from: anAuthorized,
    facts: [facts.captureRequested, claimOf.capture, facts.captureUnknown],
  },
  'final capture': {
    from: anAuthorized,
    facts: [
      facts.restRequested,
      claimOf['final capture'],
      {
        type: 'payment.outcome_unknown',
        facts: { ...noAnswer, operation_id: rest, operation: 'capture' },
      },
    ],
  },
  cancel: {
    from: anAuthorized,
    facts: [facts.cancelRequested, claimOf.cancel, facts.cancelUnknown],
  },
  expiry: {
    from: anAuthorized,
    facts: [
      facts.expiryRequested,
      claimOf.expiry,
      {
        type: 'payment.outcome_unknown',
        facts: { ...noAnswer, operation_id: expiry, operation: 'cancel' },
      },
    ],
  },
  refund: { from: aCaptured, facts: [facts.refundRequested, claimOf.refund, facts.refundUnknown] },
} as const satisfies Record<
  string,
  { readonly from: () => ReturnType<typeof aReserved>; readonly facts: readonly PaymentFact[] }
>;

export type UnknownName = keyof typeof unknowns;
export const unknownNames = Object.keys(unknowns) as [UnknownName, ...UnknownName[]];

/** An hour, which no test waits for. */
export const settleWindowMs = 3_600_000;
export const schedule: InquirySchedule = { waitsMs: [1_000, 2_000, 3_000], settleWindowMs };

/** A payment of EUR 100.00 of which something is unknown, and a clock that stands at some time after. */
export async function anUnknown(what: UnknownName) {
  const { from, facts: taken } = unknowns[what];
  const payment = await from();
  const left = await payment.write(...taken);
  const operationId = (taken.at(-1) as PaymentFact & { facts: { operation_id: string } }).facts
    .operation_id;
  const open = openOf(left, operationId);
  if (!open) {
    throw new Error(`no ${what} is unknown`);
  }
  const before = (await payment.types()).length;
  const transfersBefore = payment.store.transfers.length;
  let laterMs = 0;
  const nextStamp: NextStamp = () => ({
    ...payment.deps.nextStamp(),
    time: new Date(Date.parse(open.since) + laterMs).toISOString(),
  });
  return {
    ...payment,
    ...chargeTerms,
    deps: { ...payment.deps, nextStamp },
    open,
    operationId,
    of: { paymentId: payment.id, operationId },
    /** Sets the clock to so long after the outcome became unknown. */
    pass: (ms: number) => {
      laterMs = ms;
    },
    /** The types of the events since it is unknown. */
    since: async () => (await payment.types()).slice(before),
    /** The transfers since then. */
    postings: () =>
      payment.store.transfers
        .slice(transfersBefore)
        .map(({ posting, kind, amountMinor }) => [posting, kind, amountMinor]),
  };
}

/** A PSP that is only asked what it knows, and answers like this; the last answer for ever. */
export function inquiredPsp(
  answers: readonly (Inquiry | (() => Promise<Inquiry>))[],
  name = 'psp',
) {
  const asked: InquiryRequest[] = [];
  const never = () => Promise.reject(new Error('nothing is sent while an outcome is unknown'));
  const provider: Provider = {
    ...noOperations,
    name,
    charge: never,
    inquire: async (request) => {
      asked.push(request);
      const answer = answers[Math.min(asked.length, answers.length) - 1];
      if (!answer) {
        throw new Error(`${name} was not to be asked`);
      }
      return typeof answer === 'function' ? answer() : answer;
    },
  };
  return { provider, providers: providersOf(provider), asked };
}

/** What the PSP says of a charge of EUR 100.00 that it approved. */
export const approvedAs = (
  part: Partial<Extract<Inquiry, { kind: 'approved' }>> = {},
): Inquiry => ({
  kind: 'approved',
  providerReference: 'ch_9',
  amountMinor: 10_000,
  currency: 'EUR',
  captured: true,
  authorizedUntil: null,
  ...part,
});

/** Something unknown, and an inquiry about it to a PSP that answers like this. */
export async function anInquiry(
  what: UnknownName,
  answers: Parameters<typeof inquiredPsp>[0],
  unknown: Awaited<ReturnType<typeof anUnknown>> | null = null,
) {
  const payment = unknown ?? (await anUnknown(what));
  const { providers, asked } = inquiredPsp(answers);
  const { deps, plans, authorizationWindowMs } = payment;
  const ask = inquire({ ...deps, plans, authorizationWindowMs, providers, schedule });
  return {
    ...payment,
    asked,
    /** Asks for the first time, unless told that it was asked before. */
    run: (before = 0) => ask({ ...payment.of, asked: before }),
  };
}
