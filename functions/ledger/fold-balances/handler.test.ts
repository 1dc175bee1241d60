import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ledgerItems } from '../../../shared/adapters/dynamo/ledger/ledger-items.ts';
import { memoryBooks } from '../../../shared/adapters/memory/ledger-books.ts';
import type { Books } from '../../../shared/ports/ledger.ts';
import { aTransfer } from '../../../test/support/ledger/transfers.ts';
import type { TimeWindowEvent } from './window.ts';

const store = vi.hoisted(() => ({ books: undefined as Books | undefined }));
vi.mock('../../../shared/adapters/dynamo/ledger/books.ts', () => ({
  dynamoBooks: () => ({
    fold: (batch: never) => store.books?.fold(batch),
    foldRedriven: (batch: never) => store.books?.foldRedriven(batch),
  }),
}));

vi.stubEnv('BOOKS_TABLE', 'books');
vi.stubEnv('AWS_REGION', 'us-east-1');
const { handler } = await import('./handler.ts');

const context = { getRemainingTimeInMillis: () => 1_000 } as Context;
const invoke = (event: TimeWindowEvent) => handler(event, context);

function inserted(sequence: string, image: object | undefined = imageOf(sequence)) {
  return {
    eventName: 'INSERT',
    dynamodb: { SequenceNumber: sequence, ...(image ? { NewImage: image } : {}) },
  } as NonNullable<TimeWindowEvent['Records']>[number];
}

const imageOf = (sequence: string) => ledgerItems([aTransfer({}, sequence)], '')[0]?.Put?.Item;

const fees = async () =>
  Number((await store.books?.read('acme', 'EUR'))?.accounts.fee_revenue?.creditsPosted ?? 0n) / 290;

describe('the handler of the ledger stream', () => {
  beforeEach(() => {
    store.books = memoryBooks();
    vi.stubEnv('STREAM_SHARD_FALLBACK', '');
  });
  afterEach(() => {
    vi.stubEnv('STREAM_SHARD_FALLBACK', '');
  });

  it('folds the records of a shard, and answers with the state that a window needs', async () => {
    const event = { Records: [inserted('1'), inserted('2')], shardId: 'shard' };
    expect(await invoke(event)).toEqual({ state: {}, batchItemFailures: [] });
    expect(await invoke(event)).toEqual({ state: {}, batchItemFailures: [] });
    expect(await fees()).toBe(2);
  });

  it('folds what the shard has left behind only when it is redriven', async () => {
    await invoke({ Records: [inserted('3')], shardId: 'shard' });
    const event = { Records: [inserted('1'), inserted('2')], shardId: 'shard' };
    await invoke(event);
    expect(await fees()).toBe(1);
    const answer = { state: {}, batchItemFailures: [] };
    expect(await invoke({ ...event, redriven: true })).toEqual(answer);
    expect(await invoke({ ...event, redriven: true })).toEqual(answer);
    expect(await fees()).toBe(3);
  });

  it('has nothing to do at the end of a window', async () => {
    const answer = { state: {}, batchItemFailures: [] };
    expect(await invoke({ Records: [], isFinalInvokeForWindow: true })).toEqual(answer);
    expect(await invoke({ isFinalInvokeForWindow: true })).toEqual(answer);
  });

  it('reports the first record that it could not fold, when there is one before it', async () => {
    const event = { Records: [inserted('1'), inserted('2', {}), inserted('3')], shardId: 'shard' };
    const answer = { state: {}, batchItemFailures: [{ itemIdentifier: '2' }] };
    expect(await invoke(event)).toEqual(answer);
    expect(await fees()).toBe(1);
  });

  it('fails, to be bisected, when the first record of all could not be folded', async () => {
    const event = { Records: [inserted('1', {}), inserted('2')], shardId: 'shard' };
    await expect(invoke(event)).rejects.toThrow(/no usable tenant/);
    expect(await fees()).toBe(0);
  });

  it('refuses a batch without a shard, as it could not be folded exactly once', async () => {
    await expect(invoke({ Records: [inserted('1')] })).rejects.toThrow(/names no shard/);
    expect(await fees()).toBe(0);
  });

  it('takes the shard that the environment names when the event has none', async () => {
    vi.stubEnv('STREAM_SHARD_FALLBACK', 'only');
    await invoke({ Records: [inserted('1')] });
    expect(await fees()).toBe(1);
  });
});
