import { setTimeout as delay } from 'node:timers/promises';
import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import { isSettled } from '../../../shared/domain/payment/state.ts';
import { apiClient } from '../../support/deployed/api.ts';
import type { PlannedAction, PlannedPayment } from '../plan/plan.ts';
import type { Exchange } from '../proof/evidence.ts';
import { idOf } from '../proof/requests.ts';
import type { ChaosStack } from './chaos-stack.ts';

/** One request: whose, for what, and under which key. */
export interface Request {
  readonly tenant: string;
  readonly route: string;
  readonly key: string;
  readonly body: unknown;
}

/** How often a request without an answer is sent again. */
const maxTries = 4;
const settlesWithinMs = 20_000;
const pollEveryMs = 700;
const atOnce = 8;

/** The merchants of a run, who send what is planned and keep what they are answered. */
export interface Merchants {
  readonly exchanges: readonly Exchange[];
  /** Sends a request until it has an answer that is no fault of the server, a few times at most. */
  readonly ask: (request: Request, purpose?: Exchange['purpose']) => Promise<Exchange>;
  /** Carries the payments out, some at once. @param done is told of each that is through */
  readonly carryOut: (
    plans: readonly PlannedPayment[],
    done: (payments: number) => void,
  ) => Promise<void>;
  /** Sends everything that was ever taken once more. */
  readonly repeatAll: () => Promise<void>;
}

export function merchantsOf({ apiUrl, apiKeys }: ChaosStack, seed: number): Merchants {
  const exchanges: Exchange[] = [];
  const requests = new Map<string, Request>();
  const apis = new Map(
    [...apiKeys].map(([tenant, apiKey]) => [tenant, apiClient(apiUrl, apiKey)] as const),
  );
  const apiOf = (tenant: string) => apis.get(tenant) as ReturnType<typeof apiClient>;

  const send = async (
    { tenant, route, key, body }: Request,
    purpose: Exchange['purpose'],
  ): Promise<Exchange> => {
    const about = { tenant, route, key, purpose };
    try {
      const { status, text, headers } = await apiOf(tenant).post(route, body, { key });
      const replayed = headers.get('idempotent-replayed') === 'true';
      return { ...about, status, text, replayed };
    } catch {
      return { ...about, status: null, text: '', replayed: false };
    }
  };
  const ask = async (request: Request, purpose: Exchange['purpose'] = 'asked') => {
    for (let tried = 1; ; tried++) {
      const exchange = await send(request, purpose);
      exchanges.push(exchange);
      if (exchange.status !== null && exchange.status < 300 && purpose === 'asked') {
        requests.set(idOf(request), request);
      }
      if ((exchange.status !== null && exchange.status < 500) || tried === maxTries) {
        return exchange;
      }
      await delay(300 * tried);
    }
  };
  const repeat = async (
    request: Request,
    { copies, atOnce: together }: Pick<PlannedAction, 'copies' | 'atOnce'>,
  ): Promise<boolean> => {
    const answers: Exchange[] = [];
    if (together) {
      answers.push(...(await Promise.all(Array.from({ length: copies }, () => ask(request)))));
    } else {
      for (let copy = 0; copy < copies; copy++) {
        answers.push(await ask(request));
      }
    }
    return answers.some(({ status }) => status !== null && status < 300);
  };
  /** Waits until something is so, but not for ever: whatever comes of it is judged at the end. */
  const waitFor = async (tenant: string, path: string, isSo: (found: never) => boolean) => {
    const deadline = performance.now() + settlesWithinMs;
    while (performance.now() < deadline) {
      const found = await apiOf(tenant)
        .get<never>(path)
        .catch(() => null);
      if (found?.status === 200 && isSo(found.json)) {
        return;
      }
      await delay(pollEveryMs);
    }
  };
  const carryOutOne = async (plan: PlannedPayment): Promise<void> => {
    const { tenant, body, misuse, actions } = plan;
    const key = `chaos-${seed}-${plan.index}`;
    const request = { tenant, route: '/payments', key, body };
    if (!(await repeat(request, plan))) {
      return;
    }
    if (misuse === 'other body') {
      await ask({ ...request, body: { ...body, amount: body.amount + 1 } }, misuse);
    }
    if (misuse === 'reference again' && body.merchant_reference !== null) {
      await ask({ ...request, key: `${key}-again` }, misuse);
    }
    const id = idOf(request);
    await waitFor(tenant, `/payments/${id}`, ({ status }: PaymentResource) => isSettled(status));
    for (const [nth, action] of actions.entries()) {
      const asked = requestOf(action, { tenant, id, key: `${key}-${nth}`, amount: body.amount });
      if (await repeat(asked, action)) {
        const path = `/payments/${id}/${collections[action.kind]}/${idOf(asked)}`;
        await waitFor(tenant, path, ({ status }: { status: string }) => status !== 'processing');
      }
    }
  };
  return {
    exchanges,
    ask,
    carryOut: async (plans, done) => {
      const next = plans.entries();
      let through = 0;
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          for (const [, plan] of next) {
            await carryOutOne(plan);
            through += 1;
            done(through);
          }
        }),
      );
    },
    repeatAll: async () => {
      const next = [...requests.values()].values();
      await Promise.all(
        Array.from({ length: atOnce / 2 }, async () => {
          for (const request of next) {
            await ask(request, 'once more');
          }
        }),
      );
    },
  };
}

const collections = { capture: 'captures', cancel: 'cancellations', refund: 'refunds' } as const;
const routes = { capture: 'capture', cancel: 'cancel', refund: 'refunds' } as const;

/** What an action asks for of a payment of some amount. */
export function requestOf(
  { kind, share, final }: Pick<PlannedAction, 'kind' | 'share' | 'final'>,
  {
    tenant,
    id,
    key,
    amount: of,
  }: {
    readonly tenant: string;
    readonly id: string;
    readonly key: string;
    readonly amount: number;
  },
): Request {
  // No request may name more than this.
  const most = 10 ** 12;
  const amount =
    share === null ? {} : { amount: Math.min(most, Math.max(1, Math.floor(of * share))) };
  const body = kind === 'cancel' ? {} : kind === 'capture' ? { ...amount, final } : amount;
  return { tenant, route: `/payments/${id}/${routes[kind]}`, key, body };
}
