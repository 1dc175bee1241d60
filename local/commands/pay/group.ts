import { UsageError } from '../../program/exit.ts';
import { command } from '../../program/group.ts';
import { flag, json, number, required, text } from '../../program/specs.ts';
import { tenant } from '../api/caller.ts';
import { paymentIdOf } from '../payments/payment-id.ts';
import type { OperationRequest, PayRequest } from './command.ts';

/** As long as the API holds an answer. */
const wait = number('SECONDS', 'for how long the outcome is waited for, up to 10', {
  most: 10,
  otherwise: 10,
});
const key = text(
  'KEY',
  'the idempotency key; the same again is the same request. Without it a new one',
);
const amount = text('AMOUNT', 'as a decimal, such as 40.00; without it all that there is');
const id = required('id', 'of the payment');
const common = { wait, key, tenant, json };

export const pay = command({
  says: 'Takes a payment, and waits for its outcome. Ends with 1 when it failed.',
  operands: {
    amount: required('amount', 'as a decimal: 99.90'),
    currency: required('currency', 'of ISO 4217: EUR'),
  },
  options: {
    token: { ...text('TOKEN', 'what the PSP vaulted'), otherwise: 'tok_approve' },
    manual: flag('authorizes alone; capture takes the money'),
    reference: text('TEXT', 'your own name of the order, once a tenant'),
    customer: text('ID', 'your own id of the customer'),
    ...common,
  },
  read: (given): PayRequest => ({ ...given, token: given.token ?? 'tok_approve' }),
  run: async (request) => (await import('./command.ts')).payCommand(request),
});

const run = async (request: OperationRequest) =>
  (await import('./command.ts')).operationCommand(request);

export const capture = command({
  says: 'Captures an authorized payment, or a part of it.',
  operands: { id },
  options: { amount, final: flag('releases what is left after it'), ...common },
  read: ({ id: payment, ...given }): OperationRequest => ({
    ...given,
    kind: 'capture',
    id: paymentIdOf(payment),
  }),
  run,
});

export const cancel = command({
  says: 'Cancels an authorized payment: all of it is given back.',
  operands: { id },
  options: { reason: text('TEXT', 'why'), ...common },
  read: ({ id: payment, ...given }): OperationRequest => ({
    ...given,
    kind: 'cancel',
    id: paymentIdOf(payment),
  }),
  run,
});

export const refund = command({
  says: 'Gives a captured payment back, or a part of it.',
  operands: { id },
  options: {
    amount,
    reason: text('TEXT', 'why'),
    approval: text('ID', 'of somebody else who agrees, where the policies ask for it'),
    ...common,
  },
  read: ({ id: payment, ...given }): OperationRequest => {
    if (given.approval !== undefined && !/^[0-9a-f-]{36}$/.test(given.approval)) {
      throw new UsageError('--approval is the id of an approval');
    }
    return { ...given, kind: 'refund', id: paymentIdOf(payment) };
  },
  run,
});
