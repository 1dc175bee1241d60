import { describe, expect, it } from 'vitest';
import { endpoints } from '../../shared/contracts/endpoints.ts';
import { looksLikeCardNumber } from '../../shared/domain/card-data.ts';
import { httpHandler } from '../../shared/runtime/http/handler.ts';
import { accessBy } from '../support/api/access.ts';
import { type ApiAnswer, type ApiEventParts, apiEvent, invoke } from '../support/api/api-event.ts';
import { findTestPrincipal, keyOf, memoryApi } from '../support/api/memory-api.ts';
import { type CanaryRequest, canaryRequests } from '../support/canary/requests.ts';
import { canaries } from '../support/canary/secrets.ts';
import { recordLogs } from '../support/logs.ts';

const fifty = canaries(2_026);

function partsOf(request: CanaryRequest): ApiEventParts {
  const { endpoint, path, query, headers, body } = request;
  return {
    method: endpoint.method,
    path: endpoint.path,
    pathParameters: path,
    query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])),
    headers: {
      Authorization: `Bearer ${keyOf.acme}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': 'key-of-a-canary',
      ...headers,
    },
    body,
  };
}

/** The canaries that a text betrays. */
function found(text: string): string[] {
  return fifty
    .filter(({ marks }) => marks.some((mark) => text.includes(mark)))
    .map(({ what, marks }) => `${what} in ${text.split(marks[0] ?? '')[0]?.slice(-200)}`);
}

describe('fifty canaries', () => {
  it('are fifty, and are what they are taken for', () => {
    expect(new Set(fifty.flatMap(({ marks }) => marks.slice(0, 1))).size).toBe(50);
    for (const { what, text } of fifty) {
      expect(looksLikeCardNumber(text)).toBe(what === 'a card number');
    }
    expect(canaries(2_026)).toEqual(fifty);
    expect(canaries(2_027)).not.toEqual(fifty);
  });

  it('come to every endpoint, in every place, each of them more than once', () => {
    const requests = canaryRequests(fifty);
    expect(new Set(requests.map(({ endpoint }) => endpoint.name))).toEqual(
      new Set(Object.keys(endpoints)),
    );
    for (const canary of fifty) {
      expect(requests.filter((one) => one.canary === canary).length).toBeGreaterThan(5);
    }
  });
});

describe('a canary that is sent to any endpoint', () => {
  const logs = recordLogs();

  it('comes to no use case, no answer and no log', async () => {
    const requests = canaryRequests(fifty);
    const seen: unknown[] = [];
    for (const request of requests) {
      const access = request.endpoint.access === null ? null : accessBy(findTestPrincipal);
      const contract = endpoints[request.endpoint.name as keyof typeof endpoints];
      const handler = httpHandler(contract as never, access, async (reached) => {
        const { path, query, body, correlationId } = reached;
        // What a provider sends is looked at by whoever can verify it.
        seen.push({ path, query, correlationId, body: request.endpoint.raw ? null : body });
        return { status: 200, body: {} };
      });
      const answer = await invoke(handler, apiEvent(partsOf(request)));
      expect(found(JSON.stringify(answer))).toEqual([]);
    }
    expect(seen.length).toBeGreaterThan(50);
    expect(found(JSON.stringify(seen))).toEqual([]);
    expect(found(logs.text())).toEqual([]);
    expect(logs.lines().length).toBeGreaterThan(300);
  });

  it('is in nothing that is stored of payments, what is asked of them, and lists of them', async () => {
    const api = memoryApi();
    const { id } = (await api.pay({ amount: 100, currency: 'EUR', payment_method: 'tok_approve' }))
      .json;
    const serve: Record<string, (parts: ApiEventParts) => Promise<ApiAnswer>> = {
      createPayment: ({ body, ...parts }) => api.pay(body, parts),
      getPayment: (parts) => api.get(id, parts),
      listPaymentEvents: (parts) => api.events(id, parts),
      capturePayment: ({ body, ...parts }) => api.ask('capture', id, body, parts),
      cancelPayment: ({ body, ...parts }) => api.ask('cancel', id, body, parts),
      refundPayment: ({ body, ...parts }) => api.ask('refund', id, body, parts),
    };
    // Each canary at each place of each of these.
    const requests = fifty.flatMap((canary) =>
      canaryRequests([canary]).filter(({ endpoint }) => endpoint.name in serve),
    );
    for (const request of requests) {
      const { method: _, path: __, ...parts } = partsOf(request);
      const answer = await serve[request.endpoint.name]?.(parts);
      expect(found(JSON.stringify(answer))).toEqual([]);
    }
    const stored = JSON.stringify([api.store.allEvents, await api.store.load(id)]);
    expect(stored).toContain(id);
    expect(found(stored + logs.text())).toEqual([]);
  });
});
