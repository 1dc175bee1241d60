import { json, problem, type Sent } from './scripted.ts';

/** What goes wrong with one request. */
export const faults = [
  'none',
  'lost on the way',
  'answer lost',
  'answer late',
  'busy',
  'refused for now',
  'failed before',
  'failed after',
] as const;
export type Fault = (typeof faults)[number];

/** A server that takes a payment once a key, as Paysaga does, while requests go wrong as told. */
export function idempotentServer(script: readonly Fault[]) {
  const payments = new Map<string, { readonly body: string; readonly id: string }>();
  let requests = 0;
  let effects = 0;
  function take({ headers, body }: Sent): Response {
    const key = headers.get('idempotency-key') ?? '';
    const known = payments.get(key);
    if (known && known.body !== body) {
      return problem('idempotency_key_reused', 422);
    }
    if (!known) {
      effects += 1;
      payments.set(key, { body: body ?? '', id: `payment-${effects}` });
    }
    const { id } = payments.get(key) ?? { id: '' };
    const replayed: Record<string, string> = known ? { 'idempotent-replayed': 'true' } : {};
    return json(202, { ...JSON.parse(body ?? ''), id }, replayed);
  }
  return {
    payments,
    effects: () => effects,
    requests: () => requests,
    answer: async (sent: Sent): Promise<Response> => {
      const fault = script[requests] ?? 'none';
      requests += 1;
      switch (fault) {
        case 'none':
          return take(sent);
        case 'lost on the way':
          throw new TypeError('fetch failed');
        case 'answer lost':
          take(sent);
          throw new TypeError('fetch failed');
        case 'answer late':
          take(sent);
          return new Promise(() => {});
        case 'busy':
          return problem('too_many_requests', 429, {}, { 'retry-after': '1' });
        case 'refused for now':
          return problem('temporarily_unavailable', 503);
        case 'failed before':
          return problem('internal_error', 500);
        case 'failed after':
          take(sent);
          return problem('internal_error', 500);
      }
    },
  };
}
