import { PaysagaError } from './errors/paysaga-error.ts';
import type { ListOptions } from './options.ts';
import type { Operation, Parts } from './transport/operation.ts';
import type { Send } from './transport/send.ts';

/** A page as the API answers it. `next_cursor` is opaque, and null at the end. */
export interface PageOf<Item> {
  readonly data: readonly Item[];
  readonly next_cursor: string | null;
}

type ItemOf<Page> = Page extends PageOf<infer Item> ? Item : never;

/**
 * A list that is read as it is gone through: `for await (const payment of client.payments.list())`.
 * Nothing is sent before that, and each time that it is gone through it is read anew.
 */
export class List<Page extends PageOf<unknown>> implements AsyncIterable<ItemOf<Page>> {
  readonly #read: (cursor: string | undefined) => Promise<Page>;
  readonly #from: string | undefined;
  readonly #most: number;

  constructor(send: Send, operation: Operation, parts: Parts, options: ListOptions = {}) {
    const { most = Number.POSITIVE_INFINITY, ...callOptions } = options;
    const query = (parts.query ?? {}) as { readonly cursor?: string };
    this.#from = query.cursor;
    this.#most = most;
    this.#read = (cursor) =>
      send<Page>(operation, { ...parts, query: { ...query, cursor } }, callOptions);
  }

  /** The first page, or the one of the `cursor` in the query. */
  page(): Promise<Page> {
    return this.#read(this.#from);
  }

  /** Page by page, each whole; the last one is the one that reaches `most`. A page may be empty. */
  async *pages(): AsyncGenerator<Page, void, undefined> {
    let cursor = this.#from;
    for (let items = 0; items < this.#most; ) {
      const page = await this.#read(cursor);
      yield page;
      if (page.next_cursor === null) {
        return;
      }
      if (page.next_cursor === cursor) {
        const context = { effect: 'none', idempotencyKey: null } as const;
        throw new PaysagaError('the list does not go on: a page has its own cursor', context);
      }
      items += page.data.length;
      cursor = page.next_cursor;
    }
  }

  /** Item by item, `most` at most. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ItemOf<Page>, void, undefined> {
    let items = 0;
    for await (const { data } of this.pages()) {
      for (const item of data) {
        if (items >= this.#most) {
          return;
        }
        items += 1;
        yield item as Awaited<ItemOf<Page>>;
      }
    }
  }

  /** All of it, or `most` of it, in memory. */
  async toArray(): Promise<ItemOf<Page>[]> {
    const items: ItemOf<Page>[] = [];
    for await (const item of this) {
      items.push(item);
    }
    return items;
  }
}
