import type { SimulatorApi } from '../../../functions/simulator/answer.ts';
import { createSimulatorApi } from '../../../functions/simulator/api/api.ts';
import { createSettlementApi } from '../../../functions/simulator/settle/api.ts';
import { memorySettlementFiles } from '../../../shared/adapters/memory/settlement-files.ts';
import { memorySimulator } from '../../../shared/adapters/simulator-store/memory.ts';
import type { ProviderNoticeMessage } from '../../../shared/contracts/events/notices.ts';
import type { SimulatorBehaviour } from '../../../shared/contracts/simulator/behaviour.ts';

/** The real simulator over its in-memory stores, with ids, a clock and waits that a test can read. */
export function aSimulator(
  options: {
    readonly tokens?: Readonly<Record<string, SimulatorBehaviour>>;
    readonly delay?: (ms: number) => Promise<unknown>;
  } = {},
) {
  const psps = { simulator: memorySimulator(), 'simulator-b': memorySimulator() };
  const notices: ProviderNoticeMessage[] = [];
  const noticeDelays: number[] = [];
  const waits: number[] = [];
  let ids = 0;
  let nowMs = Date.parse('2026-01-01T00:00:00.000Z');
  const now = () => new Date(nowMs);
  const files = memorySettlementFiles(now);
  const main = createSimulatorApi({
    psps,
    sendNotice: async (notice, { delaySeconds = 0 } = {}) => {
      notices.push(notice);
      noticeDelays.push(delaySeconds);
    },
    newId: () => String(++ids),
    now,
    delay: async (ms) => {
      waits.push(ms);
      await options.delay?.(ms);
    },
    stallMs: 8_000,
    ...(options.tokens ? { tokens: options.tokens } : {}),
  });
  const settling = createSettlementApi({
    stores: {
      simulator: psps.simulator.settlements,
      'simulator-b': psps['simulator-b'].settlements,
    },
    files,
    now,
  });
  /** As the gateway routes it: settlement files are another function. */
  const api: SimulatorApi = (request) =>
    request.method === 'POST' && request.path === '/settlements'
      ? settling(request)
      : main(request);
  /** Calls the API; a body that is a text goes as it is. */
  const call = async (method: 'GET' | 'POST' | 'DELETE', target: string, body?: unknown) => {
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
    /** Of the first PSP. */
    store: psps.simulator.store,
    settlements: psps.simulator.settlements,
    /** Where the notices of each PSP go. */
    webhooks: { simulator: psps.simulator.webhooks, 'simulator-b': psps['simulator-b'].webhooks },
    /** The bucket of settlement files. */
    files,
    /** Each notice that was sent, in order. */
    notices,
    /** How much later each of them was to arrive, in seconds. */
    noticeDelays,
    /** Each wait that a token asked for, in ms; none of them took that long. */
    waits,
    now,
    /** Sets the simulator's clock forward. */
    pass: (ms: number) => {
      nowMs += ms;
    },
    post: (path: string, body: unknown) => call('POST', path, body),
    get: (target: string) => call('GET', target),
    remove: (target: string) => call('DELETE', target),
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
