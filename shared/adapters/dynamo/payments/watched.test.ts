import { type AttributeValue, DynamoDBClient, type QueryCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { derivedId } from '../../../domain/ids.ts';
import { listParked, type Watched, watchedItem } from './watched.ts';

const watched = {
  prefix: 'PAYOUT#',
  dueKey: (kind: 'saga' | 'inquiry') => `PAYOUT_${kind.toUpperCase()}`,
  parkedKey: 'PAYOUT',
};
const at = '2026-01-01T00:00:00.000Z';

describe('what a state has in the indexes of what is watched', () => {
  it('is nothing when nobody has to look at it', () => {
    expect(watchedItem(watched, 'a', { due: null, parkedSince: null })).toEqual({});
  });

  it('is under the store’s own keys, so that no store finds what is another’s', () => {
    const due = { kind: 'saga' as const, at };
    expect(watchedItem(watched, '0c', { due, parkedSince: at })).toEqual({
      due_key: { S: 'PAYOUT_SAGA#0' },
      due_at: { S: at },
      parked_key: { S: 'PAYOUT' },
      parked_at: { S: at },
    });
  });

  it('is spread over four partitions', () => {
    const due = { kind: 'inquiry' as const, at };
    const keys = Array.from({ length: 100 }, (_, index) => derivedId('test', String(index))).map(
      (id) => watchedItem(watched, id, { due, parkedSince: null }).due_key?.S,
    );
    expect(new Set(keys)).toEqual(new Set([0, 1, 2, 3].map((shard) => `PAYOUT_INQUIRY#${shard}`)));
  });
});

const things: Watched<never> = { prefix: 'THING#', dueKey: () => '', parkedKey: 'THING' };
const ids = Array.from({ length: 5 }, (_, n) => derivedId('thing', String(n)));

function itemOf(n: number): Record<string, AttributeValue> {
  return { pk: { S: `THING#${ids[n]}` }, parked_at: { S: `2026-01-0${n + 1}T00:00:00.000Z` } };
}

/** A client that answers a query by these things, a page after the other, as a filter leaves them. */
function aClient(pages: readonly (readonly number[])[]) {
  const asked: unknown[] = [];
  const client = new DynamoDBClient({ region: 'us-east-1' });
  client.send = (async ({ input }: QueryCommand) => {
    asked.push(input.ExclusiveStartKey?.pk?.S ?? null);
    const Items = (pages[asked.length - 1] ?? []).map(itemOf);
    const isLast = asked.length >= pages.length;
    return { Items, ...(isLast ? {} : { LastEvaluatedKey: { pk: { S: `end ${asked.length}` } } }) };
  }) as unknown as DynamoDBClient['send'];
  return { client, asked };
}

describe('the list of what waits for a person', () => {
  it('reads on past pages in which a tenant has nothing, or not enough', async () => {
    const { client, asked } = aClient([[], [0], [], [1, 2], [3]]);
    const query = { tenant: 'acme', limit: 2, after: null };
    expect(await listParked(client, 'things', things, query)).toEqual({
      ids: [ids[0], ids[1]],
      next: `2026-01-02T00:00:00.000Z ${ids[1]}`,
    });
    expect(asked).toEqual([null, 'end 1', 'end 2', 'end 3']);
  });

  it('is at its end when there are no more pages', async () => {
    const { client, asked } = aClient([[0], [1], []]);
    const after = `2026-01-01T00:00:00.000Z ${ids[4]}`;
    const query = { tenant: 'acme', limit: 2, after };
    const page = await listParked(client, 'things', things, query);
    expect(page).toEqual({ ids: [ids[0], ids[1]], next: null });
    expect(asked[0]).toBe(`THING#${ids[4]}`);
  });
});
