import type { ApiAnswer, ApiEventParts } from './api-event.ts';
import type { memoryApi } from './memory-api.ts';

const asks = { capture: 'capture', cancel: 'cancel', refunds: 'refund' } as const;
const collections = ['captures', 'cancellations', 'refunds', 'disputes'] as const;

/** By the names that the in-memory API gives its own: two of a header would be refused. */
function headersOf(headers: Headers): Record<string, string> {
  const capital = (name: string) => name.replace(/(?:^|-)[a-z]/g, (part) => part.toUpperCase());
  return Object.fromEntries([...headers].map(([name, value]) => [capital(name), value]));
}

/** The in-memory API under the address of a client. Says how many requests it is at. */
export function memoryFetch(api: ReturnType<typeof memoryApi>, baseUrl: string) {
  let underWay = 0;
  const answer = (method: string, url: URL, parts: ApiEventParts, body: unknown) => {
    const { pathname } = new URL(baseUrl);
    const [, id = '', name = '', operation] = url.pathname.slice(pathname.length + 1).split('/');
    if (id === '') {
      const query = Object.fromEntries([...url.searchParams].map(([key, value]) => [key, [value]]));
      return method === 'POST' ? api.pay(body, parts) : api.page(query);
    }
    if (method === 'POST') {
      return api.ask(asks[name as keyof typeof asks], id, body, parts);
    }
    const collection = collections.find((known) => known === name);
    return collection
      ? api.asked(collection, id, operation)
      : name === 'events'
        ? api.events(id, parts)
        : api.get(id, parts);
  };
  const send: typeof fetch = async (input, init) => {
    underWay += 1;
    try {
      const url = new URL(String(input));
      const query = [...url.searchParams].map(([name, value]) => [name, [value]]);
      const { status, headers, text }: ApiAnswer = await answer(
        init?.method ?? 'GET',
        url,
        {
          headers: headersOf(new Headers(init?.headers)),
          ...(query.length > 0 ? { query: Object.fromEntries(query) } : {}),
        },
        init?.body ?? undefined,
      );
      return new Response(text, { status, headers: headers as Record<string, string> });
    } finally {
      underWay -= 1;
    }
  };
  return { fetch: send, busy: () => underWay > 0 };
}
