import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { DeadLetter } from '../ports/messaging.ts';
import { count, type LogContext, logger, observed } from './observability.ts';

/** A message that will never be right, however often it is received. */
class Poison extends Error {
  override readonly name = 'Poison';
}

/**
 * A handler of a consumer's queue. Each message stands for itself:
 * 1. a message that is no event of the contract goes to the dead letters at once, with the reason
 * 2. an event is consumed; `consume` is idempotent
 * 3. a failure is received again, up to `maxReceives` times, then goes to the dead letters with its
 *    last reason; the queue's redrive policy is behind that for a consumer that crashes
 */
export function eventConsumer<
  Event extends {
    readonly tenant: string;
    readonly correlation_id: string;
    readonly subject: string;
  },
>({
  schema,
  maxReceives,
  deadLetter,
  consume,
}: {
  readonly schema: z.ZodMiniType<Event>;
  readonly maxReceives: number;
  readonly deadLetter: DeadLetter;
  readonly consume: (event: Event) => Promise<void>;
}) {
  const take = async (record: SQSRecord): Promise<boolean> => {
    const receives = Number(record.attributes.ApproximateReceiveCount);
    let about: LogContext = {};
    try {
      const event = parse(schema, record.body);
      about = {
        tenant: event.tenant,
        payment_id: event.subject,
        correlation_id: event.correlation_id,
      };
      await consume(event);
      return true;
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      const final = error instanceof Poison || receives >= maxReceives;
      logger.warn('message not consumed', {
        ...about,
        message_id: record.messageId,
        receives,
        final,
        reason: `${name}: ${message}`,
      });
      if (!final) {
        return false;
      }
      try {
        await deadLetter({ body: record.body, errorName: name, reason: message, receives });
        count('DeadLettered');
        return true;
      } catch (failure) {
        logger.error('dead letter not written', {
          ...about,
          message_id: record.messageId,
          error: failure as Error,
        });
        return false;
      }
    }
  };
  return observed<SQSEvent, SQSBatchResponse>(async ({ Records }) => {
    const taken = await Promise.all(Records.map(take));
    return {
      batchItemFailures: Records.filter((_, index) => !taken[index]).map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    };
  });
}

function parse<Event>(schema: z.ZodMiniType<Event>, body: string): Event {
  let detail: unknown;
  try {
    detail = (JSON.parse(body) as { detail?: unknown } | null)?.detail;
  } catch {
    throw new Poison('the message is not JSON');
  }
  const result = schema.safeParse(detail);
  if (!result.success) {
    const places = result.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`);
    throw new Poison(`not an event of the contract: ${places.join('; ')}`);
  }
  return result.data;
}
