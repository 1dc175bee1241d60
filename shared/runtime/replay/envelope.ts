import { type AnyEvent, eventSourceOf } from '../../contracts/events/events.ts';
import { type Replay, replayNameMember, sideEffectsMember } from './replay.ts';

/** Where an event comes from, as EventBridge says it. */
export interface Origin {
  readonly account: string;
  readonly region: string;
}

/**
 * An event as EventBridge puts it into a consumer's queue, marked as EventBridge marks a replay of its
 * archive. That it may have effects is a member of ours, which nothing that comes by the bus can have.
 */
export function replayedEnvelope(event: AnyEvent, replay: Replay, { account, region }: Origin) {
  return {
    version: '0',
    id: event.id,
    'detail-type': event.type,
    source: eventSourceOf(event),
    account,
    time: event.time,
    region,
    resources: [event.subject],
    [replayNameMember]: replay.name,
    ...(replay.sideEffects && { [sideEffectsMember]: 'allowed' }),
    detail: event,
  };
}
