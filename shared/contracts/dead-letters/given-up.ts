import * as z from 'zod/mini';

/** What Lambda says of the invocations that failed; members that we do not need are left out. */
const context = {
  /** RFC 3339. */
  timestamp: z.string(),
  requestContext: z.optional(
    z.object({
      condition: z.optional(z.string()),
      approximateInvokeCount: z.optional(z.int()),
    }),
  ),
  responseContext: z.optional(z.object({ functionError: z.optional(z.nullable(z.string())) })),
};

const SequenceNumber = z.string().check(z.regex(/^\d{1,40}$/));

/**
 * What Lambda puts into the on-failure queue of a DynamoDB stream's mapping: a position, and not the
 * records. Source: Lambda developer guide, "Retaining discarded records for a DynamoDB event source".
 */
export const GivenUpRange = z.object({
  ...context,
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: SequenceNumber,
    endSequenceNumber: SequenceNumber,
    batchSize: z.int(),
    streamArn: z.string(),
  }),
});
export type GivenUpRange = z.infer<typeof GivenUpRange>;

/**
 * What is in the on-failure queue of a function that runs by the clock: what Lambda says of an
 * invocation that failed, or the scheduled event itself when it was never started. Source: Lambda
 * developer guide, "Capturing records of Lambda asynchronous invocations".
 */
export const GivenUpRun = z.union([
  z.object({
    ...context,
    requestPayload: z.optional(z.object({ time: z.optional(z.string()) })),
    responsePayload: z.optional(
      z.nullable(
        z.object({
          errorType: z.optional(z.string()),
          errorMessage: z.optional(z.string()),
        }),
      ),
    ),
  }),
  z.object({ 'detail-type': z.literal('Scheduled Event'), time: z.string() }),
]);
