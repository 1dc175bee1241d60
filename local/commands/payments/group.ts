import type { StageName } from '../../../infra/stages.ts';
import { paymentStatuses } from '../../../shared/contracts/payment.ts';
import { UsageError } from '../../program/exit.ts';
import { command, group } from '../../program/group.ts';
import { json, number, required, stage, text } from '../../program/specs.ts';
import { tenant } from '../api/caller.ts';
import type { ListRequest, WatchRequest } from './follow.ts';
import { paymentIdOf } from './payment-id.ts';

export interface PaymentsCommand {
  readonly kind: 'explain' | 'show';
  readonly id: string;
  /** The version that is looked at; null: the present one. */
  readonly at: number | null;
  readonly json: boolean;
  readonly stage: StageName;
}

const run = async (request: PaymentsCommand) =>
  (await import('./command.ts')).paymentsCommand(request);

function ofOne(kind: PaymentsCommand['kind'], says: string) {
  return command({
    says,
    operands: { id: required('id', 'of a payment, as its resource has it') },
    options: { at: text('VERSION', 'as this version left it'), json, stage },
    read: ({ id, at, ...common }): PaymentsCommand => {
      if (at !== undefined && !/^[1-9][0-9]{0,6}$/.test(at)) {
        throw new UsageError('--at is one version: an integer from 1 on');
      }
      return { kind, id: paymentIdOf(id), at: at === undefined ? null : Number(at), ...common };
    },
    run,
  });
}

const list = command({
  says: 'The payments of a tenant that match, the newest first, over the API.',
  options: {
    status: text('STATUS', `one of ${paymentStatuses.join(', ')}`),
    currency: text('CODE', 'of ISO 4217'),
    least: text('AMOUNT', 'of this amount or more, as a decimal; with --currency'),
    reference: text('TEXT', 'the merchant’s own name of the order'),
    customer: text('ID', 'the merchant’s own id of the customer'),
    from: text('TIME', 'created then or later, RFC 3339'),
    to: text('TIME', 'created before'),
    most: number('N', 'so many', { most: 10_000, otherwise: 20 }),
    tenant,
    json,
  },
  read: (given): ListRequest => {
    if (given.status !== undefined && !paymentStatuses.some((known) => known === given.status)) {
      throw new UsageError(`--status is one of ${paymentStatuses.join(', ')}`);
    }
    if (given.least !== undefined && given.currency === undefined) {
      throw new UsageError('--least is an amount of a currency: say --currency too');
    }
    return given;
  },
  run: async (request) => (await import('./follow.ts')).listCommand(request),
});

const watch = command({
  says: 'Prints what happens as it happens: the events of a payment until it has settled, or without an id all payments of the tenant. With --json a document a line. Ends with 1 when the payment failed or did not settle in time.',
  operands: { id: text('id', 'of a payment') },
  options: {
    seconds: number('N', 'at the most', { most: 86_400, otherwise: 300 }),
    tenant,
    json,
  },
  read: ({ id, ...given }): WatchRequest => ({
    ...given,
    id: id === undefined ? undefined : paymentIdOf(id),
  }),
  run: async (request) => (await import('./follow.ts')).watchCommand(request),
});

export const payments = group<PaymentsCommand | ListRequest | WatchRequest>(
  'Payments of a stage.',
  {
    list,
    watch,
    explain: ofOne('explain', 'What happened to one payment, by all who know, on one time line.'),
    show: ofOne('show', 'The whole state of a payment, now or as a version left it.'),
  },
);
