import { createSimulatorApi, type SimulatorApi } from '../../../functions/simulator/api/api.ts';
import { memorySimulatorStore } from '../../../shared/adapters/simulator-store/memory.ts';
import type { SimulatorBehaviour } from '../../../shared/contracts/simulator.ts';

/** The real simulator over its in-memory store, with ids and waits that a test can read. */
export function aSimulator(
  options: {
    readonly tokens?: Readonly<Record<string, SimulatorBehaviour>>;
    readonly delay?: (ms: number) => Promise<unknown>;
  } = {},
) {
  const store = memorySimulatorStore();
  const waits: number[] = [];
  let ids = 0;
  const api = createSimulatorApi({
    store,
    newId: () => String(++ids),
    delay: async (ms) => {
      waits.push(ms);
      await options.delay?.(ms);
    },
    stallMs: 8_000,
    ...(options.tokens ? { tokens: options.tokens } : {}),
  });
  /** Calls the API; a body that is a text goes as it is. */
  const call = async (method: 'GET' | 'POST', target: string, body?: unknown) => {
    const { pathname, searchParams } = new URL(target, 'http://simulator');
    const answer = await api({
      method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      body: typeof body === 'string' ? body : (JSON.stringify(body) ?? ''),
    });
    return { ...answer, json: JSON.parse(answer.body) };
  };
  return {
    api,
    store,
    /** Each wait that a token asked for, in ms; none of them took that long. */
    waits,
    post: (path: string, body: unknown) => call('POST', path, body),
    get: (target: string) => call('GET', target),
  };
}

/**
 * The simulator as the `fetch` of a client in the same process: no socket between them. A request
 * that is aborted ends with the signal's reason while the simulator goes on, as over a network.
 */
export function simulatorFetch(api: SimulatorApi): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname, searchParams } = new URL(request.url);
    const answered = request.text().then(async (body) => {
      const { method } = request;
      const query = Object.fromEntries(searchParams);
      const answer = await api({ method, path: pathname, query, body });
      return new Response(answer.body, { status: answer.status });
    });
    return Promise.race([answered, aborted(init?.signal ?? request.signal)]);
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) {
      abort();
    }
    signal.addEventListener('abort', abort, { once: true });
  });
}
