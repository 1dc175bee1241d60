import type * as z from 'zod/mini';
import type { DeadLetterEdge } from '../../../contracts/dead-letters/edge.ts';
import { GivenUpRange, GivenUpRun } from '../../../contracts/dead-letters/given-up.ts';
import type { AnyEvent } from '../../../contracts/events/events.ts';
import { isPayoutEventType } from '../../../contracts/events/events.ts';
import { ProviderNotice } from '../../../contracts/events/notices.ts';
import { PaymentEventSchema, paymentEventTypes } from '../../../contracts/events/payment-events.ts';
import { PayoutEventSchema, payoutEventTypes } from '../../../contracts/events/payout-events.ts';
import { UnreadableVersion, upcast } from '../../../contracts/events/upcast.ts';
import { DeliveryMessageSchema } from '../../../contracts/webhooks.ts';
import type { Content, Subject } from '../../../domain/dead-letter/letter.ts';

/**
 * Reads the body of a letter, by what its edge gives up. Of a contract, only what the contract has is
 * kept; of what is of none, only the names that may be seen by anybody.
 */
export function contentOf({ kind }: Pick<DeadLetterEdge, 'kind'>, body: string): Content {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return kind === 'schedule' ? unstarted : unreadable('the message is not JSON', null);
  }
  switch (kind) {
    case 'stream':
      return ofRange(json);
    case 'schedule':
      return ofRun(json);
    case 'queue':
      return ofDelivery(json) ?? ofNotice(json);
    case 'rule':
    case 'consumer':
      return ofEvent((json as { detail?: unknown } | null)?.detail);
  }
}

const unstarted: Content = { kind: 'run', at: null, error: null };

function ofEvent(detail: unknown): Content {
  const isOfPayout = isPayoutEventType(text(detail, 'type') ?? '');
  const schema: z.ZodMiniType<AnyEvent> = isOfPayout ? PayoutEventSchema : PaymentEventSchema;
  const rest = {
    type: known([...paymentEventTypes, ...payoutEventTypes], text(detail, 'type')),
    about: subjectOf(isOfPayout ? 'payout' : 'payment', text(detail, 'subject')),
  };
  try {
    const { success, data, error } = schema.safeParse(upcast(detail));
    return success
      ? { kind: 'event', event: data }
      : unreadable(`not an event of the contract: ${placesOf(error)}`, rest);
  } catch (error) {
    if (error instanceof UnreadableVersion) {
      return unreadable(error.message, rest);
    }
    throw error;
  }
}

/** Null for what is no try to deliver a webhook: no notice could be taken for one. */
function ofDelivery(json: unknown): Content | null {
  const { data } = DeliveryMessageSchema.safeParse(json);
  return data ? { kind: 'delivery', delivery: data } : null;
}

const noticeTypes = ProviderNotice.def.options.flatMap(({ shape }) => shape.type.def.values);

function ofNotice(json: unknown): Content {
  const { success, data, error } = ProviderNotice.safeParse(json);
  const type = text(json, 'type');
  return success
    ? { kind: 'notice', notice: data }
    : unreadable(`not a notice of the contract: ${placesOf(error)}`, {
        type: known(noticeTypes, type),
        about: subjectOf(
          type?.startsWith('payout.') ? 'payout' : 'payment',
          text((json as { data?: unknown } | null)?.data, 'reference'),
        ),
      });
}

function ofRange(json: unknown): Content {
  const { success, data, error } = GivenUpRange.safeParse(json);
  if (!success) {
    return unreadable(`not a range that Lambda gave up: ${placesOf(error)}`, null);
  }
  const { DDBStreamBatchInfo: info, requestContext, responseContext, timestamp } = data;
  const tries = requestContext?.approximateInvokeCount;
  return {
    kind: 'range',
    range: {
      streamArn: info.streamArn,
      shardId: info.shardId,
      firstSequence: info.startSequenceNumber,
      lastSequence: info.endSequenceNumber,
    },
    records: info.batchSize,
    givenUp: new Date(timestamp).toISOString(),
    condition: [
      requestContext?.condition ?? 'given up',
      tries === undefined ? '' : ` after ${tries} tries`,
      responseContext?.functionError ? `: ${responseContext.functionError}` : '',
    ].join(''),
  };
}

function ofRun(json: unknown): Content {
  const { success, data } = GivenUpRun.safeParse(json);
  if (!success) {
    return unstarted;
  }
  if ('time' in data) {
    return { kind: 'run', at: data.time, error: null };
  }
  const { errorType, errorMessage } = data.responsePayload ?? {};
  return {
    kind: 'run',
    at: data.requestPayload?.time ?? null,
    error:
      [errorType, errorMessage].filter(Boolean).join(': ') ||
      data.requestContext?.condition ||
      null,
  };
}

function unreadable(
  says: string,
  hints: { readonly type: string | null; readonly about: Subject | null } | null,
): Content {
  return { kind: 'unreadable', says, type: hints?.type ?? null, about: hints?.about ?? null };
}

function placesOf(error: z.core.$ZodError): string {
  return error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`).join('; ');
}

function text(value: unknown, name: string): string | null {
  const member =
    typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)[name]
      : undefined;
  return typeof member === 'string' ? member : null;
}

function known(names: readonly string[], name: string | null): string | null {
  return name !== null && names.includes(name) ? name : null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function subjectOf(kind: Subject['kind'], id: string | null): Subject | null {
  return id !== null && uuid.test(id) ? { kind, id } : null;
}
