import { describe, expect, it } from 'vitest';
import { timeAt } from '../../../../../test/support/ledger/transfers.ts';
import { genesisHash } from '../../../../domain/ledger/chain.ts';
import { zeroCounters } from '../../../../domain/ledger/transfer.ts';
import type { Image } from '../transfer-item.ts';
import { bookDayOf, bookOf, shardAttributes, staleShards } from './book-item.ts';

const hourMs = 60 * 60 * 1_000;

function itemWith(shards: Readonly<Record<string, number>>, more: Image = {}): Image {
  return {
    pk: { S: 'TENANT#acme' },
    sk: { S: 'BOOK#EUR' },
    tenant: { S: 'acme' },
    currency: { S: 'EUR' },
    ...Object.fromEntries(
      Object.entries(shards).flatMap(([shardId, atMs]) => [
        [shardAttributes(shardId).position, { S: `at ${shardId}` }],
        [shardAttributes(shardId).time, { S: timeAt(atMs) }],
      ]),
    ),
    ...more,
  };
}

/** So many shards, each an hour after the one before it. */
const hourly = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, index * hourMs]));

describe('a book read from its item', () => {
  it('has its counters, and the time of the latest shard', () => {
    const item = itemWith(
      { s1: 2, s2: 1 },
      { 'fee_revenue#credits_posted': { N: '290' }, 'fee_revenue#debits_pending': { N: '-1' } },
    );
    expect(bookOf(item)).toEqual({
      tenant: 'acme',
      currency: 'EUR',
      accounts: { fee_revenue: { ...zeroCounters, creditsPosted: 290n, debitsPending: -1n } },
      asOf: timeAt(2),
      chain: { length: 0, hash: genesisHash },
    });
  });

  it.each([
    'gifts#debits_posted',
    'fee_revenue#debits_lost',
    'toString#debits_posted',
    'debits_posted',
  ])('is refused with a counter that is not known: %s', (attribute) => {
    const item = itemWith({ s1: 1 }, { [attribute]: { N: '1' } });
    expect(() => bookOf(item)).toThrow(attribute);
  });

  it('has sums beyond 2^53 exactly', () => {
    const item = itemWith({ s1: 1 }, { 'fee_revenue#credits_posted': { N: '9007199254740993' } });
    expect(bookOf(item).accounts.fee_revenue?.creditsPosted).toBe(9_007_199_254_740_993n);
  });

  it('has the end of its chain', () => {
    const item = itemWith({ s1: 1 }, { chain_length: { N: '7' }, chain_hash: { S: 'abc' } });
    expect(bookOf(item)).toMatchObject({ chain: { length: 7, hash: 'abc' }, accounts: {} });
  });
});

describe('a day read from its item', () => {
  it('has its counters, and none that is not known', () => {
    const item = { day: { S: '2026-01-01' }, 'fee_revenue#credits_posted': { N: '290' } };
    expect(bookDayOf(item)).toEqual({
      day: '2026-01-01',
      accounts: { fee_revenue: { ...zeroCounters, creditsPosted: 290n } },
    });
    expect(() => bookDayOf({ ...item, 'gifts#debits_posted': { N: '1' } })).toThrow(/gifts/);
  });
});

describe('the stale shards of a book', () => {
  it('are none as long as it has 50 at most, however old', () => {
    expect(staleShards(itemWith(hourly(50)))).toEqual([]);
  });

  it('are those more than 48 hours behind the latest', () => {
    expect(staleShards(itemWith(hourly(60)))).toEqual(
      Array.from({ length: 11 }, (_, index) => `s${index}`),
    );
  });

  it('go 25 at a time', () => {
    expect(staleShards(itemWith(hourly(100)))).toHaveLength(25);
  });
});
