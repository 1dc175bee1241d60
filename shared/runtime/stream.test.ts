import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { lambdaContext } from '../../test/support/api-event.ts';
import { recordLogs } from '../../test/support/logs.ts';
import { streamHandler } from './stream.ts';

const records: DynamoDBRecord[] = ['10', '11', '12'].map((SequenceNumber) => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber },
}));

async function failuresOf(
  handle: Parameters<typeof streamHandler>[0],
  Records: DynamoDBRecord[] = records,
): Promise<string[] | undefined> {
  const answer = await streamHandler(handle)({ Records } as DynamoDBStreamEvent, lambdaContext);
  return answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

describe('a handler of a stream', () => {
  const logs = recordLogs();

  it('gets the records in their order', async () => {
    const seen: unknown[] = [];
    await failuresOf(async (given) => {
      seen.push(...given);
      return { done: given.length };
    });
    expect(seen).toEqual(records);
  });

  it.each([
    [0, ['10']],
    [1, ['11']],
    [2, ['12']],
    [3, []],
  ])('with %i done says where it stopped', async (done, failures) => {
    expect(await failuresOf(async () => ({ done }))).toEqual(failures);
  });

  it('says why', async () => {
    await failuresOf(async () => ({ done: 1, error: new RangeError('too much') }));
    await failuresOf(async () => ({ done: 2, error: 'ThrottlingException: slow down' }));
    expect(logs.lines()).toEqual([
      expect.objectContaining({
        message: 'stopped in the batch',
        done: 1,
        of: 3,
        sequence: '11',
        reason: 'RangeError: too much',
      }),
      expect.objectContaining({ done: 2, reason: 'ThrottlingException: slow down' }),
    ]);
  });

  it('of an empty batch has nothing to say', async () => {
    expect(await failuresOf(async () => ({ done: 0 }), [])).toEqual([]);
  });

  it('lets the whole batch come again when it dies itself', async () => {
    await expect(failuresOf(() => Promise.reject(new Error('died')))).rejects.toThrow('died');
  });
});
