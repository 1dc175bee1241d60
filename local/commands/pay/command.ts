import { randomUUID } from 'node:crypto';
import type {
  Cancellation,
  Capture,
  Payment,
  Paysaga,
  Refund,
  WaitOptions,
} from '../../../client/src/index.ts';
import { Interrupted } from '../../program/exit.ts';
import { amountOf, currencyOf } from '../api/amounts.ts';
import { apiOf } from '../api/caller.ts';
import { print } from '../api/print.ts';
import { operationLine, paymentLine } from '../api/text.ts';

interface Common {
  readonly wait: number;
  readonly key: string | undefined;
  readonly tenant: string | undefined;
  readonly json: boolean;
}

export interface PayRequest extends Common {
  readonly amount: string;
  readonly currency: string;
  readonly token: string;
  readonly manual: boolean;
  readonly reference: string | undefined;
  readonly customer: string | undefined;
}

export type OperationRequest = Common & { readonly id: string } & (
    | { readonly kind: 'capture'; readonly amount: string | undefined; readonly final: boolean }
    | { readonly kind: 'cancel'; readonly reason: string | undefined }
    | {
        readonly kind: 'refund';
        readonly amount: string | undefined;
        readonly reason: string | undefined;
        readonly approval: string | undefined;
      }
  );

type Api = Pick<Paysaga, 'payments'>;
/** With the key that was given, or one of ours: told again when nobody knows what became of the call. */
type Keyed<R> = R & { readonly key: string };

function keyed<R extends Common>(request: R): Keyed<R> {
  return { ...request, key: request.key ?? randomUUID() };
}

/** @throws {Interrupted} at Ctrl-C, after which it may take effect all the same */
async function orInterrupted<T>(key: string, call: Promise<T>): Promise<T> {
  const interrupted = Promise.withResolvers<never>();
  const interrupt = () => interrupted.reject(new Interrupted(key));
  process.once('SIGINT', interrupt);
  try {
    return await Promise.race([call, interrupted.promise]);
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** Takes a payment. @returns 1 when it failed */
export async function payCommand(request: PayRequest): Promise<number> {
  const currency = currencyOf(request.currency);
  const body = { amount: amountOf(request.amount, currency), currency };
  const all = keyed(request);
  const payment = await orInterrupted(all.key, take(await apiOf(request.tenant), all, body));
  print(request, payment, [paymentLine(payment), ...whatNext(payment)]);
  return payment.status === 'failed' ? 1 : 0;
}

function take(
  api: Api,
  { token, manual, reference, customer, ...common }: Keyed<PayRequest>,
  body: { readonly amount: number; readonly currency: string },
): Promise<Payment> {
  return api.payments.create(
    {
      ...body,
      currency: body.currency as Payment['currency'],
      payment_method: token,
      ...(manual ? { capture_method: 'manual' } : {}),
      ...(reference === undefined ? {} : { merchant_reference: reference }),
      ...(customer === undefined ? {} : { customer: { id: customer } }),
    },
    waiting(common),
  );
}

/** What a person does with it now. */
function whatNext({ id, status }: Payment): string[] {
  const next: Readonly<Partial<Record<Payment['status'], string>>> = {
    processing: `It goes on: npx paysaga payments watch ${id}`,
    authorized: `The money is held: npx paysaga capture ${id}`,
  };
  return next[status] === undefined ? [] : [next[status]];
}

function waiting({ wait, key }: Keyed<Pick<Common, 'wait'>>): WaitOptions {
  return { waitSeconds: wait, idempotencyKey: key };
}

/** Asks for something on a payment. @returns 1 when it failed */
export async function operationCommand(request: OperationRequest): Promise<number> {
  const api = await apiOf(request.tenant);
  const all = keyed(request);
  const operation = await orInterrupted(all.key, ask(api, all));
  print(request, operation, [operationLine(operation)]);
  return operation.status === 'failed' ? 1 : 0;
}

async function ask(
  api: Api,
  request: Keyed<OperationRequest>,
): Promise<Capture | Cancellation | Refund> {
  const { payments } = api;
  const { id } = request;
  const options = waiting(request);
  switch (request.kind) {
    case 'capture': {
      const amount = await partOf(api, id, request.amount);
      return payments.capture(id, { ...amount, final: request.final }, options);
    }
    case 'cancel':
      return payments.cancel(id, because(request), options);
    case 'refund': {
      const { approval } = request;
      const body = { ...(await partOf(api, id, request.amount)), ...because(request) };
      return payments.refund(
        id,
        { ...body, ...(approval === undefined ? {} : { approval_id: approval }) },
        options,
      );
    }
  }
}

const because = ({ reason }: { readonly reason: string | undefined }) =>
  reason === undefined ? {} : { reason };

/** A part is in the payment's currency, which is asked for: how many decimals it has depends on it. */
async function partOf(
  { payments }: Api,
  id: string,
  amount: string | undefined,
): Promise<{ readonly amount?: number }> {
  if (amount === undefined) {
    return {};
  }
  const { currency } = await payments.get(id);
  return { amount: amountOf(amount, currencyOf(currency)) };
}
