import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { lambdaContext } from '../../../test/support/api/api-event.ts';
import { type LogLine, recordLogs } from '../../../test/support/logs.ts';
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
    [1, ['11']],
    [2, ['12']],
    [3, []],
  ])('with %i done says where it stopped', async (done, failures) => {
    expect(await failuresOf(async () => ({ done }))).toEqual(failures);
  });

  it('with nothing done fails with the error, so that Lambda bisects the batch', async () => {
    const error = new RangeError('too much');
    await expect(failuresOf(async () => ({ done: 0, error }))).rejects.toBe(error);
    await expect(failuresOf(async () => ({ done: 0, error: 'slow down' }))).rejects.toThrow(
      'slow down',
    );
    expect(logs.lines()).toEqual([
      expect.objectContaining({ done: 0, sequence: '10', reason: 'RangeError: too much' }),
      expect.objectContaining({ done: 0, sequence: '10', reason: 'slow down' }),
    ]);
  });

  it.each([
    [
      'an event',
      { tenant: { S: 'acme' }, subject: { S: 'payment-1' }, correlation_id: { S: 'c-1' } },
      { tenant: 'acme', payment_id: 'payment-1', correlation_id: 'c-1' },
    ],
    [
      'an event of a payout',
      { type: { S: 'payout.sent' }, subject: { S: 'payout-1' } },
      { payout_id: 'payout-1' },
    ],
    [
      'a transfer',
      { tenant: { S: 'acme' }, payment_id: { S: 'payment-1' } },
      { tenant: 'acme', payment_id: 'payment-1' },
    ],
    ['what is half an event', { tenant: { N: '1' }, subject: { S: 'p' } }, { payment_id: 'p' }],
    ['nothing that can be read', undefined, {}],
  ])('says whose it is of %s, as far as the record does', async (_name, NewImage, context) => {
    const stopped = { dynamodb: { SequenceNumber: '11', ...(NewImage ? { NewImage } : {}) } };
    const batch = [records[0], stopped, records[2]] as DynamoDBRecord[];
    expect(await failuresOf(async () => ({ done: 1 }), batch)).toEqual(['11']);
    const [{ tenant, payment_id, payout_id, correlation_id } = {} as LogLine] = logs.lines();
    expect({ tenant, payment_id, payout_id, correlation_id }).toEqual(context);
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
