import type { StageName } from '../../../infra/stages.ts';
import type { ResolveParkedBody } from '../../../shared/contracts/operations/parked.ts';
import { command, group } from '../../program/group.ts';
import { by, byOf, json, reason, required, stage, text } from '../../program/specs.ts';
import { bodyOf } from './body.ts';

interface Common {
  readonly stage: StageName;
  readonly json: boolean;
}

export type ParkedCommand = Common &
  (
    | { readonly kind: 'list' }
    | {
        readonly kind: 'resolve';
        readonly body: ResolveParkedBody;
        /** The id of the payment or the payout; null: what waits under the operation's id. */
        readonly subject: string | null;
        readonly by: string;
      }
  );

const run = async (request: ParkedCommand) => (await import('./command.ts')).parkedCommand(request);

export const parked = group<ParkedCommand>('What of a stage waits for a person.', {
  list: command({
    says: 'Lists what waits, what is at risk, and why. Ends with 1 while anything does.',
    options: { json, stage },
    read: (given): ParkedCommand => ({ kind: 'list', ...given }),
    run,
  }),
  resolve: command({
    says: 'Takes a person’s word on one of it, on record.',
    operands: { operation: required('operation', 'its id, as list has it') },
    options: {
      outcome: required('took_effect|no_effect|resume|ask', 'what became of it at the provider'),
      reason: reason(),
      providerReference: text('X', 'the provider’s own name for it'),
      payment: text('ID', 'whose it is, when nothing waits under it any more'),
      by,
      json,
      stage,
    },
    read: (given, { user }): ParkedCommand => ({
      kind: 'resolve',
      stage: given.stage,
      json: given.json,
      body: bodyOf({
        operation_id: given.operation,
        outcome: given.outcome,
        reason: given.reason?.trim(),
        provider_reference: given.providerReference,
      }),
      subject: given.payment ?? null,
      by: byOf(given.by, user),
    }),
    run,
  }),
});
