import { UsageError } from '../../program/exit.ts';
import { command, group } from '../../program/group.ts';
import { json, number, required, text } from '../../program/specs.ts';
import { tenant } from '../api/caller.ts';
import type { DeliveriesRequest, ResendRequest, WebhooksRequest } from './command.ts';

const statuses = ['pending', 'delivered', 'failed', 'abandoned'] as const;
const endpoint = required('endpoint', 'the id of a webhook endpoint');

export const webhooks = group('Webhooks to merchants: where they go, and what became of them.', {
  list: command({
    says: 'The webhook endpoints of a tenant.',
    options: { tenant, json },
    read: (given): WebhooksRequest => given,
    run: async (request) => (await import('./command.ts')).listEndpoints(request),
  }),
  deliveries: command({
    says: 'What was sent to an endpoint, the newest first.',
    operands: { endpoint },
    options: {
      status: text('STATUS', `${statuses.join(', ')} alone`),
      most: number('N', 'so many', { most: 1_000, otherwise: 20 }),
      tenant,
      json,
    },
    read: ({ status, ...given }): DeliveriesRequest => {
      const found = statuses.find((known) => known === status);
      if (status !== undefined && !found) {
        throw new UsageError(`--status is one of ${statuses.join(', ')}`);
      }
      return { ...given, status: found };
    },
    run: async (request) => (await import('./command.ts')).listDeliveries(request),
  }),
  resend: command({
    says: 'Asks for a delivery to be sent once more. It is sent soon after; `webhooks deliveries` says what became of it.',
    operands: { endpoint, delivery: required('delivery', 'the id of a delivery') },
    options: { tenant, json },
    read: (given): ResendRequest => given,
    run: async (request) => (await import('./command.ts')).resendDelivery(request),
  }),
});
