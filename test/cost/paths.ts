import { randomUUID } from 'node:crypto';
import type { CountedPath, Counts } from '../../docs/cost/counts.ts';
import type { Meter } from './measure.ts';
import type { Api } from './stack.ts';

/** What is counted of a payment: `before` is not, `act` is. */
interface Path {
  readonly says: string;
  readonly kind: CountedPath['kind'];
  readonly count: (api: Api, meter: Meter) => Promise<Counts>;
}

const amount = { amount: 10_000, currency: 'EUR' } as const;

/** Sends one payment. @throws Error when it is not taken */
async function pay(api: Api, body: Readonly<Record<string, unknown>>): Promise<string> {
  const { status, text, json } = await api.pay({ ...amount, ...body });
  if (status !== 202) {
    throw new Error(`a payment was answered with ${status}: ${text}`);
  }
  return json.id;
}

async function ask(api: Api, path: string, body: unknown): Promise<void> {
  const { status, text } = await api.post(path, body);
  if (status !== 202) {
    throw new Error(`${path} was answered with ${status}: ${text}`);
  }
}

function payment(
  kind: Path['kind'],
  says: string,
  body: () => Readonly<Record<string, unknown>> = () => ({}),
): Path {
  return {
    says,
    kind,
    count: (api, meter) =>
      meter.count(async () => [await pay(api, { payment_method: 'tok_approve', ...body() })]),
  };
}

/** What a payment that has settled is asked for. */
function request(
  says: string,
  act: (api: Api, id: string) => Promise<void>,
  body: Readonly<Record<string, unknown>> = {},
): Path {
  return {
    says,
    kind: 'request',
    count: async (api, meter) => {
      const id = await pay(api, { payment_method: 'tok_approve', ...body });
      await meter.settle([id]);
      return meter.count(async () => {
        await act(api, id);
        return [id];
      });
    },
  };
}

/** Under its own key, so that it can be said again. */
function again(says: string, expected: number, change: (body: object) => object): Path {
  return {
    says,
    kind: 'request',
    count: async (api, meter) => {
      const key = randomUUID();
      const body = { ...amount, payment_method: 'tok_approve', merchant_reference: key };
      const { json } = await api.pay(body, { key });
      await meter.settle([json.id]);
      return meter.count(async () => {
        const other = { ...body, ...change(body) };
        const { status } = await api.pay(other, { key: expected === 409 ? randomUUID() : key });
        if (status !== expected) {
          throw new Error(`it was answered with ${status}`);
        }
        return [json.id];
      });
    },
  };
}

export const paths = {
  captured: payment('success', 'a payment, captured automatically'),
  captured_with_details: payment(
    'success',
    'the same with a merchant’s reference, a customer and metadata',
    () => ({
      merchant_reference: randomUUID(),
      metadata: { order: '2026-004711', channel: 'web' },
      customer: { id: randomUUID(), email: 'someone@example.com', name: 'Some One' },
    }),
  ),
  captured_later: {
    says: 'a payment that is authorized, then captured by a request',
    kind: 'success',
    count: (api, meter) =>
      meter.count(async () => {
        const id = await pay(api, { payment_method: 'tok_approve', capture_method: 'manual' });
        await meter.settled(id);
        await ask(api, `/payments/${id}/capture`, {});
        return [id];
      }),
  },
  blocked: payment('failure', 'blocked by the rules of risk', () => ({
    payment_method: 'tok_blocked_by_risk',
  })),
  declined: payment('failure', 'declined by the PSP', () => ({
    payment_method: 'tok_decline_insufficient_funds',
  })),
  unknown_then_captured: payment(
    'success',
    'no answer of the PSP; an inquiry finds that it approved',
    () => ({ payment_method: 'tok_timeout_then_approved' }),
  ),
  unknown_then_declined: payment(
    'failure',
    'no answer of the PSP; an inquiry finds that it declined',
    () => ({ payment_method: 'tok_timeout_then_declined' }),
  ),
  canceled: request(
    'a cancellation of an authorized payment',
    (api, id) => ask(api, `/payments/${id}/cancel`, {}),
    { capture_method: 'manual' },
  ),
  refunded: request('a refund of a captured payment', (api, id) =>
    ask(api, `/payments/${id}/refunds`, { amount: 4_000 }),
  ),
  replayed: again('the same request again, under the same key', 202, () => ({})),
  key_reused: again('another request under a key that was used: 422', 422, () => ({ amount: 1 })),
  reference_taken: again('a reference that another payment has: 409', 409, () => ({})),
  read: request('GET of one payment', async (api, id) => {
    await api.payment(id);
  }),
} satisfies Readonly<Record<string, Path>>;

export type PathName = keyof typeof paths;
export const pathNames = Object.keys(paths) as PathName[];

/** @returns the payments, once all are taken */
export function payTogether(api: Api, payments: number): Promise<readonly string[]> {
  return Promise.all(
    Array.from({ length: payments }, () => pay(api, { payment_method: 'tok_approve' })),
  );
}
