import { setTimeout as delay } from 'node:timers/promises';
import {
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Contention, transact } from './transact.ts';

/** Time goes on by what is waited for, and by nothing else. */
vi.mock('node:timers/promises', () => ({
  setTimeout: vi.fn(async (ms: number) => {
    vi.setSystemTime(Date.now() + ms);
  }),
}));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
  vi.mocked(delay).mockClear();
  vi.mocked(Math.random).mockRestore();
  vi.useRealTimers();
});

const waits = () => vi.mocked(delay).mock.calls.map(([ms]) => ms);

const items: TransactWriteItem[] = [];

function canceled(...codes: readonly string[]): TransactionCanceledException {
  return new TransactionCanceledException({
    message: 'canceled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

/** A client that answers call after call: an error, or null for a success; the last one for ever. */
function clientOf(...answers: readonly (Error | null)[]) {
  const sent: unknown[] = [];
  const client = {
    send: async (command: { input: unknown }) => {
      const answer = answers[Math.min(sent.length, answers.length - 1)];
      sent.push(command.input);
      if (answer) {
        throw answer;
      }
      return {};
    },
  } as unknown as DynamoDBClient;
  return { client, sent };
}

describe('a transaction', () => {
  it('is written in one call', async () => {
    const { client, sent } = clientOf(null);
    expect(await transact(client, items)).toEqual({ kind: 'written' });
    expect(sent).toEqual([{ TransactItems: items }]);
  });

  it('is refused by a condition, with a reason for each item, and not tried again', async () => {
    const { client, sent } = clientOf(canceled('None', 'ConditionalCheckFailed'));
    expect(await transact(client, items)).toEqual({
      kind: 'refused',
      reasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
    });
    expect(sent).toHaveLength(1);
  });

  it('is tried again when it met another one', async () => {
    const { client, sent } = clientOf(
      canceled('TransactionConflict'),
      canceled('None', 'TransactionConflict'),
      null,
    );
    expect(await transact(client, items)).toEqual({ kind: 'written' });
    expect(sent).toHaveLength(3);
  });

  it('does not take half a refusal for an answer while another one is being committed', async () => {
    const { client } = clientOf(
      canceled('ConditionalCheckFailed', 'TransactionConflict'),
      canceled('ConditionalCheckFailed', 'ConditionalCheckFailed'),
    );
    expect(await transact(client, items)).toEqual({
      kind: 'refused',
      reasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'ConditionalCheckFailed' }],
    });
  });

  it.each(['ThrottlingError', 'ProvisionedThroughputExceeded', 'a code of tomorrow'])(
    'is tried again after %s, which says nothing about the conditions',
    async (code) => {
      const { client, sent } = clientOf(
        canceled('ConditionalCheckFailed', code),
        canceled(code, 'None'),
        null,
      );
      expect(await transact(client, items)).toEqual({ kind: 'written' });
      expect(sent).toHaveLength(3);
    },
  );

  it.each([
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'ThrottlingException',
  ])('is tried again after %s, a throttle of the whole call', async (name) => {
    const { client, sent } = clientOf(Object.assign(new Error('slow down'), { name }), null);
    expect(await transact(client, items)).toEqual({ kind: 'written' });
    expect(sent).toHaveLength(2);
  });

  it('says what was in the way when it gives up', async () => {
    const { client } = clientOf(
      canceled('ConditionalCheckFailed', 'ThrottlingError', 'TransactionConflict', 'None'),
    );
    await expect(transact(client, items)).rejects.toThrow(
      'not written in 6 tries: ThrottlingError, TransactionConflict',
    );
  });

  it('gives up within a second and a half, with waits that grow', async () => {
    const { client, sent } = clientOf(canceled('TransactionConflict'));
    await expect(transact(client, items)).rejects.toBeInstanceOf(Contention);
    expect(waits()).toEqual([30, 60, 120, 240, 480]);
    expect(sent).toHaveLength(6);
  });

  it('waits a random part of each, so that those who met part', async () => {
    vi.mocked(Math.random).mockReturnValueOnce(0).mockReturnValueOnce(0.5);
    const { client } = clientOf(
      canceled('TransactionConflict'),
      canceled('TransactionConflict'),
      null,
    );
    await transact(client, items);
    expect(waits()).toEqual([0, 30]);
  });

  it('goes on for as long as the caller can wait, at most two seconds at a time', async () => {
    const { client, sent } = clientOf(canceled('TransactionConflict'));
    await expect(transact(client, items, { withinMs: 10_000 })).rejects.toBeInstanceOf(Contention);
    expect(waits()).toEqual([30, 60, 120, 240, 480, 960, 1_920, 2_000, 2_000, 2_000]);
    expect(sent).toHaveLength(11);
  });

  it.each([
    ['an item that is not valid', canceled('None', 'ValidationError')],
    [
      'an item that is not valid, in a conflict',
      canceled('TransactionConflict', 'ValidationError'),
    ],
    ['a full collection', canceled('ConditionalCheckFailed', 'ItemCollectionSizeLimitExceeded')],
    ['nothing against any item', canceled('None', 'None')],
    ['no reasons', canceled()],
    ['another error', new Error('no table')],
  ])('fails with %s, as it came', async (_name, error) => {
    const { client, sent } = clientOf(error);
    await expect(transact(client, items)).rejects.toBe(error);
    expect(sent).toHaveLength(1);
  });
});
