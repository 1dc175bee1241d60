import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import type { AcceptedPaymentRequest } from '../../../shared/contracts/payment.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import {
  type Operation,
  operationOf,
} from '../../../shared/domain/payment/operations/operation.ts';
import type {
  CaptureRequest,
  OperationOutcome,
  Provider,
  RefundRequest,
  VoidRequest,
} from '../../../shared/ports/provider.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';
import { leastBody, memoryApi } from '../api/memory-api.ts';
import { providersOf } from '../psp/providers.ts';
import { type FactName, facts } from './facts.ts';
import { aReserved } from './reserved.ts';

/** A payment of EUR 100.00 that is authorized, and not captured. */
export async function anAuthorized(request: Partial<AcceptedPaymentRequest> = {}) {
  const payment = await aReserved({ capture_method: 'manual', ...request });
  await payment.write(facts.authorized);
  return payment;
}

/** A payment of EUR 100.00 that is captured. */
export async function aCaptured(request: Partial<AcceptedPaymentRequest> = {}) {
  const payment = await aReserved(request);
  await payment.write(facts.captured);
  return payment;
}

const requests = {
  capture: { from: anAuthorized, fact: facts.captureRequested },
  'final capture': { from: anAuthorized, fact: facts.restRequested },
  cancel: { from: anAuthorized, fact: facts.cancelRequested },
  expiry: { from: anAuthorized, fact: facts.expiryRequested },
  refund: { from: aCaptured, fact: facts.refundRequested },
} as const;

/** A payment of which something was asked, and what a task of its saga is called with. */
export async function anAsked(
  what: keyof typeof requests,
  request: Partial<AcceptedPaymentRequest> = {},
) {
  const { from, fact } = requests[what];
  const payment = await from(request);
  await payment.write(fact);
  const operationId = fact.facts.operation_id;
  const command: TaskCommand = {
    paymentId: payment.id,
    operationId,
    execution: 'e2',
    retries: 0,
    error: null,
  };
  const before = (await payment.types()).length;
  const transfersBefore = payment.store.transfers.length;
  return {
    ...payment,
    command,
    operationId,
    operation: async (): Promise<Operation> => {
      const operation = operationOf(await payment.load(), operationId);
      if (!operation) {
        throw new Error('the operation is gone');
      }
      return operation;
    },
    /** The types of the events since it was asked for. */
    since: async () => (await payment.types()).slice(before),
    /** The transfers since it was asked for. */
    postings: () =>
      payment.store.transfers
        .slice(transfersBefore)
        .map(({ posting, kind, amountMinor }) => [posting, kind, amountMinor]),
  };
}

/** The fact by which the execution `e2` takes an operation. */
export const claimOf = {
  capture: facts.captureStarted,
  'final capture': facts.restStarted,
  cancel: facts.cancelStarted,
  expiry: {
    type: 'payment.operation_started',
    facts: { operation_id: facts.expiryRequested.facts.operation_id, execution: 'e2' },
  },
  refund: facts.refundHeld,
} as const satisfies Record<keyof typeof requests, PaymentFact>;

/** The same, taken by the execution `e2`. */
export async function aBegun(
  what: keyof typeof requests,
  request: Partial<AcceptedPaymentRequest> = {},
) {
  const asked = await anAsked(what, request);
  await asked.write(claimOf[what]);
  return asked;
}

/** What was asked of a PSP. */
export type Asked =
  | ({ readonly call: 'capture' } & CaptureRequest)
  | ({ readonly call: 'void' } & VoidRequest)
  | ({ readonly call: 'refund' } & RefundRequest);

/** A PSP that answers each operation by the next of these, the last one for ever, and no charge. */
export function aPsp(...outcomes: readonly OperationOutcome[]) {
  const asked: Asked[] = [];
  const answer = async (request: Asked): Promise<OperationOutcome> => {
    asked.push(request);
    return outcomes[Math.min(asked.length, outcomes.length) - 1] ?? { kind: 'done' };
  };
  const provider: Provider = {
    name: 'psp',
    charge: () => Promise.reject(new Error('not asked for')),
    capture: (request) => answer({ call: 'capture', ...request }),
    void: (request) => answer({ call: 'void', ...request }),
    refund: (request) => answer({ call: 'refund', ...request }),
    inquire: () => Promise.reject(new Error('not asked for')),
  };
  return { provider, providers: providersOf(provider), asked };
}

export const declined: OperationOutcome = { kind: 'declined', code: 'too_late', message: 'No.' };
export const busy: OperationOutcome = { kind: 'busy', reason: '429' };
export const noAnswer: OperationOutcome = { kind: 'unknown', reason: 'no answer' };

/** Takes a payment of the API along by these facts, as its sagas would. */
export async function takeAlong(
  { store, nextStamp }: Pick<ReturnType<typeof memoryApi>, 'store' | 'nextStamp'>,
  id: string,
  ...taken: readonly PaymentFact[]
): Promise<void> {
  for (const fact of taken) {
    const payment = await store.load(id);
    if (payment) {
      await store.append(changePayment(payment, fact, nextStamp()));
    }
  }
}

/** The API with the payment that `facts` are about: EUR 100.00, taken along by them. */
export async function anApiWith(
  names: readonly FactName[],
  replaced: Parameters<typeof memoryApi>[0] = {},
) {
  const api = memoryApi(replaced);
  const { json } = await api.pay({ ...leastBody, capture_method: 'manual' });
  const id: string = json.id;
  await takeAlong(api, id, ...names.map((name) => facts[name]));
  const before = api.store.allEvents.length;
  return {
    api,
    id,
    /** The events since then. */
    since: () => api.store.allEvents.slice(before),
    payment: async () => {
      const payment = await api.store.load(id);
      if (!payment) {
        throw new Error('the payment is gone');
      }
      return payment;
    },
  };
}
