import { describe, expect, it } from 'vitest';
import { timeAt } from '../../../../test/support/transfers.ts';
import { zeroCounters } from '../../../domain/ledger/transfer.ts';
import { bookOf, type Image, shardAttributes, staleShards } from './book-item.ts';

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
      accounts: { fee_revenue: { ...zeroCounters, creditsPosted: 290, debitsPending: -1 } },
      asOf: timeAt(2),
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

  it('is refused with a counter that a number does not hold exactly', () => {
    const item = itemWith({ s1: 1 }, { 'fee_revenue#credits_posted': { N: '9007199254740993' } });
    expect(() => bookOf(item)).toThrow(RangeError);
  });
});

describe('the stale shards of a book', () => {
  it('are none as long as it has 50 at most, however old', () => {
    expect(staleShards(itemWith(hourly(50)))).toEqual([]);
  });

  it('are those more than 48 hours behind the latest', () => {
    const stale = staleShards(itemWith(hourly(60))).map(({ shardId }) => shardId);
    expect(stale).toEqual(Array.from({ length: 11 }, (_, index) => `s${index}`));
  });

  it('go 25 at a time, each with the position that it was seen at', () => {
    const stale = staleShards(itemWith(hourly(100)));
    expect(stale).toHaveLength(25);
    expect(stale[0]).toEqual({ shardId: 's0', position: 'at s0' });
  });
});
