import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod/mini';
import { UnreadableVersion } from '../../contracts/events/upcast.ts';
import type { DeadLetter } from '../../ports/messaging.ts';
import { count, type LogContext, logger, observed, tracedAs } from '../observability.ts';
import { asReplay, type Replay, ReplayFenced } from '../replay/replay.ts';

/** A message that will never be right, however often it is received. */
export class Poison extends Error {
  override readonly name = 'Poison';
}

/**
 * A handler of a queue. Each message stands for itself:
 * 1. a message that is not of the contract goes to the dead letters at once, with the reason
 * 2. a message is consumed, as the replay that it is of; `consume` is idempotent, and throws `Poison`
 *    for what can never be right, as what a replay may not do never can
 * 3. a failure is received again, up to `maxReceives` times, then goes to the dead letters with its
 *    last reason; the queue's redrive policy is behind that for a consumer that crashes
 */
export function queueConsumer<Message>({
  schema,
  what,
  contentOf,
  replayOf = () => null,
  contextOf,
  maxReceives,
  deadLetter,
  consume,
}: {
  readonly schema: z.ZodMiniType<Message>;
  /** What the contract calls a message. */
  readonly what: string;
  /** Takes the message out of what the queue wraps it in. */
  readonly contentOf: (body: unknown) => unknown;
  /** The replay that it is of, by the same; it is of none unless told otherwise. */
  readonly replayOf?: (body: unknown) => Replay | null;
  readonly contextOf: (message: Message) => LogContext;
  readonly maxReceives: number;
  readonly deadLetter: DeadLetter;
  readonly consume: (message: Message) => Promise<void>;
}) {
  const parse = (body: string): { message: Message; replay: Replay | null } => {
    let content: unknown;
    let replay: Replay | null;
    try {
      const json: unknown = JSON.parse(body);
      content = contentOf(json);
      replay = replayOf(json);
    } catch (error) {
      throw new Poison(
        error instanceof UnreadableVersion ? error.message : 'the message is not JSON',
      );
    }
    const result = schema.safeParse(content);
    if (!result.success) {
      const places = result.error.issues.map(
        ({ path, message }) => `/${path.join('/')}: ${message}`,
      );
      throw new Poison(`not ${what} of the contract: ${places.join('; ')}`);
    }
    return { message: result.data, replay };
  };
  const take = async (record: SQSRecord): Promise<boolean> => {
    const receives = Number(record.attributes.ApproximateReceiveCount);
    let about: LogContext = {};
    try {
      const { message, replay } = parse(record.body);
      about = contextOf(message);
      await tracedAs(about, () => asReplay(replay, () => consume(message)));
      return true;
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      const isHopeless = error instanceof Poison || error instanceof ReplayFenced;
      const final = isHopeless || receives >= maxReceives;
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
