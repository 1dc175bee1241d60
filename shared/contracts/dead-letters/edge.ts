import * as z from 'zod/mini';

const edge = {
  /** By which people choose it: `payments-relay`, `payments-project-list-undelivered`. */
  name: z.string(),
  /** Of the dead letters. */
  queue_url: z.string(),
  /** The deployed name of the function that gave up, or was not reached; null while there is none. */
  function: z.nullable(z.string()),
};

/** Where its messages came from, and go back to. */
const source = { source_url: z.string() };

/**
 * An asynchronous edge with the queue in which it ends. Each queue of dead letters says in an output
 * of its stack which edge it is of, as JSON, so that tools know all of them:
 * - `stream`: a table's stream -> function; a letter is a range of the stream
 * - `rule`: the bus -> queue; a letter is an event that could not be delivered
 * - `consumer`: the queue of a rule -> function; a letter is an event
 * - `queue`: a queue of plain messages -> function; a letter is a notice
 * - `schedule`: the clock -> function; a letter is a run
 */
export const DeadLetterEdge = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('stream'),
    ...edge,
    function: z.string(),
    stream_arn: z.string(),
    /** Of the mapping: which records the function is given. */
    filters: z.array(z.record(z.string(), z.unknown())),
    /** Records that one invocation is given at most. */
    batch_size: z.int(),
  }),
  z.object({ kind: z.literal('rule'), ...edge, ...source }),
  z.object({ kind: z.literal('consumer'), ...edge, ...source }),
  z.object({ kind: z.literal('queue'), ...edge, ...source }),
  z.object({ kind: z.literal('schedule'), ...edge, schedule: z.string() }),
]);
export type DeadLetterEdge = z.infer<typeof DeadLetterEdge>;

/** What the names of those outputs end with. */
export const edgeOutputSuffix = 'Edge';
