import { describe, expect, expectTypeOf, it } from 'vitest';
import { answerOf, type LedgerStatement, type Payment } from '../src/index.ts';
import { aPayment, json, problem, scripted } from './support/scripted.ts';

/** Payments whose amounts are these, and where the next page is. */
const page = (amounts: readonly number[], next: string | null) =>
  json(
    200,
    {
      object: 'list',
      data: amounts.map((amount) => ({ ...aPayment, amount })),
      next_cursor: next,
    },
    { etag: '"1"' },
  );

const pages = [page([1, 2], 'a+/=b'), page([], 'c'), page([3], null)];

async function amountsOf(list: AsyncIterable<Payment>): Promise<number[]> {
  const amounts: number[] = [];
  for await (const { amount } of list) {
    amounts.push(amount);
  }
  return amounts;
}

describe('a list', () => {
  it('is gone through page by page, with each cursor as it came', async () => {
    const { client, run, sent } = scripted(pages);
    const list = client.payments.list({ status: 'captured', limit: 2 });
    expect(await run(amountsOf(list))).toEqual([1, 2, 3]);
    expect(sent.map(({ url }) => Object.fromEntries(url.searchParams))).toEqual([
      { status: 'captured', limit: '2' },
      { status: 'captured', limit: '2', cursor: 'a+/=b' },
      { status: 'captured', limit: '2', cursor: 'c' },
    ]);
  });

  it('goes on after an empty page that has a cursor', async () => {
    const { client, run } = scripted([page([], 'a'), page([], 'b'), page([7], null)]);
    expect(await run(amountsOf(client.payments.list()))).toEqual([7]);
  });

  it('sends nothing before it is read, and nothing for what is not read', async () => {
    const { client, run, sent } = scripted(pages);
    const list = client.payments.list();
    expect(sent).toEqual([]);
    const first = async () => {
      for await (const { amount } of list) {
        return amount;
      }
      return null;
    };
    expect(await run(first())).toBe(1);
    expect(sent).toHaveLength(1);
  });

  it.each([
    [0, [], 0],
    [1, [1], 1],
    [2, [1, 2], 1],
    [3, [1, 2, 3], 3],
  ])('has a bound of %i items', async (most, amounts, requests) => {
    const { client, run, sent } = scripted(pages);
    expect(await run(amountsOf(client.payments.list({}, { most })))).toEqual(amounts);
    expect(sent).toHaveLength(requests);
  });

  it('can be read by its pages, from a cursor on, and as an array', async () => {
    const read = async (list: ReturnType<typeof client.payments.list>) => {
      const lengths: number[] = [];
      for await (const { data } of list.pages()) {
        lengths.push(data.length);
      }
      return lengths;
    };
    const { client, run, sent } = scripted([...pages, ...pages]);
    expect(await run(read(client.payments.list()))).toEqual([2, 0, 1]);
    expect(await run(client.payments.list({ cursor: 'x' }).toArray())).toHaveLength(3);
    expect(sent[3]?.url.searchParams.get('cursor')).toBe('x');
    const single = await run(client.payments.list().page());
    expect([single.data.length, answerOf(single)?.etag]).toEqual([1, '"1"']);
  });

  it('that does not go on is an error, and no loop', async () => {
    const { client, failure } = scripted([page([1], 'a')]);
    expect(await failure(amountsOf(client.payments.list()))).toMatchObject({
      message: expect.stringContaining('does not go on'),
    });
  });

  it('fails where a page does', async () => {
    const { client, failure } = scripted([page([1], 'a'), problem('invalid_request', 400)]);
    expect(await failure(amountsOf(client.payments.list()))).toMatchObject({
      code: 'invalid_request',
    });
  });

  it('is typed by its items, whatever its pages have beside them', () => {
    const { client } = scripted([]);
    expectTypeOf(client.payments.list()[Symbol.asyncIterator]).returns.toExtend<
      AsyncGenerator<Payment>
    >();
    expectTypeOf(
      client.ledger.getStatement('bank.BRL').page,
    ).returns.resolves.toEqualTypeOf<LedgerStatement>();
  });
});
